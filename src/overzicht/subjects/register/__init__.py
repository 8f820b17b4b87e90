"""The register: what people do about devices, and what they decide."""

"""CSAF security advisories: vulnerabilities with the products and versions that they affect."""

"""CVE records: one vulnerability with the products and versions that it affects."""

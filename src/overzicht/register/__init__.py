"""The register's engine: devices with a life, inventories compared with what is known, plans, and merging."""

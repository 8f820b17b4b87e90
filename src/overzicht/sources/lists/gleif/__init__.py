"""GLEIF's register of legal entities (LEI): who is who, and who consolidates whom."""

"""The Consolidated Screening List of the United States: thirteen lists in one table."""

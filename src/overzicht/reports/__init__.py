"""Reports: one data model of the overview, and a renderer for each format."""

"""Names: normal forms and comparison of strings; independent of parties."""

"""Names: normal forms and comparison of strings; nothing here knows of parties."""

"""Classification: checks the stated facts of a product against the provisions of the list."""

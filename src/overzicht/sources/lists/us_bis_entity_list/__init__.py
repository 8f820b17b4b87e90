"""The Entity List of the American Bureau of Industry and Security, from the text of the law."""

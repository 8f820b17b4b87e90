"""The Denied Persons List of the American Bureau of Industry and Security."""

"""Parliamentary questions as a user works with them: take in, show, search, list what is late, count."""

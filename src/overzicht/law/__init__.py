"""Law: dated parameters with article and address."""

"""Parliamentary questions: sets, papers, numbers, headings, references and days; pure, reads no file."""

"""Parliamentary questions in the store: papers, the index of sets, and the words of both."""

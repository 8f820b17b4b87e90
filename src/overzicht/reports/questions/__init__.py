"""Question sets and figures about them for a terminal, a page and other programs, in Dutch and English."""

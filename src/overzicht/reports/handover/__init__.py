"""The report of two pages for a council or a board: the conclusion first, in every office format."""

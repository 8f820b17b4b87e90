"""The sanctions lists of the United Kingdom: the list of the FCDO, and that of OFSI which it replaced."""

"""The census: the roll of all bodies, their answers, and conclusions about all of them."""

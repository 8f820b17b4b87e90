"""The consolidated list of autonomous sanctions of Canada."""

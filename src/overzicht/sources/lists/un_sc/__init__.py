"""The consolidated list of the United Nations Security Council."""

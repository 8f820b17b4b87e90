"""The consolidated list of Australia."""

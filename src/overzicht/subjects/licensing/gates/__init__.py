"""The gates of a decision: what the law prohibits or asks, before anybody weighs."""

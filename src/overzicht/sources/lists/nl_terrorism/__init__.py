"""The Dutch national sanctions list for terrorism."""

"""The American Department of Defense's list of Chinese military companies (section 1260H)."""

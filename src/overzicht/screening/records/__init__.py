"""Whole records laid side by side: names, dates, countries, addresses and numbers, one calibrated score."""

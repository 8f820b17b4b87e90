"""Diligence: findings weighed under law on a date."""

"""The stored census: rolls, rounds, requests, returns, claims and surveys."""

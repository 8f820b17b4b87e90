"""The census: rolls, rounds, requests, returns, claims, and the national overview.

1. `rolls` loads a roll against its control totals.
2. `rounds` freezes it, sends requests, and shows the state of each on any date.
3. `receiving` accepts signed returns and stores their counts.
4. `claims` and `surveys` store what others stated.
5. `overview` draws the conclusions without what may not be published. `sums` adds those of coordinators.
"""

"""Interfaces of others, so that tools made for them work with the lists unchanged.

`system`, `matching` and `entities` are that of yente (https://www.opensanctions.org/docs/yente/);
`reconcile` is the Reconciliation Service API 0.2 of the W3C community group, which OpenRefine speaks
(https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/). Where they differ from
what they follow is told in docs/decisions/2026-11-26-faces.md. Both answer from `workflows.parties`.
"""

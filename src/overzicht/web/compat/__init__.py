"""Interfaces of other products, so that their tools work with the lists without changes.

`system`, `matching` and `entities` follow yente (https://www.opensanctions.org/docs/yente/). `reconcile`
follows the Reconciliation Service API 0.2 of the W3C community group, which OpenRefine uses
(https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/). For the differences, see
docs/decisions/2026-11-26-faces.md. Both use `workflows.parties`.
"""

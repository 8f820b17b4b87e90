"""Export authorisations: cases from application to decision, and the work of the office."""

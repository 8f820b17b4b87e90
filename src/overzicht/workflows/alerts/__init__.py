"""Alerts: what a new version of a list means for the parties that an organisation uses.

1. `interests` gathers the parties: of devices, plans, files, cases, dossiers and answers.
2. `changes` compares a version with the one before it, and finds the parties that it touches.
3. `checking` stores the alerts, their tasks and messages in one transaction, once per version.
4. `events` writes an alert as a CloudEvent. `sending` sends mails and webhook calls, and tries again.
"""

"""The papers of a licence case: application, decision letter, data of Annex III, in Dutch and English."""

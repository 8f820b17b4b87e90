"""Licences: the case, its clocks and states, the decision order, and the weighing of Article 15."""

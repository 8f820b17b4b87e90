"""Law: dated parameters with article and address."""

from overzicht.law.parameters import Regime, ThresholdValue, ownership_regime, ownership_regimes

__all__ = ["Regime", "ThresholdValue", "ownership_regime", "ownership_regimes"]

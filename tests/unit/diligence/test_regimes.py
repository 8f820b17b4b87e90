"""The regime of privacy law is chosen for each use, by actor and purpose."""

import pytest
from law_tools import use_of

from overzicht.subjects.diligence.regimes import Regime, choose_regime


@pytest.mark.parametrize(
    ("kind", "facts", "regime"),
    [
        ("enterprise", {"face-recognition": "yes"}, Regime.GENERAL),
        ("enterprise", {"personal-data": "yes", "law-enforcement": "yes"}, Regime.GENERAL),
        ("enterprise", {}, Regime.UNKNOWN),
        ("enterprise", {"personal-data": "no"}, Regime.OUTSIDE),
        ("public body", {"personal-data": "yes"}, Regime.GENERAL),
        ("public body", {"personal-data": "yes", "public-order": "yes"}, Regime.POLICE),
        ("public body", {"personal-data": "yes", "law-enforcement": "unknown"}, Regime.UNKNOWN),
        ("police", {"personal-data": "yes"}, Regime.POLICE),
        ("police", {"personal-data": "yes", "law-enforcement": "no"}, Regime.GENERAL),
        ("intelligence service", {"personal-data": "yes"}, Regime.NATIONAL_SECURITY),
        ("state", {"personal-data": "yes", "exclusively-military": "yes"}, Regime.NATIONAL_SECURITY),
        ("person", {"personal-data": "yes", "household": "yes"}, Regime.HOUSEHOLD),
        ("person", {"personal-data": "yes", "household": "yes", "public-space": "yes"}, Regime.GENERAL),
        ("person", {"personal-data": "yes"}, Regime.UNKNOWN),
    ],
)
def test_the_regime_follows_actor_and_purpose(kind: str, facts: dict[str, str], regime: Regime) -> None:
    use = use_of({"actor": {"kind": kind}, "facts": facts})
    assert choose_regime(use).regime is regime

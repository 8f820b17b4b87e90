"""Texts that the user loaded for the gates: annexes of acts, and a correlation table of commodity codes.

**What the law says.** An annex bans goods by their code in the Combined Nomenclature. The Commission
publishes a correlation table between these codes and Annex I; it has no legal effect.

**What we check.** The commodity code of a line against the entries of the version for the date. An entry that
names the whole code decides. A part of a code (`ex`) and a shorter code stay open. That no entry names a code
counts only after a person confirmed that the version is the one in force.

**What we cannot see.** Versions that were not loaded, and entries that describe goods without a code.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from overzicht.dates import Holds
from overzicht.evidence import Citation
from overzicht.law.consolidated import AnnexEntry, ConsolidatedAct
from overzicht.subjects.control_list.path import covered_by
from overzicht.subjects.licensing.numbers import commodity_digits

DIGITS_OF_CODE = 6  # of the Harmonised System, the shortest code that an annex names


@dataclass(frozen=True, slots=True)
class LoadedAct:
    """The version of an act for the date, with the file that it was read from."""

    act: ConsolidatedAct
    citation: Citation

    @property
    def key(self) -> str:
        """The key of the question whether the version is the one in force."""
        return f"version:{self.act.act}/{self.act.consolidated}"

    def entries_on(self, annex: str, commodity_code: str) -> tuple[AnnexEntry, ...]:
        """Return the entries of an annex that name a commodity code, or a part of what it covers."""
        code, card = commodity_digits(commodity_code), self.act.annex(annex)
        entries = [entry for entry in card.entries if entry.is_tariff] if card and code else []
        return tuple(e for e in entries if code.startswith(e.code) or e.code.startswith(code))

    def names(self, annex: str, commodity_code: str) -> Holds | None:
        """Return whether an annex names a commodity code; None if the annex has no such codes."""
        card, code = self.act.annex(annex), commodity_digits(commodity_code)
        if card is None or not any(entry.is_tariff for entry in card.entries):
            return None
        entries = self.entries_on(annex, commodity_code)
        if any(code.startswith(entry.code) and not entry.is_part for entry in entries):
            return Holds.YES
        has_other_entries = not all(entry.is_tariff for entry in card.entries)
        is_open = entries or has_other_entries or len(code) < DIGITS_OF_CODE
        return Holds.UNKNOWN if is_open else Holds.NO


@dataclass(frozen=True, slots=True)
class Correlation:
    """A correlation table: provisions of Annex I by commodity code, its date, and its file."""

    day: date
    provisions: Mapping[str, tuple[str, ...]]
    citation: Citation

    def related_to(self, commodity_code: str) -> tuple[str, ...]:
        """Return the provisions that the table relates to a commodity code, or to a part of it, in order."""
        code = commodity_digits(commodity_code)
        if not code:
            return ()
        related = {
            provision
            for own, provisions in self.provisions.items()
            if code.startswith(own) or own.startswith(code)
            for provision in provisions
        }
        return tuple(sorted(related))

    def unexamined(self, commodity_code: str, provision: str | None) -> tuple[str, ...]:
        """Return the related provisions, unless one of them fits the provision of the classification."""
        related = self.related_to(commodity_code)
        if provision and covered_by(provision, related) is not Holds.NO:
            return ()
        return related

"""Consolidated acts of the Union from files of the user: annexes, entries by code, and changes."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from overzicht.errors import InputFileError, UnknownNameError
from overzicht.law.consolidated import ConsolidatedAct
from overzicht.sources.acts.consolidated_act import read_act


def read_versions(files: Sequence[Path]) -> tuple[ConsolidatedAct, ...]:
    """Return the versions of one act, the oldest first; InputFileError if the files are of different acts."""
    versions = [(read_act(file), file) for file in files]
    first = versions[0][0]
    for version, file in versions:
        if version.act != first.act:
            raise InputFileError(
                file.name, f"it is Regulation {version.act}, and the first file is {first.act}"
            )
    return tuple(sorted((version for version, _ in versions), key=lambda version: version.consolidated))


def only_annex(act: ConsolidatedAct, number: str) -> ConsolidatedAct:
    """Return an act with one annex; UnknownNameError lists its annexes."""
    annex = act.annex(number)
    if annex is None:
        raise UnknownNameError(f"annex of {act.act}", number, tuple(known.number for known in act.annexes))
    return replace(act, annexes=(annex,))


def naming(act: ConsolidatedAct, code: str) -> ConsolidatedAct:
    """Return an act with only the entries that name a code, or a part of what it covers."""
    digits = code.replace(" ", "")
    annexes = []
    for annex in act.annexes:
        entries = [e for e in annex.entries if e.code.startswith(digits) or digits.startswith(e.code)]
        if entries:
            annexes.append(replace(annex, entries=tuple(entries)))
    return replace(act, annexes=tuple(annexes))

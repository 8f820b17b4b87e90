"""`overzicht questions add`: papers of parliamentary questions and their indexes."""

from collections.abc import Iterator
from pathlib import Path

import click

from overzicht.cli.commands import command
from overzicht.cli.language import error_text
from overzicht.cli.options import Request, file_argument, standard
from overzicht.errors import EXIT_OK
from overzicht.evidence import text
from overzicht.subjects.questions.views import RefusedFile
from overzicht.subjects.questions.vocabulary import flag_text


@command()
@file_argument(several=True)
@standard("lang", "by", "json")
def add(request: Request, files: tuple[Path, ...]) -> int:
    """Load FILES: official XML, metadata, HTML, Word, OpenDocument, PDF, text, or OData JSON and its table.

    A folder loads every file below it. A file that cannot be read is named with the reason, and the others
    are loaded. Papers of one set are joined by its number. A file that was loaded before changes nothing. A
    changed paper becomes a new version.
    """
    from overzicht.subjects.questions.taking import ImportResult, add_files  # noqa: PLC0415 - readers are heavy

    def result_lines(result: ImportResult) -> Iterator[str]:
        saved = result.kept
        parts = [
            (text("new papers: {count}", count=saved.new_papers), saved.new_papers),
            (text("new versions of papers: {count}", count=saved.changed_papers), saved.changed_papers),
            (text("papers already known: {count}", count=saved.known_papers), saved.known_papers),
            (text("new sets in the index: {count}", count=saved.new_entries), saved.new_entries),
            (text("changed sets in the index: {count}", count=saved.changed_entries), saved.changed_entries),
            (text("sets already known: {count}", count=saved.known_entries), saved.known_entries),
        ]
        counts = ", ".join(request.words.say(label) for label, count in parts if count)
        yield f"{result.filename}: {counts}"
        yield from (f"  ! {key}: {request.words.say(flag_text(flag))}" for key, flag in result.flags)

    loaded = add_files(request.store, files, request.actor, request.act.at)
    for refusal in loaded.refused:
        click.echo(f"overzicht: {error_text(refusal.error)}", err=True)
    request.show(
        lambda: [*(result.as_json for result in loaded.stored), *map(RefusedFile.of, loaded.refused)],
        lambda: (line for result in loaded.stored for line in result_lines(result)),
    )
    return max((refusal.error.exit_code for refusal in loaded.refused), default=EXIT_OK)

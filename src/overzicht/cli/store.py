"""`overzicht register verify|export|load|backup|restore`: check the store, move it, keep copies of it."""

from dataclasses import asdict
from pathlib import Path
from typing import TextIO

import click

from overzicht.cli.commands import command
from overzicht.cli.language import grouped, reworded, speak, spoken, translate
from overzicht.cli.options import NEW_FILE, PATH, Request, now, standard
from overzicht.errors import EXIT_OK, EXIT_STORE
from overzicht.evidence import Text, text
from overzicht.settings import read_settings
from overzicht.store.moving.backup import backup_store, restore_store
from overzicht.store.moving.checking import StoreCheck, check_store, write_index
from overzicht.store.moving.encryption import ENDING, Keys, back_up_encrypted, is_encrypted, restore_encrypted
from overzicht.store.moving.transfer import TransferResult, export_store, load_store
from overzicht.store.receipts import read_receipt
from overzicht.workflows.mail import Attachment, Mail, send_mail

SHORTEST_ANCHOR = 12
MOVED = text("{name}: {rows} rows, {files} raw files, log {hash}")
LOADED = text("loaded {name}: {rows} rows, {files} raw files, log {hash}")
RESTORED = text("restored {name}: {rows} rows, {files} raw files, log {hash}")
FILE = NEW_FILE


class AnchorType(click.ParamType[str]):
    """Hash of a log entry, or enough of its start."""

    name = "HASH"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the hash in lower case, or end with a usage error."""
        anchor = value.strip().lower()
        if not SHORTEST_ANCHOR <= len(anchor) <= 64 or set(anchor) - set("0123456789abcdef"):
            self.fail(
                speak(
                    "{value} is not the hash of a log entry. Use {shortest} to 64 of 0-9, a-f",
                    value=repr(value),
                    shortest=SHORTEST_ANCHOR,
                ),
                param,
                ctx,
            )
        return anchor


@command()
@click.option("--anchor", type=AnchorType(), help="Hash of a log entry that must be present.")
@click.option("--reindex", is_flag=True, help="Rebuild the lookup tables before checking.")
@click.option("--receipt", "file", type=FILE, help="Receipt whose log entry must be present.")
@standard("by", "json")
def verify(request: Request, anchor: str | None, file: Path | None, *, reindex: bool) -> int:
    """Check that the log is intact and proves the rows, and that raw files, records and lookup tables agree.

    The command ends with exit code 13 if a check fails, and names the table, row or file. A receipt that is
    stored elsewhere, or a hash that was noted, also shows whether the log was cut short or rewritten.
    """
    receipt = read_receipt(file) if file else None
    if reindex:
        with request.store.writing(request.actor, now()) as tx:
            write_index(tx)
    checked = check_store(request.bare_store, anchor=anchor or "", receipt=receipt)
    request.show(lambda: checked, lambda: _checked_lines(checked))
    return EXIT_STORE if checked.faults else EXIT_OK


def _checked_lines(checked: StoreCheck) -> list[str]:
    proof = translate("none are proven yet")
    if checked.sealed_from:
        proof = speak("proven from log entry {number}", number=grouped(checked.sealed_from))
    if checked.sealed_from > 1:
        proof = speak("{proof} (older rows: as they were then)", proof=proof)
    signed = grouped(checked.signed_entries)
    proof = speak("{proof}; signed up to entry {number}", proof=proof, number=signed)
    return [
        speak(
            "log: {count} entries, newest {hash}", count=grouped(checked.log_entries), hash=checked.log_head
        ),
        speak("rows: {proof}", proof=proof),
        speak(
            "raw files: {files}; records: {records}",
            files=grouped(checked.files),
            records=grouped(checked.records),
        ),
        *(speak("BROKEN {fault}", fault=reworded(str(fault))) for fault in checked.faults),
        translate("restore the store from a backup") if checked.faults else translate("everything holds"),
    ]


@command()
@click.option("--mail-to", default="", help="Address that gets the receipt by mail.")
@standard("json", out=(".json",))
def receipt(request: Request, mail_to: str) -> None:
    """Sign the end of the log as a receipt, to store elsewhere.

    `register verify --receipt` shows later whether entries were cut off or rewritten. A mail needs the
    setting OVERZICHT_MAIL_SERVER, for example smtps://USER:PASSWORD@mail.example.org.
    """
    made = request.store.receipts.make(request.connection)
    content = made.statement.to_bytes()
    if mail_to:
        server = read_settings().values.get("mail_server", "")
        subject = translate("Overzicht: receipt of log entry {}").format(made.content.entries)
        content_text = translate(
            "Store the attached file where nobody who manages the register can change it."
        )
        send_mail(server, Mail(mail_to, subject, content_text, Attachment("log-receipt.json", content)))
    sentence = speak(
        "receipt of entry {number}, signed by key {key}",
        number=grouped(made.content.entries),
        key=made.statement.key_name,
    )
    request.deliver(
        {".json": content.decode},
        (lambda: [sentence]) if mail_to else None,
        summary=lambda: [sentence],
        mode=0o600,
    )


@command()
@click.argument("file", type=FILE)
@standard("json")
def export(request: Request, file: Path) -> None:
    """Write the whole store to FILE, a zip that either database can load. Others can go on working.

    The file holds denials, accounts and everything else: protect it as you protect the store.
    """
    _say_moved(request, file, export_store(request.store, file))


@command()
@click.argument("file", type=FILE)
@standard("json")
def load(request: Request, file: Path) -> None:
    """Fill an empty store from FILE, which `register export` wrote: all of it, or nothing."""
    load_whole(request, file)


def load_whole(request: Request, file: Path) -> None:
    """Fill the empty store of the settings from an export, and print the counts."""
    _say_moved(request, file, load_store(request.bare_store, file), LOADED)


passphrase_option = click.option(
    "--passphrase-file",
    type=click.File(encoding="utf-8"),
    help="File whose first line is the passphrase; `-` is standard input.",
)


@command()
@click.argument("target", type=PATH)
@click.option("--encrypt-to", multiple=True, metavar="RECIPIENT", help="Public key of age, such as age1…")
@click.option("--passphrase", is_flag=True, help="Ask for a passphrase and encrypt with it.")
@passphrase_option
@standard("json")
def backup(
    request: Request,
    target: Path,
    encrypt_to: tuple[str, ...],
    passphrase_file: TextIO | None,
    *,
    passphrase: bool,
) -> None:
    """Copy the whole store into the folder TARGET while it is in use. TARGET.zip writes an export.

    In the folder of an earlier backup, only new files are copied. The earlier backup remains valid until the
    new one is complete. TARGET.age writes one file, encrypted for each recipient or with a passphrase.
    """
    keys = Keys(encrypt_to, passphrase=_passphrase(passphrase_file, ask=passphrase, is_new=True))
    if keys.recipients and keys.passphrase:
        raise click.UsageError(translate("Use --encrypt-to or a passphrase, not both."))
    if keys or target.suffix == ENDING:
        if not keys:
            raise click.UsageError(translate("A backup in .age needs --encrypt-to or a passphrase."))
        _say_moved(request, target, back_up_encrypted(request.store, target, keys))
        return
    if target.suffix == ".zip":
        _say_moved(request, target, export_store(request.store, target))
        return
    done = backup_store(request.store, target, now())
    request.say(
        {"file": str(target), **asdict(done)},
        speak(
            "{name}: {files} raw files ({new} new), log {hash}",
            name=target.name,
            hash=done.log_head[:16],
            files=grouped(done.files),
            new=grouped(done.new_files),
        ),
    )


@command()
@click.argument("source", type=click.Path(path_type=Path, exists=True))
@click.option("--identity", type=FILE, help="File with the private key of a recipient.")
@passphrase_option
@standard("json")
def restore(request: Request, source: Path, identity: Path | None, passphrase_file: TextIO | None) -> None:
    """Fill an empty store from the backup SOURCE, a folder or a file, and check its log.

    An encrypted file needs --identity or a passphrase. Without both, the command asks for the passphrase.
    """
    if is_encrypted(source):
        passphrase = "" if identity else _passphrase(passphrase_file, ask=True)
        keys = Keys(identity=identity, passphrase=passphrase)
        _say_moved(request, source, restore_encrypted(request.bare_store, source, keys), RESTORED)
        return
    fill = restore_store if source.is_dir() else load_store
    _say_moved(request, source, fill(request.bare_store, source), RESTORED)


def _passphrase(file: TextIO | None, *, ask: bool, is_new: bool = False) -> str:
    if file is not None:
        passphrase = file.readline().rstrip("\r\n")
        if not passphrase:
            raise click.UsageError(translate("The first line of the passphrase file is empty."))
        return passphrase
    if not ask:
        return ""
    return str(click.prompt(translate("Passphrase"), hide_input=True, confirmation_prompt=is_new, err=True))


def _say_moved(request: Request, file: Path, moved: TransferResult, message: Text = MOVED) -> None:
    sentence = message.filled(
        name=file.name, rows=grouped(moved.rows), files=grouped(moved.files), hash=moved.log_head[:16]
    )
    request.say({"file": str(file), **asdict(moved)}, spoken(sentence))

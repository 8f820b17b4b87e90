"""Reference pages that are made from cards: lists, manufacturers, inventories, and their settings."""

from importlib.resources import files

import yaml
from reference_markdown import bullets, code, table, yes

from overzicht.devices.card import MakerCard, Owner
from overzicht.devices.knowledge import load_maker_cards
from overzicht.law.binding import binds_public_body
from overzicht.settings import DATABASE_VARIABLE, HOME_VARIABLE, PREFIX
from overzicht.sources.inventories.registry import readers as inventory_readers
from overzicht.sources.lists.card import Address, EffectRule, ListCard, Range
from overzicht.sources.lists.registry import READERS as LISTS
from overzicht.sources.lists.registry import load_card
from overzicht.sources.starter import starter_records

ALERTS = "(see [alerts](../how-to/get-alerts.md))"
CONTACTS = (
    ("CONTACT_NAME", "the contact for programs, in the description of the interface; all three or none",
     "the administrator of the machine"),
    ("CONTACT_EMAIL", "the mail address of that contact", "`postmaster@overzicht.localhost`"),
    ("CONTACT_URL", "the page of that contact", "`http://overzicht.localhost/`"),
    ("SECURITY_CONTACT",
     ("where to report a weakness: addresses (`mailto:`, `https:`, `tel:`) with commas between them, for "
      "`/.well-known/security.txt` (see [running the service](../how-to/run-the-service.md))"),
     "none: the service answers 404"),
    ("SECURITY_EXPIRES", "the end of that contact, such as `2027-06-01T00:00:00Z`",
     "required with a contact"),
    ("SECURITY_POLICY", "the page of the policy for reports", "none"),
)  # fmt: skip

SIGN_ON_GUIDE = "see [single sign-on](../how-to/use-single-sign-on.md)"
SINGLE_SIGN_ON = (
    ("ISSUER", "the issuer of the OpenID provider", "no single sign-on"),
    ("CLIENT_ID", "the client id at the provider", "required with an issuer"),
    ("CLIENT_SECRET", "the client secret; it is never shown", "none"),
    ("TITLE", "the name of the provider on the log-in page", "the host of the issuer"),
    ("NAME_CLAIM", "the claim with the name of the account", "`preferred_username`"),
    ("ROLE_CLAIM", "the claim with roles or groups", "`roles`"),
    ("ROLES", "the role for each value of the claim: `VALUE=ROLE` or `VALUE=ROLE@ORGANISATION`", "none"),
)
REPOSITORY = "../../src/overzicht"


def _cards() -> list[ListCard]:
    return [load_card(list_id) for list_id in LISTS]


def lists_in_short() -> str:
    """Return the table of all lists for README: title with its link, effect, and whether it binds here."""
    rows = [
        (
            f"[{card.title}]({_home(card)})",
            code(card.id),
            _kinds(card),
            _reach(card),
            "by `lists update`" if card.addresses else "by hand",
        )
        for card in _cards()
    ]
    return table(("list", "id", "effect", "binds a Dutch municipality", "fetched"), rows)


def _home(card: ListCard) -> str:
    """Return the address of the first source on the card, which is the page of the list itself."""
    return next(iter(card.sources.values())).address


def _kinds(card: ListCard) -> str:
    kinds: list[str] = [effect.kind for effect in card.effects if effect.kind != "mixed"]
    kinds = kinds or [card.effect.kind]
    return ", ".join(dict.fromkeys(kinds))


def _reach(card: ListCard) -> str:
    if not card.is_listing:
        return "no: a register" if card.effect.kind == "register" else "no"
    return yes(any(map(_binds_here, card.effects)))


def _binds_here(effect: EffectRule) -> bool:
    return binds_public_body(effect.binds)


def lists() -> str:
    """Return the page of all lists: everything on their cards."""
    parts = [
        "# Lists",
        (
            "Each list with its source, its legal effect, and the irregularities of its official files. "
            "A file with fewer or more records than expected is refused unless you give `--force`."
        ),
        (
            "`Covers` is the number of days after its date for which a version can answer. *Starter facts* "
            "are the listings that ship with the product. They cannot show that a party is not listed."
        ),
    ]
    starter = starter_records()
    parts += [_list(card, len(starter.get(card.id, ()))) for card in _cards()]
    return "\n\n".join(parts)


def _list(card: ListCard, starter: int) -> str:
    file = f"{card.id.replace('-', '_')}.yml"
    facts = [
        ("title in Dutch", card.title_nl),
        ("publisher", card.publisher + ("" if card.publisher_is_official else " (not the authority itself)")),
        ("licence", card.licence),
        ("kind", "list of parties" if card.is_listing else "register; an entry is not an accusation"),
        ("covers", f"{card.stale_after_days} days"),
        ("starter facts", str(starter) if starter else "none"),
        ("card checked", card.checked.isoformat()),
        ("card", f"[`{file}`]({REPOSITORY}/sources/lists/{file})"),
    ]
    parts = [f"## {card.id}", f"**{card.title}**", table(("", ""), facts), "Effect:", _effects(card)]
    if card.addresses:
        parts += ["Addresses:", bullets(_address(address) for address in card.addresses)]
    if card.by_hand:
        parts.append(f"By hand: {' '.join(card.by_hand.split())}")
    rows = [
        (code(part.part) or "whole", kind, _range(amount))
        for part in card.expect
        for kind, amount in [("records", part.records), *part.schemata.items()]
    ]
    parts += ["Expected:", table(("part", "kind", "number"), rows)]
    if card.oddities:
        parts += ["Irregularities of the official files:", bullets(card.oddities)]
    sources = [f"[{source.title}]({source.address}), read {source.read}" for source in card.sources.values()]
    return "\n\n".join([*parts, "Sources of the card:", bullets(sources)])


def _effects(card: ListCard) -> str:
    head = ("part, measure or programme", "from", "until", "kind", "binds", "a Dutch public body", "in short")
    return table(head, [_effect(effect) for effect in card.effects])


def _effect(effect: EffectRule) -> tuple[str, ...]:
    return (
        ", ".join(effect.of) or "all others",
        str(effect.since or ""),
        str(effect.until or ""),
        effect.kind,
        ", ".join(code(word) for word in effect.binds),
        yes(_binds_here(effect)),
        effect.summary,
    )


def _address(address: Address) -> str:
    token = f", needs a token in `{_variable(address)}`" if address.token_setting else ""
    part = f", part `{address.part}`" if address.part else ""
    more = f", with {len(address.companions)} further files" if address.companions else ""
    return f"<{address.url}> (at most {address.max_bytes / 1e6:,.0f} MB{part}{more}{token})"


def _variable(address: Address) -> str:
    return f"{PREFIX}{address.token_setting.upper()}"


def _range(amount: Range) -> str:
    return f"{amount.min:,} to {amount.max:,}"


def settings() -> str:
    """Return the page of environment variables."""
    rows = [
        (code(HOME_VARIABLE), "the folder of the store: the database and the raw files of lists",
         "the platform's user data folder"),
        (code(DATABASE_VARIABLE),
         ("the address of a PostgreSQL database in place of the SQLite file "
          "(see [using PostgreSQL](../how-to/use-postgresql.md)); it can have a password and is never shown"),
         "SQLite, in the home folder"),
        (code(f"{PREFIX}MIRROR"),
         ("the address of a mirror of all publishers: the path on it is the publisher's host and path "
          "(see [loading lists](../how-to/load-lists.md))"), "none: files come from the publishers"),
        (code(f"{PREFIX}LANG"),
         ("the language of results, `nl` or `en`; `--lang` has priority, "
          "and without both `LC_ALL`, `LC_MESSAGES` or `LANG` is used"),
         code("en")),
        *((code(f"{PREFIX}OIDC_{name}"), f"{meaning} ({SIGN_ON_GUIDE})", default)
          for name, meaning, default in SINGLE_SIGN_ON),
        (code(f"{PREFIX}SIGNING_KEY"),
         ("the file of the private key that signs receipts of the log "
          "(see [store receipts](../how-to/store-receipts.md))"), "`signing-key.pem` in the home folder"),
        (code(f"{PREFIX}MAIL_SERVER"),
         "the mail server for receipts and alerts, such as `smtps://USER:PASSWORD@mail.example.org`",
         "none: no mail"),
        (code(f"{PREFIX}MAIL_FROM"), f"the sender of mails about alerts {ALERTS}",
         "`overzicht@` and the host of the server"),
        (code(f"{PREFIX}WEBHOOK_SECRET"), f"the secret that signs webhook calls {ALERTS}", "none: no calls"),
        (code(f"{PREFIX}WEBHOOK_TOKEN"), f"a bearer token that webhook calls send {ALERTS}", "none"),
        (code(f"{PREFIX}WEBHOOK_PRIVATE"),
         f"`allow` permits webhook calls to private addresses and without encryption {ALERTS}",
         "public addresses over https only"),
        *((code(f"{PREFIX}{name}"), meaning, default) for name, meaning, default in CONTACTS),
        (code(f"{PREFIX}RECOG"), "a folder of recog fingerprint files (XML); the same as `--recog`", "none"),
        (code(f"{PREFIX}READING_SECONDS"),
         ("seconds of processor time for reading a file from outside, to which 20 per MB are added "
          "(see [files from outside](../explanation/untrusted-files.md))"),
         "10; official lists 60, and 60 per MB"),
        (code(f"{PREFIX}READING_MEMORY_MB"), "memory for reading a file from outside, in MB",
         "2,000; typed files 500"),
    ]  # fmt: skip
    for card in _cards():
        rows += [
            (code(_variable(address)), f"the token for the address of {card.title} (`{card.id}`)", "none")
            for address in card.addresses
            if address.token_setting
        ]
    rows.append(
        (
            code("OVERZICHT_SUBJECTS"),
            "the subjects in use: names with commas between them, or `all`",
            "`subjects.txt`",
        )
    )
    parts = [
        "# Settings",
        "Settings are environment variables; the choice of subjects is also a file in the home folder.",
        table(("variable", "meaning", "default"), dict.fromkeys(rows)),
        "## The home folder",
        table(
            ("name", "content"),
            [
                (code("overzicht.sqlite"), "the store: lists, runs, findings, judgements, the log"),
                (code("snapshots/"), "the original files of lists, named by their SHA-256"),
                (code("subjects.txt"), "the optional subjects that were chosen; without it, all"),
                (code("signing-key.pem"), "the private key that signs receipts; a backup does not have it"),
                (code("log-receipt.json"), "the newest receipt of the log"),
            ],
        ),
        "`overzicht register backup` copies it during use; see [backups](../how-to/back-up.md).",
        "## For `make`",
        table(
            ("variable", "meaning", "default"),
            [
                (code("PYTHON"), "the Python for the virtual environment", code("python3")),
                (code("OVERZICHT_SHARED"), "for tests: the folder whose `data` holds real lists",
                 "a folder `shared` next to the checkout; without it those tests are skipped"),
                (code("OVERZICHT_INTERPRETED"), "for tests: names are compared by the Python sources",
                 "by the compiled engine"),
                (code("OVERZICHT_NEEDS_POSTGRES"), "for tests: a missing PostgreSQL server is a failure",
                 "tests that need the server are skipped if none is installed"),
                (code("OVERZICHT_THOROUGH"), "for tests: the longest tests do all of their work",
                 "axe checks each page in one mode, 12 commands are killed, a third of documents are used"),
                (code("OVERZICHT_CLAIMS_OUT"), "for tests: the file for the counts of the claim audit",
                 "nothing is written"),
            ],
        ),
    ]  # fmt: skip
    return "\n\n".join(parts)


def makers() -> str:
    """Return the page of manufacturers: the number of facts on each card."""
    cards = load_maker_cards()
    rows = [_maker(card) for card in cards.values()]
    header = ("manufacturer", "id", "country", "names", "registrations", "owners", "models", "network traces",
              "MAC registrants", "not the same as", "own statement", "sources", "checked")  # fmt: skip
    return "\n\n".join(
        [
            "# Manufacturers",
            (
                f"The {len(rows)} manufacturers with a card. `overzicht cards show ID` prints a whole card. "
                "A manufacturer has a card because inventories contain its devices. A card is not an "
                "accusation. The numbers count facts, each with its source. [Traces](traces.md) explains "
                "how they determine the manufacturer of a device."
            ),
            table(header, rows),
        ]
    )


def _maker(card: MakerCard) -> tuple[str, ...]:
    amounts = (len(card.models), len(card.fingerprints), len(card.mac_registrants), len(card.not_the_same_as))
    return (
        card.trade_name,
        f"[`{card.id}`]({REPOSITORY}/devices/makers/{card.id}.yml)",
        card.country.upper(),
        str(len(card.names)),
        str(len(card.identifiers)),
        "; ".join(_owner(owner) for owner in card.owners if not owner.until),
        *(str(amount) for amount in amounts),
        (card.reply.date or "yes") if card.reply else "",
        str(len(card.sources)),
        card.checked.isoformat(),
    )


def _owner(owner: Owner) -> str:
    if owner.min_percent is None or owner.max_percent is None:
        return f"{owner.name} (share unknown)"
    if owner.min_percent == owner.max_percent:
        return f"{owner.name} ({owner.min_percent:g} %)"
    return f"{owner.name} ({owner.min_percent:g} to {owner.max_percent:g} %)"


def inventories() -> str:
    """Return the page of inventories: formats, and the headers of tables that are recognised."""
    kinds = [(code(reader.kind), reader.title) for reader in inventory_readers()]
    text = files("overzicht.sources.inventories.tables").joinpath("fields.yml").read_text(encoding="utf-8")
    known = yaml.safe_load(text)
    fields = [
        (code(name), *(", ".join(map(str, field.get(tier, ()))) for tier in ("headers", "usual", "weak")))
        for name, field in known["fields"].items()
    ]
    return "\n\n".join(
        [
            "# Inventories",
            "## Formats\n\nThe content of a file determines its format, in this order, or `--kind` names it.",
            table(("format", "description"), kinds),
            (
                "## Headers of tables\n\nHeaders are compared without capitals, accents and punctuation. A "
                "header of several fields gets the one that its values fit. A usual or weak header counts "
                "only if no stronger header has the field. A column with an "
                "unknown header is stored and shown. `--column HEADER=FIELD` gives the meaning of a column, "
                "and `--column HEADER=` leaves it out."
            ),
            table(("field", "headers", "usual headers", "weak headers"), fields),
            "## Cells that mean *unknown*",
            ", ".join(code(str(word)) for word in known["nothing"]) + ".",
        ]
    )

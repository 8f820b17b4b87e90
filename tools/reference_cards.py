"""Reference pages that are made from cards: lists, makers, inventories, and the settings they ask for."""

from importlib.resources import files

import yaml
from reference_markdown import bullets, code, table, yes

from overzicht.devices.card import MakerCard, Owner
from overzicht.devices.knowledge import load_maker_cards
from overzicht.law.binding import binds_public_body
from overzicht.settings import DATABASE_VARIABLE, HOME_VARIABLE, PREFIX
from overzicht.sources.inventories.registry import READERS as INVENTORIES
from overzicht.sources.lists.card import Address, EffectRule, ListCard, Range
from overzicht.sources.lists.registry import READERS as LISTS
from overzicht.sources.lists.registry import load_card
from overzicht.sources.starter import starter_records

REPOSITORY = "../../src/overzicht"


def _cards() -> list[ListCard]:
    return [load_card(list_id) for list_id in LISTS]


def lists_in_short() -> str:
    """Return the table of all lists for README: title with its link, what it is, whom it binds here."""
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
            "What each list is, where it comes from, what it does in law, and what is odd about its "
            "official files. A "
            "file with fewer or more records than expected is refused unless `--force` is given."
        ),
        (
            "`Tells for` is how many days after its own day a version may answer. *Starter facts* "
            "are the listings that "
            "ship with the product; they never show that somebody is absent."
        ),
    ]
    starter = starter_records()
    parts += [_list(card, len(starter.get(card.id, ()))) for card in _cards()]
    return "\n\n".join(parts)


def _list(card: ListCard, starter: int) -> str:
    facts = [
        ("title in Dutch", card.title_nl),
        ("publisher", card.publisher + ("" if card.publisher_is_official else " (not the authority itself)")),
        ("licence", card.licence),
        ("kind", "list of parties" if card.is_listing else "register; an entry is no accusation"),
        ("tells for", f"{card.stale_after_days} days"),
        ("starter facts", str(starter) if starter else "none"),
        ("card checked", card.checked.isoformat()),
        ("card", f"[`card.yml`]({REPOSITORY}/sources/lists/{LISTS[card.id][0]}/card.yml)"),
    ]
    parts = [f"## {card.id}", f"**{card.title}**", table(("", ""), facts), "Effect:", _effects(card)]
    if card.addresses:
        parts += ["Addresses:", bullets(_address(address) for address in card.addresses)]
    if card.by_hand:
        parts.append(f"By hand: {' '.join(card.by_hand.split())}")
    rows = [
        (code(each.part) or "whole", what, _range(amount))
        for each in card.expect
        for what, amount in [("records", each.records), *each.schemata.items()]
    ]
    parts += ["Expected:", table(("part", "what", "how many"), rows)]
    if card.oddities:
        parts += ["Oddities of the official files:", bullets(card.oddities)]
    sources = [f"[{source.title}]({source.address}), read {source.read}" for source in card.sources.values()]
    return "\n\n".join([*parts, "Sources of the card:", bullets(sources)])


def _effects(card: ListCard) -> str:
    head = ("part, measure or programme", "from", "until", "kind", "binds", "a Dutch public body", "in short")
    return table(head, [_effect(each) for each in card.effects])


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
        (code(HOME_VARIABLE), "the folder in which state lives: the database and the raw files of lists",
         "the platform's user data folder"),
        (code(DATABASE_VARIABLE),
         ("the address of a PostgreSQL database in place of the SQLite file "
          "(see [using PostgreSQL](../how-to/use-postgresql.md)); it may hold a password and is never shown"),
         "SQLite, in the home folder"),
        (code(f"{PREFIX}MIRROR"),
         ("an address that stands in for all publishers: the path on it is the publisher's host and path "
          "(see [loading lists](../how-to/load-lists.md))"), "none: the publishers are asked"),
        (code(f"{PREFIX}LANG"),
         "the language of results, `nl` or `en`; without it `LC_ALL`, `LC_MESSAGES` or `LANG`; `--lang` wins",
         code("en")),
        (code(f"{PREFIX}RECOG"), "a folder of recog fingerprint files (XML); the same as `--recog`", "none"),
    ]  # fmt: skip
    for card in _cards():
        rows += [
            (code(_variable(address)), f"the token for the address of {card.title} (`{card.id}`)", "none")
            for address in card.addresses
            if address.token_setting
        ]
    parts = [
        "# Settings",
        "Settings are environment variables; the product reads no configuration file.",
        table(("variable", "what it sets", "when it is absent"), dict.fromkeys(rows)),
        "## What lies in the home folder",
        table(
            ("name", "what"),
            [
                (code("overzicht.sqlite"), "the store: lists, runs, findings, judgements, the log"),
                (code("snapshots/"), "the files of lists as they came, named by their SHA-256"),
            ],
        ),
        "`overzicht register backup` copies it while commands run; see [backups](../how-to/back-up.md).",
        "## For `make`",
        table(
            ("variable", "what it sets", "when it is absent"),
            [
                (code("PYTHON"), "the Python that makes the virtual environment", code("python3")),
                (code("OVERZICHT_SHARED"), "for tests: the folder whose `data` holds real lists",
                 "a folder `shared` beside the checkout; without it those tests are skipped"),
                (code("OVERZICHT_NEEDS_POSTGRES"), "for tests: a missing PostgreSQL server is a failure",
                 "tests that need the server are skipped where none is installed"),
                (code("OVERZICHT_THOROUGH"), "for tests: the longest try all they can, not a part",
                 "axe sees a page in one of its two looks, 12 commands are killed, a third of documents go"),
                (code("OVERZICHT_CLAIMS_OUT"), "for tests: the file for the counts of the claim audit",
                 "nothing is written"),
            ],
        ),
    ]  # fmt: skip
    return "\n\n".join(parts)


def makers() -> str:
    """Return the page of makers: how much each card knows."""
    cards = load_maker_cards()
    rows = [_maker(card) for card in cards.values()]
    header = ("maker", "id", "country", "names", "registrations", "owners", "models", "network traces",
              "MAC registrants", "not the same as", "own side", "sources", "checked")  # fmt: skip
    return "\n\n".join(
        [
            "# Makers",
            (
                f"The {len(rows)} makers whose cards ship with the product; `overzicht cards show ID` "
                "prints one whole. "
                "A maker stands here because its devices are met in inventories, not because "
                "anything is alleged of "
                "it. The numbers count facts, each with its source. How a maker is settled from them: "
                "[traces](traces.md)."
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
    """Return the page of inventories: kinds, and the headers of tables that are understood."""
    kinds = [(code(reader.kind), reader.title) for reader in INVENTORIES]
    text = files("overzicht.sources.inventories.tables").joinpath("fields.yml").read_text(encoding="utf-8")
    known = yaml.safe_load(text)
    fields = [
        (code(name), ", ".join(field["headers"]), ", ".join(field.get("weak", ())))
        for name, field in known["fields"].items()
    ]
    return "\n\n".join(
        [
            "# Inventories",
            "## Kinds\n\nA file is recognised by what is in it, in this order; `--kind` says it instead.",
            table(("kind", "what it is"), kinds),
            (
                "## Headers of tables\n\nHeaders are compared without capitals, accents and "
                "punctuation. A header in the "
                "last column counts only where no other column has the field. What is not understood "
                "is kept and shown; "
                "`--column HEADER=FIELD` says what a column is, `--column HEADER=` that it is nothing."
            ),
            table(("field", "headers", "headers that count weakly"), fields),
            "## Cells that say nothing is known",
            ", ".join(code(str(word)) for word in known["nothing"]) + ".",
        ]
    )

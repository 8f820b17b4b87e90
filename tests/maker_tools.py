"""Invented maker cards for tests of the workflows."""

from typing import Any

from overzicht.devices.card import MakerCard

SOURCE = {"title": "A source", "address": "https://example.org/a", "date": "2024-05-06", "read": "2026-11-24"}


def owner(owner_id: str, *owners: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"id": owner_id, "name": f"{owner_id} Ltd", "source": "s", "owners": owners, **fields}


def maker(card_id: str, *owners: dict[str, Any], **fields: Any) -> MakerCard:
    """Return a card with one legal name, `<id> Corporation`."""
    names = fields.pop("names", (f"{card_id} Corporation",))
    return MakerCard.model_validate(
        {
            "id": card_id,
            "checked": "2026-11-24",
            "country": "cn",
            "names": [{"name": name, "kind": "legal", "source": "s"} for name in names],
            "owners": owners,
            "sources": {"s": SOURCE},
            **fields,
        }
    )


def cards(*given: MakerCard) -> dict[str, MakerCard]:
    return {card.id: card for card in given}

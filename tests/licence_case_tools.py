"""A licence case of one line to one buyer, entered and submitted by commands."""

from pathlib import Path
from typing import Any

from functional_tools import run_command
from licensing_tools import changed, raw, write

BUYER = "Zelenyj Okular LLC"
DAY = "2026-03-20"


def file_case(
    folder: Path, country: str, code: str | None = "6A003.a", *, day: str = DAY, **fields: Any
) -> None:
    """Enter and submit a case of one line to one buyer in a country."""
    user = {
        "role": "end_user",
        "name": BUYER,
        "country": country,
        "address": "Street 1",
        **fields.pop("user", {}),
    }
    exporter = raw("camera")["parties"][0]
    item = changed(raw("camera")["items"][0], parameters=[], description=fields.pop("description", "camera"),
                   commodity_code="84798997", code=code)  # fmt: skip
    if code is None:
        item.pop("code")
        item["not_listed"] = True
    data = changed(
        raw("camera"), destination=country, route=["DE", country], items=[item],
        parties=[exporter, {**user, "role": "consignee"}, user], end_use={"description": "civil use"},
        **fields,
    )  # fmt: skip
    assert run_command("licence", "new", write(folder, "x.yaml", data), "--as-of", day).exit_code == 0
    submitted = run_command("licence", "submit", "DE-0001", "--as-of", day)
    assert submitted.exit_code in {0, 1}, submitted.stderr  # 1: a state must be consulted

"""Store the description of the interface at a release: later versions must keep what it promises.

python tools/store_openapi.py     writes tests/fixtures/openapi-VERSION.json.gz
"""

import gzip
import json
from pathlib import Path

from overzicht import __version__
from overzicht.composition import Interface
from overzicht.web import contacts, openapi

FOLDER = Path(__file__).resolve().parent.parent / "tests/fixtures"


def main() -> None:
    text = json.dumps(openapi.describe(Interface.OWN, contacts.LOCAL), sort_keys=True)
    path = FOLDER / f"openapi-{__version__}.json.gz"
    path.write_bytes(gzip.compress(text.encode(), mtime=0))
    print(path)


if __name__ == "__main__":
    main()

"""Count the cases of law per instrument: pass, fail, open, and before and on the date of a change.

    python tools/law_cases.py

Reads tests/cases/law. `pytest tests/cases/test_law_cases.py` runs them.
"""

from collections import Counter
from pathlib import Path

import yaml

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "cases" / "law"
KINDS = ("pass", "fail", "open", "day before", "day of")


def counted() -> dict[str, Counter[str]]:
    """Return the kinds of cases by instrument, in the order of their names."""
    return {
        path.stem: Counter(case["kind"] for case in yaml.safe_load(path.read_text(encoding="utf-8")))
        for path in sorted(FOLDER.glob("*.yaml"))
    }


def main() -> None:
    rows = counted()
    print(f"{'instrument':<27}{'cases':>6}" + "".join(f"{kind:>12}" for kind in KINDS))
    for name, kinds in rows.items():
        print(f"{name:<27}{kinds.total():>6}" + "".join(f"{kinds[kind]:>12}" for kind in KINDS))
    total = sum(rows.values(), Counter[str]())
    print(f"{'together':<27}{total.total():>6}" + "".join(f"{total[kind]:>12}" for kind in KINDS))


if __name__ == "__main__":
    main()

"""Print the unit tests of what a branch touches, one path a line: `make check`.

    python tools/touched.py [BASE]     BASE: a commit or a branch; without it `main`

Unit tests mirror the source: a changed file of the source stands for the tests of its folder, a changed test
for itself. Prints nothing if no unit test is touched.
"""

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE, UNIT = Path("src/overzicht"), Path("tests/unit")


def changed_since(base: str) -> list[Path]:
    """Return the files that differ from where this branch left `base`, new ones included."""
    fork = _git("merge-base", base, "HEAD") or ["HEAD"]
    return [
        Path(p)
        for p in (*_git("diff", "--name-only", fork[0]), *_git("ls-files", "-o", "--exclude-standard"))
    ]


def mirrored_tests(changed: Iterable[Path], root: Path = ROOT) -> list[Path]:
    """Return the existing tests of changed files, without those inside a folder that is named too."""
    paths = set()
    for path in changed:
        if path.is_relative_to(SOURCE):
            folder = UNIT / path.relative_to(SOURCE).parent
            while not (root / folder).is_dir():
                folder = folder.parent
            paths.add(folder if folder != UNIT else UNIT / f"test_{path.stem}.py")
        elif path.is_relative_to(UNIT) and path.name.startswith("test_"):
            paths.add(path)
    present = {path for path in paths if (root / path).exists()}
    return sorted(path for path in present if not present.intersection(path.parents))


def _git(*arguments: str) -> list[str]:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.splitlines()


if __name__ == "__main__":
    for path in mirrored_tests(changed_since(sys.argv[1] if len(sys.argv) > 1 else "main")):
        print(path)

"""Find wording that a reader has to solve, and names that say too little.

    python tools/plain_words.py [PATH ...]     print each place with what to write instead; exit code 1 if any

Reads the texts of Python files (docstrings, comments, literals that hold a sentence), of page templates and
of the documentation outside code blocks. A comment `prose: ok` with a reason on the same line exempts a text.
"""

import ast
import io
import re
import sys
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
PATTERNS = Path(__file__).with_suffix(".yml")
EXEMPTION = re.compile(r"prose: ok\W+\w")
SENTENCE = re.compile(r"[a-z]+ [a-z]+ ")
CODE_BLOCK = re.compile(r"^( *)(```|~~~).*?^\1\2", re.M | re.S)
MARKUP = re.compile(r"<(script|style)\b.*?</\1>|\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>|`[^`]*`", re.S)
GENERATED = ("docs/reference/", "src/overzicht/store/migrations/")


@dataclass(frozen=True)
class Hit:
    """A place with wording to avoid; `line` counts from 1."""

    path: str
    line: int
    words: str
    write: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: “{self.words}”; write: {self.write}"


@cache
def _rules() -> dict[str, Any]:
    rules: dict[str, Any] = yaml.safe_load(PATTERNS.read_text(encoding="utf-8"))
    for part in ("phrases", "docstrings"):
        rules[part] = [(re.compile(rule["avoid"], re.I), rule["write"]) for rule in rules[part]]
    return rules


def hits_in(path: Path, root: Path = ROOT) -> Iterator[Hit]:
    """Yield what to rewrite in a file; nothing for a file of another kind."""
    name = path.relative_to(root).as_posix()
    if name.startswith(GENERATED):
        return
    written = path.read_text(encoding="utf-8")
    exempt = {number for number, line in enumerate(written.splitlines(), 1) if EXEMPTION.search(line)}
    texts: Iterator[tuple[int, str, bool]]
    if path.suffix == ".py":
        texts = _python_texts(written)
        yield from _names(name, written)
    elif path.suffix in {".md", ".html"}:
        texts = _prose_texts(written)
    else:
        return
    for line, text, is_docstring in texts:
        if line not in exempt:
            yield from _phrases(name, line, text, is_docstring=is_docstring)


def _phrases(name: str, line: int, text: str, *, is_docstring: bool) -> Iterator[Hit]:
    folded = " ".join(text.split())
    for pattern, write in _rules()["phrases"]:
        for match in pattern.finditer(folded):
            yield Hit(name, line, match[0], write)
    if is_docstring:
        first = re.split(r"(?<=[.;])\s", folded, maxsplit=1)[0]
        for pattern, write in _rules()["docstrings"]:
            if match := pattern.search(first):
                yield Hit(name, line, match[0], write)


def _python_texts(written: str) -> Iterator[tuple[int, str, bool]]:
    tree = ast.parse(written)
    docstrings = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            text = ast.get_docstring(node)
            if text:
                docstrings.add(id(node.body[0].value))  # type: ignore[attr-defined]
                yield node.body[0].lineno, text, True
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_text and id(node) not in docstrings and SENTENCE.search(node.value):  # type: ignore[attr-defined]
            yield node.lineno, node.value, False  # type: ignore[attr-defined]
    for token in tokenize.generate_tokens(io.StringIO(written).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string.lstrip("# "), False


def _prose_texts(written: str) -> Iterator[tuple[int, str, bool]]:
    blank = CODE_BLOCK.sub(lambda block: "\n" * block[0].count("\n"), written)
    blank = MARKUP.sub(lambda mark: " \n" * mark[0].count("\n") or " … ", blank)
    line = 1
    for paragraph in re.split(r"(\n\s*\n)", blank):
        if paragraph.strip():
            yield line, paragraph, False
        line += paragraph.count("\n")


def _names(name: str, written: str) -> Iterator[Hit]:
    banned = set(_rules()["names"])
    for node in ast.walk(ast.parse(written)):
        bound = ""
        if isinstance(node, ast.ClassDef):
            bound = node.name.lstrip("_")
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            bound = node.name
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            bound = node.id
        elif isinstance(node, ast.arg):
            bound = node.arg
        if bound in banned:
            yield Hit(name, node.lineno, bound, "a noun for a value, a verb for a function")  # type: ignore[attr-defined]


def files_below(root: Path = ROOT) -> Iterator[Path]:
    """Yield the files whose wording counts, in order."""
    yield from sorted((root / "src").rglob("*.py"))
    yield from sorted((root / "src").rglob("*.html"))
    yield from sorted(path for path in (root / "docs").rglob("*.md") if "nl" not in path.parts)
    yield from (root / name for name in ("README.md", "GLOSSARY.md"))


def main(names: list[str]) -> int:
    """Print what to rewrite in the files or folders, or everywhere; return 1 if there is any."""
    chosen = [Path(name).resolve() for name in names]
    hits = [
        hit
        for path in files_below()
        if not chosen or any(path == wanted or wanted in path.parents for wanted in chosen)
        for hit in hits_in(path)
    ]
    sys.stdout.writelines(f"{hit}\n" for hit in hits)
    return 1 if hits else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

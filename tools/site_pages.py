"""Hook for MkDocs: publish the files outside `docs/` to which a page links, and rewrite those links.

Pages of the repository link to the glossary, the examples and the source. In the site these files are below
`project/`: Markdown as pages, other files as they are. A link to a folder becomes plain text.
"""

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
FENCE = re.compile(r"(^```.*?^```$)", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[([^\]]*)\]\(([^)\s:]+)\)")
IMAGE = re.compile(r'<img src="([^"]+)"')


def address_of(path: Path) -> str:
    """Return where a file of the repository is in the site, as MkDocs names its source."""
    return str(path.relative_to(DOCS)) if path.is_relative_to(DOCS) else f"project/{path.relative_to(ROOT)}"


def linked_files(source: Path) -> Iterator[Path]:
    """Yield the files to which a page links."""
    text = FENCE.sub("", source.read_text(encoding="utf-8"))
    for target in (*(link[2] for link in LINK.finditer(text)), *IMAGE.findall(text)):
        name = target.partition("#")[0]
        path = (source.parent / name).resolve()
        if name and path.is_file():
            yield path


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the files outside `docs/` that pages link to, and what these link to."""
    waiting = [Path(file.abs_src_path) for file in files.documentation_pages() if file.abs_src_path]
    seen = set(waiting)
    while waiting:
        for path in linked_files(waiting.pop()):
            if path in seen or path.is_relative_to(DOCS):
                continue
            seen.add(path)
            files.append(File.generated(config, address_of(path), abs_src_path=str(path)))
            if path.suffix == ".md":
                waiting.append(path)
    return files


def on_page_context(
    context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation
) -> TemplateContext:
    """Set the language of the theme's own words to that of the page."""
    config.theme["language"] = "nl" if page.file.src_uri.startswith("nl/") else "en"
    return context


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Return the text of a page with links that hold in the site."""
    source = Path(page.file.abs_src_path or "")

    def rewritten(link: re.Match[str]) -> str:
        words, target = link[1], link[2]
        name, mark, anchor = target.partition("#")
        path = (source.parent / name).resolve()
        if not name:
            return link[0]
        if path.is_dir():
            return words
        return f"[{words}]({in_site(path)}{mark}{anchor})"

    def in_site(path: Path) -> str:
        return posixpath.relpath(address_of(path), posixpath.dirname(page.file.src_uri) or ".")

    parts = FENCE.split(markdown)
    for place in range(0, len(parts), 2):
        parts[place] = LINK.sub(rewritten, parts[place])
        parts[place] = IMAGE.sub(
            lambda image: image[0].replace(image[1], in_site((source.parent / image[1]).resolve())),
            parts[place],
        )
    return "".join(parts)

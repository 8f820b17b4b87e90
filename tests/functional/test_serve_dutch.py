"""The pages of a filled service in Dutch: no English outside names, quotations and code."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urldefrag, urlsplit

import pytest
import served_register
import web_tools
from web_tools import Served

FUNCTION_WORDS = re.compile(  # in small letters only: names of others have capitals
    r"(?<![\w'’/.-])(?:the|with|not|and|from|that|this|these|those|were|be|has|have|its|their|they|you|"
    r"your|which|who|whose|by|to|about|between|because|before|after|again|until|since|than|then|there|where|when|no|yes|each|"
    r"other|others|any|both|either|cannot|does|did|must|should|would|could|but|for)(?![\w'’/-])"
)
NAMES = re.compile(
    r"Production and Construction|Supervision and Administration|of the State Council|People's Republic|"
    r"Executive Order \d+ as amended by Executive Order"
)
SKIPPED = {"script", "style", "code", "pre", "kbd", "samp", "template", "svg"}
TITLES = {"oz-cite", "oz-source__title"}  # titles of documents stay in their own language
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
PAGES_PER_FORM = 1  # of `/makers/hikvision`, `/makers/dahua`, … this many
MOST_PAGES = 60
OUTSIDE = re.compile(r"^/(?:api|static|entities|logout)\b|^/.*/(?:file|download|documents)\b")


class Dutch(HTMLParser):
    """The visible Dutch texts of a page, and its links."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.texts: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" and given.get("href"):
            self.links.append(given["href"] or "")
        is_shown = not self.open or self.open[-1][1]
        if "lang" in given:
            is_shown = given["lang"] == "nl"
        is_title = TITLES & set((given.get("class") or "").split()) or given.get("rel") == "noreferrer"
        is_shown = is_shown and tag not in SKIPPED and not is_title
        if is_shown:
            self.texts += [
                given[name] or "" for name in ("aria-label", "title", "placeholder") if given.get(name)
            ]
        if tag not in VOID:
            self.open.append((tag, is_shown))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and (not self.open or self.open[-1][1]):
            self.texts.append(" ".join(data.split()))


def english(page: Dutch) -> list[str]:
    """Return the texts with an English function word in small letters."""
    return [line for line in page.texts if FUNCTION_WORDS.search(NAMES.sub("", line))]


def test_english_is_found_outside_what_is_marked_as_english() -> None:
    page = Dutch()
    page.feed('<p title="read the list">De lijst</p><p>of the list<br>de lijst</p><p lang="en">the list</p>')
    assert english(page) == ["read the list", "of the list"]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("dutch")
    made = web_tools.serve(folder / "home")
    served_register.fill(made, folder)
    yield made
    made.app.state.service.runner.stop()
    made.store.close()


def test_no_page_in_dutch_has_english_sentences(served: Served) -> None:
    client = served.client("admin")
    waiting, seen, forms = ["/"], {"/"}, dict[str, int]()
    remnants: dict[str, list[str]] = {}
    while waiting and sum(forms.values()) < MOST_PAGES:
        path = waiting.pop(0)
        form = "/".join(path.split("/")[:2] + ["*" for _ in path.split("/")[2:]])
        if forms.get(form, 0) >= PAGES_PER_FORM:
            continue
        answer = client.get(path, params={"lang": "nl"}, headers={"accept": "text/html"})
        if "text/html" not in answer.headers.get("content-type", ""):
            continue
        forms[form] = forms.get(form, 0) + 1
        page = Dutch()
        page.feed(answer.text)
        for text in english(page):
            remnants.setdefault(text, []).append(path)
        for link in page.links:
            parts = urlsplit(urldefrag(link)[0])
            is_page = not parts.netloc and parts.path.startswith("/") and not OUTSIDE.match(parts.path)
            if is_page and parts.path not in seen:
                seen.add(parts.path)
                waiting.append(parts.path)
    assert len(forms) > 20, sorted(forms)
    assert not remnants

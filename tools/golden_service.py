"""Golden outputs of the service: its descriptions, answers, pages with their forms, and who may ask what."""

import http.client
import json
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from golden import LANGUAGES, ROLES, Outputs, Product, readable

API = "/api/v1"
DESCRIPTIONS = {
    "own": f"{API}/openapi.json",
    "yente": "/openapi/yente.json",
    "reconciliation": "/openapi/reconciliation.json",
}
MOST_OF_A_KIND = 3  # pages with the same address but for its names and numbers
MOST_VALUES = 4  # of an address in a description
TOLD = ("content-type", "location", "content-disposition", "link", "deprecation", "sunset", "allow")
OF_THE_LOOK = re.compile(r"[?&](?:theme|lang)=")  # the links at the top of each page
ELSEWHERE = ("//", "/static", f"{API}/")
TOKENS = "/accounts/tokens/"  # of their forms, one would end the token that asks
CHANGES = ("post", "put", "patch", "delete")
SECONDS = 120


@dataclass
class Answer:
    """What the service answered: status, the headers that tell something, the body as text."""

    status: int
    headers: dict[str, str]
    body: str

    @property
    def is_page(self) -> bool:
        """Whether it is a page for people."""
        return self.headers.get("content-type", "").startswith("text/html")

    def text(self, *, is_whole: bool = True) -> str:
        """Return status, headers and body as lines; of a page without its menu unless `is_whole`."""
        told = "".join(f"{name}: {self.headers[name]}\n" for name in TOLD if name in self.headers)
        shown = self.body if is_whole else self.body[self.body.find("<main") :].partition("</main>")[0]
        body = page_text(shown) if self.is_page else readable(self.body)
        return f"status {self.status}\n{told}\n{body}"


@dataclass
class Client:
    """A connection to the service, as a role (empty: without a login, at the machine itself)."""

    address: str
    token: str = ""
    lang: str = "en"

    def ask(self, method: str, path: str, body: str | None = None, kind: str = "application/json") -> Answer:
        """Return the answer to a request; redirections are answers."""
        headers = {"Accept-Language": self.lang, "Accept": "text/html, application/json;q=0.9, */*;q=0.8"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        if body is not None:
            headers |= {"Content-Type": kind, "Origin": f"http://{self.address}"}
        connection = http.client.HTTPConnection(self.address, timeout=SECONDS)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            content = response.read()
        finally:
            connection.close()
        given = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, given, as_text(content, given.get("content-type", "")))


def as_text(content: bytes, kind: str) -> str:
    """Return a body as text; of what is no text, its first bytes only, which tell the format."""
    if re.match(r"text/|application/(?:[\w.+-]*\+)?(?:json|xml)", kind) or not content:
        return content.decode("utf-8", "replace")
    return f"no text; it begins with {content[:4]!r}"


# Pages as text


BLOCKS = frozenset(
    {
        *(
            "address",
            "article",
            "aside",
            "body",
            "br",
            "caption",
            "dd",
            "details",
            "div",
            "dl",
            "dt",
            "fieldset",
        ),
        *(
            "figcaption",
            "figure",
            "footer",
            "form",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hr",
            "html",
        ),
        *("legend", "li", "main", "nav", "ol", "option", "p", "pre", "section", "select", "summary", "table"),
        *("tbody", "tfoot", "thead", "title", "tr", "ul"),
    }
)
HIDDEN = frozenset({"script", "style", "svg"})
FIELDS = frozenset({"input", "select", "textarea", "button"})


@dataclass
class Page(HTMLParser):
    """A page: its lines of text, the addresses of its links, and its forms with their fields."""

    lines: list[str] = field(default_factory=lambda: [""])
    links: list[str] = field(default_factory=list)
    forms: list[tuple[str, str, list[str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.hidden, self.is_in_form, self.address = 0, False, ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Break the line at a block, and note links, forms and fields."""
        given = {name: value or "" for name, value in attrs}
        self.hidden += tag in HIDDEN
        if tag in BLOCKS:
            self.lines.append("")
        if tag in {"td", "th"}:
            self.lines[-1] += " | "
        if tag == "a" and "href" in given:
            self.address = given["href"]
            self.links.append(self.address)
        if tag == "form":
            self.is_in_form = True
            self.forms.append((given.get("method", "get").upper(), given.get("action", ""), []))
        if tag in FIELDS and self.forms and (self.is_in_form or "form" in given):
            self.forms[-1][2].append(told_field(tag, given))
        if tag == "option" and self.is_in_form and self.forms[-1][2]:
            self.forms[-1][2].append(
                f"    option {given.get('value', '')}{' selected' * ('selected' in given)}"
            )

    def handle_endtag(self, tag: str) -> None:
        """Close what the tag opened."""
        self.hidden -= tag in HIDDEN
        if tag in BLOCKS:
            self.lines.append("")
        if tag == "a" and self.address:
            self.lines[-1] += f" ({self.address})"
            self.address = ""
        if tag == "form":
            self.is_in_form = False

    def handle_data(self, data: str) -> None:
        """Add text to the line."""
        if not self.hidden:
            self.lines[-1] += data


def told_field(tag: str, given: Mapping[str, str]) -> str:
    """Return a field of a form as a line: name, type, value, and what limits it."""
    kind = given.get("type", "submit" if tag == "button" else "text") if tag in {"input", "button"} else tag
    value = "" if kind in {"password"} else given.get("value", "")
    limits = [name for name in ("required", "checked", "multiple", "disabled", "readonly") if name in given]
    limits += [f"{name}={given[name]}" for name in ("maxlength", "min", "max", "pattern") if name in given]
    return " ".join(
        filter(None, ("  field", given.get("name", "-"), kind, value and f"value={value}", *limits))
    )


def parsed(text: str) -> Page:
    """Return a page."""
    page = Page()
    page.feed(text)
    page.close()
    return page


def page_text(text: str) -> str:
    """Return a page as lines of text, then its forms."""
    page = parsed(text)
    lines = [" ".join(line.split()) for line in page.lines]
    forms = ["\n".join((f"form {method} {action}", *fields)) for method, action, fields in page.forms]
    return "\n".join([*filter(None, lines), "", *forms])


# The service


@contextmanager
def served(product: Product) -> Iterator[str]:
    """Run the service over the home of a product; yields host and port."""
    command = [str(product.program), "serve", "--port", "0", "--rate", ""]
    environment = {**product.environment, "OVERZICHT_HOME": str(product.home), "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        command, cwd=product.folder, env=environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        line = next(each for each in process.stdout or () if "serves at http" in each)
        yield line.partition("://")[2].split()[0].strip("/")
    finally:
        process.terminate()
        process.wait()


def store_service(filled: Product, outputs: Outputs, asked: Mapping[str, Any]) -> None:
    """Store what the service answers over the filled store of a product, and over a copy that is changed."""
    tokens = {"": ""}
    for role in ROLES:
        made = filled.run(["users", "token", f"{role} program", "--role", role, "--days", "300"])
        tokens[role] = made.stdout.split()[-1]
        outputs.known[tokens[role]] = f"<token of {role}>"
    changed = replace(filled, folder=filled.folder.parent / "changed")
    shutil.copytree(filled.folder, changed.folder)
    outputs.known |= {str(product.folder): "<folder>" for product in (filled, changed)}
    values = json.loads((filled.folder / "values.json").read_text(encoding="utf-8"))
    with served(filled) as reading, served(changed) as writing, ThreadPoolExecutor(2) as pool:
        outputs.known |= {reading: "<service>", writing: "<service>"}
        service = Service(outputs, asked, values)
        service.describe(Client(reading, tokens["admin"]))
        read = pool.submit(service.store_reading, reading, tokens)
        write = pool.submit(service.store_changes, writing, tokens)
        read.result()
        write.result()
        service.store_forms(writing, tokens)


@dataclass
class Service:
    """What is asked of a service, and what was found on the way."""

    outputs: Outputs
    asked: Mapping[str, Any]
    values: Mapping[str, str]
    description: dict[str, Any] = field(default_factory=dict)
    forms: dict[str, str] = field(default_factory=dict)  # kind of address: an address

    def describe(self, client: Client) -> None:
        """Store the descriptions, with sorted keys."""
        for name, path in DESCRIPTIONS.items():
            answer = client.ask("GET", path)
            data = json.loads(answer.body)
            self.outputs.write(
                "openapi", name, json.dumps(data, indent=1, sort_keys=True, ensure_ascii=False)
            )
            if name == "own":
                self.description = data

    def store_reading(self, address: str, tokens: Mapping[str, str]) -> None:
        """Store all that is read: answers to programs, pages, and the status for each role."""
        admin = Client(address, tokens["admin"])
        firsts = self._store_answers(admin)
        pages = self._store_pages(admin)
        for name, addresses in (("answers", firsts), ("pages", pages)):
            lines = []
            for path in addresses:
                got = [Client(address, token).ask("GET", path).status for token in tokens.values()]
                told = (f"{role or 'nobody'} {status}" for role, status in zip(tokens, got, strict=True))
                lines.append(f"GET {path}: {', '.join(told)}")
            self.outputs.write("roles", name, "\n".join(lines))

    def _store_answers(self, admin: Client) -> list[str]:
        """Store the answer of each route that reads; returns an address of each."""
        firsts = []
        for template, operations in self.description["paths"].items():
            if "get" not in operations:
                continue
            paths = list(self.addresses(admin, template))
            firsts.append(API + paths[0])
            for number, path in enumerate(paths):
                for query in self._queries(template, operations["get"], is_first=number == 0):
                    whole = f"{API}{path}{'?' * bool(query)}{query}"
                    for lang in LANGUAGES if number == 0 and not query else LANGUAGES[:1]:
                        answer = replace(admin, lang=lang).ask("GET", whole)
                        name = f"{path} {query}".replace("/", " ")
                        self.outputs.write(
                            f"answers/{lang}", self.named(name), f"GET {whole}\n{answer.text()}"
                        )
        return firsts

    def named(self, text: str) -> str:
        """Return a name for a file without ids that are drawn by chance."""
        return re.sub("[<>]", "", self.outputs.plain(text))

    def addresses(self, admin: Client, template: str) -> Iterator[str]:
        """Yield the addresses of a template, by the values that are asked for it."""
        if "{" not in template:
            yield template
            return
        key = next((end for end in self.asked["ids"] if end in template), "")
        if not key:
            yield re.sub(r"\{\w+\}", "nothing", template)
            return
        for value in self.asked["ids"][key]:
            listing, _, name = str(value).partition(" ")
            found = [str(value)]
            if name:
                items = json.loads(admin.ask("GET", API + listing).body).get("items", [])
                found = [str(item[name]) for item in items[:2]] or ["nothing"]
            for one in found:
                parts = iter(one.split("/"))
                path = template.replace(key, re.sub(r"\{\w+\}", lambda _: next(parts), key))  # noqa: B023
                yield re.sub(r"\{\w+\}", "1", path)

    def _queries(self, template: str, operation: Mapping[str, Any], *, is_first: bool) -> Iterator[str]:
        """Yield the queries of a route: none, each choice of each key, an earlier day, an unknown key."""
        given = [each.format(**self.values) for each in self.asked["queries"].get(template, ())]
        needed = any(
            each.get("required") and each["in"] == "query" for each in operation["parameters"] if "in" in each
        )
        base = f"{given[0]}&" if needed and given else ""
        yield base.rstrip("&")
        if needed and is_first:
            yield ""
        yield from (given[bool(base) :] if is_first else ())
        keys = {
            each["name"]: each.get("schema", {})
            for each in operation["parameters"]
            if each.get("in") == "query"
        }
        if "asOf" in keys:
            yield f"{base}asOf=2026-04-10"
        if not is_first:
            return
        for name, schema in keys.items():
            yield from (f"{base}{name}={value}" for value in self._choices(schema))
        if "size" in keys:
            yield f"{base}size=1&page=2"
            yield f"{base}size=0"
        if "asOf" in keys:
            yield f"{base}asOf=tomorrow"
        yield f"{base}nonsense=1"

    def _choices(self, schema: Mapping[str, Any]) -> list[str]:
        """Return the values that the schema of a key names, without its default."""
        found: list[str] = []
        for each in (schema, *schema.get("anyOf", ())):
            whole = each
            if "$ref" in each:
                whole = self.description["components"]["schemas"][each["$ref"].rpartition("/")[2]]
            found += [str(value) for value in whole.get("enum", ())]
            if whole.get("type") == "boolean":
                found += ["true", "false"]
        return [value.replace(" ", "%20") for value in found if value and value != schema.get("default")]

    # Pages

    def _store_pages(self, admin: Client) -> list[str]:
        """Store the pages that lead from one to another; returns an address of each kind."""
        waiting, seen, kinds, firsts = list(self.asked["pages"]), set[str](), dict[str, int](), []
        begun = set(waiting)
        while waiting:
            path = waiting.pop(0)
            kind = self.kind(path)
            most = MOST_OF_A_KIND if kind.endswith("?") else 1  # one for each way to ask
            if path in seen or (kinds.get(kind, 0) >= most and path not in begun):
                continue
            seen.add(path)
            kinds[kind] = kinds.get(kind, 0) + 1
            if kinds[kind] == 1 and kind.endswith("?"):
                firsts.append(path)
            for lang in LANGUAGES:
                answer = replace(admin, lang=lang).ask("GET", path)
                self.outputs.write(f"pages/{lang}", self.named(path), f"GET {path}\n{answer.text()}")
                if answer.is_page and lang == "en":
                    waiting += self._found(path, parsed(answer.body))
        return firsts

    def _found(self, path: str, page: Page) -> list[str]:
        """Return the addresses on a page that can be followed, and remember those of its forms."""
        for method, action, _ in page.forms:
            if method == "POST":
                address = urlsplit(urljoin(path, action or path)).path
                self.forms.setdefault(self.kind(address), address)
        found = []
        for link in page.links:
            address = urljoin(path, link).partition("#")[0]
            if (
                address.startswith("/")
                and not OF_THE_LOOK.search(address)
                and not address.startswith(ELSEWHERE)
            ):
                found.append(address)
        return found

    def kind(self, path: str) -> str:
        """Return the kind of an address: its words, without names and numbers, and the keys of its query."""
        place, _, query = path.partition("?")
        keys = ",".join(sorted({part.partition("=")[0] for part in query.split("&") if part}))
        for few in self.asked["few"]:
            if place.startswith(few):
                return f"{few}*?{keys}"
        parts = place.strip("/").split("/")
        return (
            "/".join("*" if number % 2 or part.isdecimal() else part for number, part in enumerate(parts))
            + f"?{keys}"
        )

    # Changes

    def store_changes(self, address: str, tokens: Mapping[str, str]) -> None:
        """Store the answers to requests with a body, then those to an empty one."""
        admin = Client(address, tokens["admin"])
        for number, step in enumerate(self.asked["write"], 1):
            method, path, *body = step.split(" ", 2)
            path, given = (self._with_values(text) for text in (path, body[0] if body else ""))
            answer = admin.ask(method, API + path, given or None)
            self.outputs.write("changes", f"{number:03} {method} {path}", f"{step}\n{answer.text()}")
        for template, operations in self.description["paths"].items():
            for method in CHANGES:
                if method not in operations or template in self.asked["skip"]:
                    continue
                path = next(self.addresses(admin, template))
                self._refused(method.upper(), template, API + path, "{}", (address, tokens))

    def store_forms(self, address: str, tokens: Mapping[str, str]) -> None:
        """Store the answers to each form of the pages, sent without any field."""
        for kind, path in sorted(self.forms.items()):
            if path not in self.asked["skip"] and not path.startswith(TOKENS):
                self._refused("POST", f"form {kind}", path, "", (address, tokens))

    def _with_values(self, text: str) -> str:
        """Return a text in which the names of kept values are the values; other braces remain."""
        return re.sub(r"\{(\w+)\}", lambda match: self.values.get(match[1], match[0]), text)

    def _refused(
        self, method: str, name: str, path: str, body: str, service: tuple[str, Mapping[str, str]]
    ) -> None:
        address, tokens = service
        kind = "application/json" if body else "application/x-www-form-urlencoded"
        told: list[str] = [f"{method} {path} with an empty body"]
        for role in ("", "reader", "admin"):
            answer = Client(address, tokens[role]).ask(method, path, body, kind)
            told.append(f"\n--- {role or 'nobody'}\n{answer.text(is_whole=False)}")
        self.outputs.write("refused", f"{method} {name}", "\n".join(told))

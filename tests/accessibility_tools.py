"""A reader at the service, and scripts that return focus, clipped text and contrast of a page."""

from browser_tools import DESKTOP, log_in, opened
from playwright.sync_api import Browser, Page, ViewportSize
from web_tools import Served

SPACING = (
    "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } "
    "p { margin-bottom: 2em !important }"
)
# text that its own box cuts off; what scrolls by itself is not cut off
CUT_OFF = """() => [...document.querySelectorAll('main *, header *, footer *')].filter(e => {
  const s = getComputedStyle(e);
  return e.checkVisibility() && e.matches(':not(svg *, input, select, textarea)') && e.innerText?.trim()
    && ['hidden', 'clip'].includes(s.overflowX) && e.scrollWidth > e.clientWidth + 1;
}).map(e => e.outerHTML.slice(0, 120))"""
FOCUSABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"
FOCUSED = """() => { const e = document.activeElement, s = getComputedStyle(e), b = e.getBoundingClientRect();
  const at = document.elementFromPoint(b.x + Math.min(b.width / 2, 20), b.y + Math.min(b.height / 2, 20));
  return {name: e.outerHTML.slice(0, 100), body: e === document.body, width: parseFloat(s.outlineWidth),
    style: s.outlineStyle, seen: at === null || e.contains(at) || at.contains(e),
    part: e.closest('header, main, footer')?.tagName ?? ''}; }"""
CONTRASTS = """(pairs) => { const probe = document.body.appendChild(document.createElement('i'));
  const light = name => { probe.style.color = `var(--oz-${name})`;
    const c = document.createElement('canvas').getContext('2d'); c.fillStyle = getComputedStyle(probe).color;
    c.fillRect(0, 0, 1, 1); const [r, g, b] = [...c.getImageData(0, 0, 1, 1).data].map(v => v / 255)
      .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  return pairs.map(([a, b]) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p);
    return (x + 0.05) / (y + 0.05); }); }"""
PARTS = [
    ("edge", "raised"), ("edge", "paper"), ("link", "paper"), ("listed", "paper"), ("own", "paper"),
    ("unknown", "paper"), ("relabelled", "paper"), ("own", "sunk"), ("listed", "sunk"),
]  # fmt: skip


class Reader:
    """A person with a browser at the service."""

    def __init__(self, browser: Browser, address: str, served: Served) -> None:
        self.browser, self.address, self.served = browser, address, served
        self.offered = len(served.client("admin").get("/api/v1/imports").json()["items"])  # the newest import

    def at(self, path: str, size: ViewportSize = DESKTOP, lang: str = "en") -> Page:
        """Return a page for somebody who is not logged in."""
        return opened(self.browser, f"{self.address}{path}", size, lang)

    def inside(self, path: str = "/", size: ViewportSize = DESKTOP, lang: str = "en") -> Page:
        """Return a page for an administrator who is logged in."""
        page = log_in(opened(self.browser, size=size, lang=lang), self.address, to="/")
        if path != "/":
            page.goto(f"{self.address}{path}")
        return page


def tab_to(page: Page, selector: str) -> None:
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab does not reach {selector} on {page.url}")


def tabbed(page: Page) -> list[dict[str, object]]:
    """Return what Tab reaches, in order, until it leaves the page."""
    reached: list[dict[str, object]] = []
    for _ in range(400):
        page.keyboard.press("Tab")
        state = page.evaluate(FOCUSED)
        if state["body"]:
            return reached
        reached.append(state)
    raise AssertionError(f"Tab does not leave {page.url}")

"""The criteria of WCAG 2.2 that an automatic check does not fully cover, and whether these pages meet them.

Each row has a test of its number in a real browser. A person with a disability did not test the pages yet.
"""

from dataclasses import dataclass
from datetime import date

from overzicht.evidence import Text, text

TESTED = date(2026, 11, 28)


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion by number, what it asks, and what is not met yet (None: nothing known)."""

    number: str
    asks: Text
    limit: Text | None = None


CRITERIA = (
    Criterion("1.3.4", text("Pages work upright and on their side.")),
    Criterion("1.3.5", text("Log-in fields state their purpose, so that a browser can fill them in.")),
    Criterion("1.4.1", text("Colour is never the only sign.")),
    Criterion("1.4.4", text("Text can be twice as large without loss.")),
    Criterion("1.4.5", text("Text is not a picture.")),
    Criterion("1.4.10", text("Pages fit 320 pixels, which is 400 % zoom.")),
    Criterion("1.4.11", text("Borders, focus and parts of charts have enough contrast.")),
    Criterion("1.4.12", text("Text can have more space without loss.")),
    Criterion("1.4.13", text("What opens over the page can be closed with Escape.")),
    Criterion("2.1.1", text("Everything works with a keyboard.")),
    Criterion("2.1.2", text("The keyboard leaves every part of a page.")),
    Criterion("2.1.4", text("Keys of one letter can be switched off.")),
    Criterion(
        "2.2.1",
        text("There is enough time."),
        text(
            "A session ends 12 hours after the log-in, without a warning. You return to the same page. "
            "You fill in an open form again."
        ),
    ),
    Criterion("2.4.1", text("The first link skips to the content.")),
    Criterion("2.4.3", text("The focus follows the order of the page.")),
    Criterion("2.4.5", text("There are several ways to a page: menu, search and links.")),
    Criterion("2.4.6", text("Headings and labels describe what follows.")),
    Criterion("2.4.7", text("The focus is visible.")),
    Criterion("2.4.11", text("Nothing covers the focus.")),
    Criterion("2.5.3", text("The visible label is in the name that speech uses.")),
    Criterion("2.5.7", text("Nothing needs dragging.")),
    Criterion("2.5.8", text("Links and buttons are large enough, or far enough apart.")),
    Criterion("3.1.2", text("Text in another language is marked.")),
    Criterion("3.2.3", text("The menu is the same on each page.")),
    Criterion("3.2.6", text("Help is at the same place on each page.")),
    Criterion("3.3.1", text("An error is named in text.")),
    Criterion("3.3.3", text("An error says what to do.")),
    Criterion("3.3.4", text("Changes are shown first, and can be undone.")),
    Criterion("3.3.7", text("Nothing is asked twice.")),
    Criterion("3.3.8", text("The log-in has no puzzle. You can paste, and a password manager works.")),
    Criterion("4.1.3", text("Messages about status are announced.")),
    Criterion("PDF", text("PDF reports have tags, a title and a language.")),
    Criterion("EN-301-549", text("There is a statement with a date and the known limits.")),
)

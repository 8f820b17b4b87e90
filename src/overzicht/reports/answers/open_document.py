"""An answer as an OpenDocument text in the form of a letter to parliament; equal bytes for equal answers.

Source: OpenDocument 1.3, parts 2 (package) and 3 (schema).
"""

import io
import zipfile
from collections.abc import Iterable
from xml.sax.saxutils import escape

from overzicht.reports.answers.letter import Paragraph, Run, Style, letter, letter_title
from overzicht.reports.answers.model import AnswerReport
from overzicht.reports.i18n import Language, words_for
from overzicht.reports.word import LANGUAGES, ZIP_DAY, plain

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
LEVELS = {Style.HEADING: 1, Style.ANSWER: 2, Style.PART: 3}
_NAMES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in (
        ("office", "urn:oasis:names:tc:opendocument:xmlns:office:1.0"),
        ("text", "urn:oasis:names:tc:opendocument:xmlns:text:1.0"),
        ("style", "urn:oasis:names:tc:opendocument:xmlns:style:1.0"),
        ("fo", "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"),
        ("meta", "urn:oasis:names:tc:opendocument:xmlns:meta:1.0"),
        ("dc", "http://purl.org/dc/elements/1.1/"),
    )
)
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_FORMS = {"bold": 'fo:font-weight="bold"', "italic": 'fo:font-style="italic"',
          "raised": 'style:text-position="super 58%"'}  # fmt: skip
_SIZES = {1: "16pt", 2: "13pt", 3: "11pt"}  # of headings by level


def render_odt(report: AnswerReport, lang: Language) -> bytes:
    """Return the document."""
    words = words_for(lang)
    files = {
        "mimetype": MEDIA_TYPE,
        "content.xml": _content(letter(report, words)),
        "styles.xml": _styles(LANGUAGES[lang]),
        "meta.xml": _meta(report, words.say(letter_title(report))),
        "META-INF/manifest.xml": _manifest(),
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, ZIP_DAY)
            is_plain = name == "mimetype"  # readers look for it at a fixed place
            entry.compress_type = zipfile.ZIP_STORED if is_plain else zipfile.ZIP_DEFLATED
            made.writestr(entry, content)
    return stream.getvalue()


def _content(paragraphs: Iterable[Paragraph]) -> str:
    spans = "".join(
        f'<style:style style:name="{name}" style:family="text"><style:text-properties {form}/></style:style>'
        for name, form in _FORMS.items()
    )
    page = (
        '<style:style style:name="annex" style:family="paragraph" style:parent-style-name="heading-1">'
        '<style:paragraph-properties fo:break-before="page"/></style:style>'
    )
    body = "".join(map(_paragraph, paragraphs))
    return (
        f'{_XML}<office:document-content {_NAMES} office:version="1.3"><office:automatic-styles>{spans}{page}'
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )


def _paragraph(paragraph: Paragraph) -> str:
    words = "".join(map(_span, paragraph.runs))
    level = LEVELS.get(paragraph.style)
    if level is not None:
        name = "annex" if paragraph.starts_page else f"heading-{level}"
        return f'<text:h text:style-name="{name}" text:outline-level="{level}">{words}</text:h>'
    name = {Style.BODY: "Standard", Style.NOTE: "note", Style.ITEM: "Standard"}[paragraph.style]
    line = f'<text:p text:style-name="{name}">{words}</text:p>'
    if paragraph.style is Style.ITEM:
        return f'<text:list text:style-name="bullets"><text:list-item>{line}</text:list-item></text:list>'
    return line


def _span(run: Run) -> str:
    words = escape(run.text).replace("\n", "<text:line-break/>").replace("\t", "<text:tab/>")
    lead = len(words) - len(words.lstrip(" "))
    words = "<text:s/>" * lead + words[lead:]  # a reader drops plain blanks at the start
    forms = zip(_FORMS, (run.is_bold, run.is_italic, run.is_raised), strict=True)
    for name in (name for name, is_set in forms if is_set):
        words = f'<text:span text:style-name="{name}">{words}</text:span>'
    return words


def _styles(language: str) -> str:
    code, _, country = language.partition("-")
    headings = "".join(_heading_style(level, size) for level, size in _SIZES.items())
    return (
        f'{_XML}<office:document-styles {_NAMES} office:version="1.3"><office:styles>'
        '<style:default-style style:family="paragraph"><style:text-properties '
        f'fo:language="{code}" fo:country="{country}" fo:font-size="11pt"/></style:default-style>'
        '<style:style style:name="Standard" style:family="paragraph" style:class="text">'
        '<style:paragraph-properties fo:margin-bottom="0.2cm"/></style:style>'
        '<style:style style:name="note" style:family="paragraph" style:parent-style-name="Standard">'
        '<style:paragraph-properties fo:margin-left="1cm"/><style:text-properties fo:font-style="italic"/>'
        f"</style:style>{headings}"
        '<text:list-style style:name="bullets"><text:list-level-style-bullet text:level="1" '
        'text:bullet-char="•"><style:list-level-properties text:space-before="0.4cm" '
        'text:min-label-width="0.5cm"/></text:list-level-style-bullet></text:list-style>'
        "</office:styles></office:document-styles>"
    )


def _heading_style(level: int, size: str) -> str:
    return (
        f'<style:style style:name="heading-{level}" style:display-name="Heading {level}" '
        f'style:family="paragraph" style:parent-style-name="Standard" style:default-outline-level="{level}">'
        '<style:paragraph-properties fo:margin-top="0.5cm" fo:keep-with-next="always"/>'
        f'<style:text-properties fo:font-size="{size}" fo:font-weight="bold"/></style:style>'
    )


def _meta(report: AnswerReport, title: str) -> str:
    day = f"{report.as_of}T00:00:00"
    return (
        f'{_XML}<office:document-meta {_NAMES} office:version="1.3"><office:meta>'
        f"<meta:generator>Overzicht {escape(report.version)}</meta:generator>"
        f"<dc:title>{escape(plain(title))}</dc:title>"
        f"<meta:creation-date>{day}</meta:creation-date><dc:date>{day}</dc:date>"
        "</office:meta></office:document-meta>"
    )


def _manifest() -> str:
    parts = ((name, "text/xml") for name in ("content.xml", "styles.xml", "meta.xml"))
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
        for path, kind in (("/", MEDIA_TYPE), *parts)
    )
    return (
        f'{_XML}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
        f'manifest:version="1.3">{entries}</manifest:manifest>'
    )

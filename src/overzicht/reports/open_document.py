"""OpenDocument texts with equal bytes for equal content: paragraphs, headings, lists and tables.

Source: OpenDocument 1.3, parts 2 (package) and 3 (schema).
"""

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from xml.sax.saxutils import escape

from overzicht.reports.i18n import Language
from overzicht.reports.sections import Document, Phrase
from overzicht.reports.word import LANGUAGES, ZIP_DAY
from overzicht.reports.xml_text import xml_text

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
_NAMES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in (
        ("office", "urn:oasis:names:tc:opendocument:xmlns:office:1.0"),
        ("table", "urn:oasis:names:tc:opendocument:xmlns:table:1.0"),
        ("text", "urn:oasis:names:tc:opendocument:xmlns:text:1.0"),
        ("style", "urn:oasis:names:tc:opendocument:xmlns:style:1.0"),
        ("fo", "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"),
        ("meta", "urn:oasis:names:tc:opendocument:xmlns:meta:1.0"),
        ("dc", "http://purl.org/dc/elements/1.1/"),
    )
)
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SIZES = {1: "16pt", 2: "13pt", 3: "11pt"}  # of headings by level


def odt_file(content: str, title: str, version: str, day: date, lang: Language) -> bytes:
    """Return the package of a text with this `content.xml`; its dates are `day`."""
    code, _, country = LANGUAGES[lang].partition("-")
    headings = ""
    for level, size in _SIZES.items():
        headings += (
            f'<style:style style:name="heading-{level}" style:display-name="Heading {level}" '
            'style:family="paragraph" style:parent-style-name="Standard" '
            f'style:default-outline-level="{level}">'
            '<style:paragraph-properties fo:margin-top="0.5cm" fo:keep-with-next="always"/>'
            f'<style:text-properties fo:font-size="{size}" fo:font-weight="bold"/></style:style>'
        )
    styles = (
        f'{_XML}<office:document-styles {_NAMES} office:version="1.3"><office:styles>'
        '<style:default-style style:family="paragraph"><style:text-properties '
        f'fo:language="{code}" fo:country="{country}" fo:font-size="11pt"/></style:default-style>'
        '<style:style style:name="Standard" style:family="paragraph" style:class="text">'
        '<style:paragraph-properties fo:margin-bottom="0.2cm"/></style:style>'
        '<style:style style:name="head" style:family="paragraph" style:parent-style-name="Standard">'
        '<style:text-properties fo:font-weight="bold"/></style:style>'
        '<style:style style:name="note" style:family="paragraph" style:parent-style-name="Standard">'
        '<style:paragraph-properties fo:margin-left="1cm"/><style:text-properties fo:font-style="italic"/>'
        f"</style:style>{headings}"
        '<text:list-style style:name="bullets"><text:list-level-style-bullet text:level="1" '
        'text:bullet-char="•"><style:list-level-properties text:space-before="0.4cm" '
        'text:min-label-width="0.5cm"/></text:list-level-style-bullet></text:list-style>'
        "</office:styles></office:document-styles>"
    )
    moment = f"{day}T00:00:00"
    meta = (
        f'{_XML}<office:document-meta {_NAMES} office:version="1.3"><office:meta>'
        f"<meta:generator>Overzicht {escape(version)}</meta:generator>"
        f"<dc:title>{escape(xml_text(title))}</dc:title>"
        f"<meta:creation-date>{moment}</meta:creation-date><dc:date>{moment}</dc:date>"
        "</office:meta></office:document-meta>"
    )
    parts = ((name, "text/xml") for name in ("content.xml", "styles.xml", "meta.xml"))
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
        for path, kind in (("/", MEDIA_TYPE), *parts)
    )
    manifest = (
        f'{_XML}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
        f'manifest:version="1.3">{entries}</manifest:manifest>'
    )
    files = {
        "mimetype": MEDIA_TYPE,
        "content.xml": content,
        "styles.xml": styles,
        "meta.xml": meta,
        "META-INF/manifest.xml": manifest,
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name, text in files.items():
            entry = zipfile.ZipInfo(name, ZIP_DAY)
            is_plain = name == "mimetype"  # readers look for it at a fixed place
            entry.compress_type = zipfile.ZIP_STORED if is_plain else zipfile.ZIP_DEFLATED
            made.writestr(entry, text)
    return stream.getvalue()


def content_xml(body: Iterable[str], styles: str = "") -> str:
    """Return `content.xml` with these elements, and these automatic styles."""
    return (
        f'{_XML}<office:document-content {_NAMES} office:version="1.3"><office:automatic-styles>{styles}'
        f"</office:automatic-styles><office:body><office:text>{''.join(body)}</office:text></office:body>"
        "</office:document-content>"
    )


def heading(words: str, level: int, style: str = "") -> str:
    """Return a heading of a level from 1; `words` are XML already."""
    name = style or f"heading-{level}"
    return f'<text:h text:style-name="{name}" text:outline-level="{level}">{words}</text:h>'


def paragraph(words: str, style: str = "Standard") -> str:
    """Return a paragraph; `words` are XML already."""
    return f'<text:p text:style-name="{style}">{words}</text:p>'


def point(words: str) -> str:
    """Return a point of a list; `words` are XML already."""
    item = f"<text:list-item>{paragraph(words)}</text:list-item>"
    return f'<text:list text:style-name="bullets">{item}</text:list>'


def document_odt(document: Document) -> bytes:
    """Return a document of sections."""
    document = document.for_file
    return odt_file(
        content_xml(_body(document)), str(document.title), document.version, document.day, document.lang
    )


def _body(document: Document) -> Iterator[str]:
    yield heading(_escaped(document.title), 1)
    yield from (paragraph(_escaped(line)) for line in document.lead)
    for number, section in enumerate(document.sections, start=1):
        yield heading(_escaped(section.title), 2)
        yield from (paragraph(_escaped(line)) for line in section.paragraphs)
        yield from (point(_escaped(line)) for line in section.points)
        if section.rows:
            # a table whose first row is repeated at the top of each page
            rows = section.rows
            name = f"table-{number}"
            lines = []
            for place, row in enumerate(rows):
                style = "Standard" if place else "head"
                filled = (paragraph(_escaped(cell), style) for cell in row)
                cells = (
                    f'<table:table-cell office:value-type="string">{cell}</table:table-cell>'
                    for cell in filled
                )
                lines.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
            columns = f'<table:table-column table:number-columns-repeated="{len(rows[0])}"/>'
            head = f"<table:table-header-rows>{lines[0]}</table:table-header-rows>"
            yield f'<table:table table:name="{name}">{columns}{head}{"".join(lines[1:])}</table:table>'


def _escaped(words: Phrase) -> str:
    return escape(xml_text(words)).replace("\n", "<text:line-break/>")

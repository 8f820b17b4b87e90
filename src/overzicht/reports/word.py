"""Word documents with equal bytes for equal content: properties, plain text, and a ZIP without times."""

import io
import zipfile
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from overzicht.errors import MissingExtraError
from overzicht.reports.i18n import Language
from overzicht.reports.sections import Document
from overzicht.reports.xml_text import xml_text

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

LANGUAGES = {Language.EN: "en-GB", Language.NL: "nl-NL"}
ZIP_DAY = (1980, 1, 1, 0, 0, 0)  # the first day that a ZIP file can hold


def new_document(title: str, version: str, day: date, lang: Language, purpose: str) -> "WordDocument":
    """Return an empty document; its dates are `day`. MissingExtraError without the extra `office`."""
    try:
        import docx  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtraError(purpose, "office") from error
    document = docx.Document()
    core = document.core_properties
    core.title, core.author = xml_text(title), f"Overzicht {version}"
    core.created = core.modified = datetime.combine(day, time())  # the format has no zone
    core.last_modified_by, core.revision, core.comments = core.author, 1, ""
    core.language = LANGUAGES[lang]
    fonts = document.styles["Normal"].element.get_or_add_rPr()
    for language in fonts.xpath("w:lang"):
        fonts.remove(language)
    code = LANGUAGES[lang]
    from docx.oxml import OxmlElement  # noqa: PLC0415 - an extra
    from docx.oxml.ns import qn  # noqa: PLC0415

    element = OxmlElement("w:lang")
    element.set(qn("w:val"), code)
    fonts.append(element)
    return document


def saved(document: "WordDocument") -> bytes:
    """Return the document as a ZIP with every file at the same time, in the same order."""
    content, stream = io.BytesIO(), io.BytesIO()
    document.save(content)
    with zipfile.ZipFile(content) as given, zipfile.ZipFile(stream, "w") as made:
        for file in given.infolist():
            entry = zipfile.ZipInfo(file.filename, ZIP_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(entry, given.read(file.filename))
    return stream.getvalue()


def document_docx(document: Document) -> bytes:
    """Return a document of sections; MissingExtraError without the extra `office`."""
    document = document.for_file
    head = (str(document.title), document.version, document.day, document.lang)
    made = new_document(*head, "a report as a Word document")
    made.add_heading(xml_text(document.title), level=0)
    for line in document.lead:
        made.add_paragraph(xml_text(line))
    for section in document.sections:
        made.add_heading(xml_text(section.title), level=1)
        for paragraph in section.paragraphs:
            made.add_paragraph(xml_text(paragraph))
        for point in section.points:
            made.add_paragraph(xml_text(point), style="List Bullet")
        if section.rows:
            # add a table whose first row is repeated at the top of each page
            rows = section.rows
            table = made.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
            for row in rows:
                for cell, value in zip(table.add_row().cells, row, strict=True):
                    cell.text = xml_text(value)
            head = table.rows[0]
            from docx.oxml import OxmlElement  # noqa: PLC0415 - an extra

            head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 - the library has no other way
            for cell in head.cells:
                for run in cell.paragraphs[0].runs:
                    run.bold = True
    return saved(made)

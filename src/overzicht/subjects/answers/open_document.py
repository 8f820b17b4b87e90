"""An answer as an OpenDocument text in the form of a letter to parliament; equal bytes for equal answers."""

from xml.sax.saxutils import escape

from overzicht.reports.i18n import Language, words_for
from overzicht.reports.open_document import content_xml, heading, odt_file, paragraph, point
from overzicht.subjects.answers.letter import Run, Style, letter, letter_title
from overzicht.subjects.answers.model import AnswerReport

LEVELS = {Style.HEADING: 1, Style.ANSWER: 2, Style.PART: 3}
_FORMS = {"bold": 'fo:font-weight="bold"', "italic": 'fo:font-style="italic"',
          "raised": 'style:text-position="super 58%"'}  # fmt: skip


def render_odt(report: AnswerReport, lang: Language) -> bytes:
    """Return the document."""
    words = words_for(lang)
    paragraphs = letter(report, words)
    spans = "".join(
        f'<style:style style:name="{name}" style:family="text"><style:text-properties {form}/></style:style>'
        for name, form in _FORMS.items()
    )
    page = (
        '<style:style style:name="annex" style:family="paragraph" style:parent-style-name="heading-1">'
        '<style:paragraph-properties fo:break-before="page"/></style:style>'
    )
    lines: list[str] = []
    for line in paragraphs:
        paragraph_words = "".join(map(_span, line.runs))
        level = LEVELS.get(line.style)
        if level is not None:
            lines.append(heading(paragraph_words, level, "annex" if line.starts_page else ""))
            continue
        if line.style is Style.ITEM:
            lines.append(point(paragraph_words))
            continue
        lines.append(paragraph(paragraph_words, {Style.BODY: "Standard", Style.NOTE: "note"}[line.style]))
    content = content_xml(lines, f"{spans}{page}")
    return odt_file(content, words.say(letter_title(report)), report.version, report.as_of, lang)


def _span(run: Run) -> str:
    words = escape(run.text).replace("\n", "<text:line-break/>").replace("\t", "<text:tab/>")
    lead = len(words) - len(words.lstrip(" "))
    words = "<text:s/>" * lead + words[lead:]  # a reader drops plain blanks at the start
    forms = zip(_FORMS, (run.is_bold, run.is_italic, run.is_raised), strict=True)
    for name in (name for name, is_set in forms if is_set):
        words = f'<text:span text:style-name="{name}">{words}</text:span>'
    return words

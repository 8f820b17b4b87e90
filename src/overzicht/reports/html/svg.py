"""Pictures made fit for the page: named for those who cannot see them, ids unique, nothing fetched."""

from dataclasses import dataclass

from lxml import etree
from markupsafe import Markup

from overzicht.reports.xml_text import xml_text
from overzicht.safexml import SAFE_XML

SVG = "http://www.w3.org/2000/svg"
REFERENCE = "url(#"
HATCH = "hatch"


@dataclass(frozen=True, slots=True)
class Caption:
    """Title and description of a picture; `id` is unique in the page."""

    id: str
    title: str
    description: str


def parse(drawing: str) -> etree._Element:
    """Return the root of a drawing made by one of our libraries; text before `<svg` is cut."""
    parser: etree.XMLParser = etree.XMLParser(**SAFE_XML, remove_comments=True)
    return etree.fromstring(drawing[drawing.index("<svg") :].encode(), parser)


def finish(root: etree._Element, caption: Caption, *, role: str) -> Markup:
    """Return the drawing as markup with role, title and description; `img` hides its parts."""
    prefix = caption.id
    for element in root.iter():
        for attribute, value in element.attrib.items():
            if attribute == "id":
                element.set("id", f"{prefix}-{value}")
            elif REFERENCE in str(value):
                element.set(attribute, str(value).replace(REFERENCE, f"{REFERENCE}{prefix}-"))
    if role == "img":
        # remove the words that a library gives to the parts of a picture: they are in English
        for element in root.iter():
            for name in [name for name in element.attrib if name == "role" or str(name).startswith("aria-")]:
                del element.attrib[name]
    for name in ("title", "desc"):
        for old in root.findall(f"{{{SVG}}}{name}"):
            root.remove(old)
    _insert(root, "desc", f"{caption.id}-d", caption.description)
    _insert(root, "title", f"{caption.id}-t", caption.title)
    root.set("role", role)
    root.set("aria-labelledby", f"{caption.id}-t {caption.id}-d")
    etree.cleanup_namespaces(root)
    # the serialiser escapes every text, so this is markup and not a text of somebody else's
    return Markup(etree.tostring(root, encoding="unicode"))  # noqa: S704


def hatch(root: etree._Element, colour: str, paper: str) -> None:
    """Fill what has a colour with stripes of it, so that it is also known without seeing colours."""
    parts = [part for part in root.iter() if part.get("fill") == colour]
    if not parts:
        return
    pattern = etree.Element(
        f"{{{SVG}}}pattern",
        id=HATCH,
        width="6",
        height="6",
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    )
    for width, fill in (("6", colour), ("1.5", paper)):
        etree.SubElement(pattern, f"{{{SVG}}}rect", width=width, height="6", fill=fill)
    for part in parts:
        part.set("fill", f"{REFERENCE}{HATCH})")
    definitions = etree.Element(f"{{{SVG}}}defs")
    definitions.append(pattern)
    root.insert(0, definitions)


def _insert(root: etree._Element, name: str, element_id: str, content: str) -> None:
    element = etree.Element(f"{{{SVG}}}{name}", {"id": element_id})
    element.text = xml_text(content)
    root.insert(0, element)

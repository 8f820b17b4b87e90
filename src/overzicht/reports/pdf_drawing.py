"""The process that draws a PDF: reads `{"pages": [HTML, …], "most": 2}` as standard input, writes the PDF.

It is a process of its own: WeasyPrint and the drawing of graphs each bring Pango, and in one process they
wait for each other forever. The first page that fits in `most` sheets is drawn, else the last one.
"""

import json
import sys
from typing import Any

VARIANT = "pdf/a-2a"  # ISO 19005-2, level A: with tags
PROPERTY = "http://www.aiim.org/pdfa/ns/property#"
# That it is PDF/UA-1 (ISO 14289-1) too. PDF/A does not know this property, so that it is described first.
ACCESSIBLE = f"""<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="{PROPERTY}">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>part of ISO 14289 to which the file conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
""".encode()
NO_EXTRA, NO_LIBRARY = 3, 4  # exit codes


def main() -> int:
    """Draw the PDF, and return the exit code."""
    try:
        import weasyprint  # noqa: PLC0415 - an extra
    except ImportError:
        return NO_EXTRA
    except OSError:  # it looks for Pango when it is imported
        return NO_LIBRARY
    request = json.load(sys.stdin)
    for page in request["pages"]:
        drawn = weasyprint.HTML(string=page, url_fetcher=_refuse).render(pdf_variant=VARIANT)
        if request["most"] is None or len(drawn.pages) <= request["most"]:
            break
    # add PDF/UA-1 to the standards in the metadata: a variant of WeasyPrint has one standard
    metadata = drawn.metadata
    own, end = metadata.generate_rdf_metadata, b"</rdf:RDF>"
    metadata.generate_rdf_metadata = lambda *given: own(*given).replace(end, ACCESSIBLE + end)
    # compressed, it is not PDF/A
    sys.stdout.buffer.write(drawn.write_pdf(pdf_variant=VARIANT, uncompressed_pdf=True))
    return 0


def _refuse(url: str, *_: Any, **__: Any) -> Any:
    """Refuse every address: the page needs none."""
    raise ValueError(url)


if __name__ == "__main__":
    sys.exit(main())

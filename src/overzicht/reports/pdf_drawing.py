"""The process that draws a PDF: reads `{"pages": [HTML, …], "most": 2}` as standard input, writes the PDF.

It is a process of its own: WeasyPrint and the drawing of graphs each bring Pango, and in one process they
wait for each other forever. The first page that fits in `most` sheets is drawn, else the last one.
"""

import json
import sys
from typing import Any

VARIANT = "pdf/a-2a"  # ISO 19005-2, level A: with tags
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
    # compressed, it is not PDF/A
    sys.stdout.buffer.write(drawn.write_pdf(pdf_variant=VARIANT, uncompressed_pdf=True))
    return 0


def _refuse(url: str, *_: Any, **__: Any) -> Any:
    """Refuse every address: the page needs none."""
    raise ValueError(url)


if __name__ == "__main__":
    sys.exit(main())

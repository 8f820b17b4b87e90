"""Text that XML can hold. A library that draws may end the whole process at another character."""

import re

_FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production 2


def xml_text(value: object) -> str:
    r"""Return the text of a value of outside with a space for each character that XML cannot hold.

    >>> xml_text("hall\x1b[2J")
    'hall [2J'
    """
    return _FORBIDDEN.sub(" ", str(value))

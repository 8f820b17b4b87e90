"""Answers that a browser saves as a file."""

from urllib.parse import quote

from overzicht.web.uploads import harmless


def attachment(name: str) -> dict[str, str]:
    r"""Return the header that offers an answer as a file of this name (RFC 6266), made safe.

    >>> attachment('a"b\r\n é.csv')["Content-Disposition"]
    'attachment; filename="a_b_ _.csv"; filename*=UTF-8\'\'a_b_%20%C3%A9.csv'
    """
    safe = harmless(name) or "file"
    plain = "".join(sign if sign.isascii() else "_" for sign in safe)
    full = "" if plain == safe else f"; filename*=UTF-8''{quote(safe, safe='')}"
    return {"Content-Disposition": f'attachment; filename="{plain}"{full}'}

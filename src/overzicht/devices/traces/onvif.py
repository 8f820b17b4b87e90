"""Split ONVIF discovery scopes into traces.

Resellers fill in manufacturer and name, and clones copy the name spaces (`hikwsd`, …). So a scope is read as
a brand, a model or a MAC address, and is not proof in itself.
"""

from urllib.parse import unquote

from overzicht.devices.model import Trace

# The last but one part of a scope's path, and the trace that its last part is.
PARTS = {
    "hardware": Trace.MODEL,
    "model": Trace.MODEL,
    "manufacturer": Trace.BRAND,
    "mfr": Trace.BRAND,
    "mac": Trace.MAC,
    "serial": Trace.SERIAL,
}


def scope_traces(scope: str) -> tuple[tuple[Trace, str], ...]:
    """Return the traces that one scope holds; empty for scopes on type, profile, location and so on.

    A name may hold brand, model and serial number together, so it is read as a product string.
    """
    parts = [unquote(part).strip() for part in scope.split("/")]
    if len(parts) < 2 or not parts[-1]:
        return ()
    key, value = parts[-2].lower(), parts[-1]
    if key == "name":
        return ((Trace.PRODUCT, value),)
    return ((PARTS[key], value),) if key in PARTS else ()

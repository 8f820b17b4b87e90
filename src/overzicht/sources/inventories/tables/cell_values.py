"""The values of cells: addresses, days, numbers; what cannot be read raises with the reason and a fix."""

import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from overzicht.dates import MONTHS, read_day_first_date, read_iso_date, read_written_date
from overzicht.errors import UnreadableDateError
from overzicht.evidence import Text, text
from overzicht.identifiers import mac
from overzicht.sources.inventories.tables.lexicon import lexicon
from overzicht.sources.inventories.tables.ranges import range_in
from overzicht.sources.inventories.tables.table import Cell, cell_text
from overzicht.sources.inventories.tables.vocabulary import plain, vocabulary

FIRST_YEAR = 1970  # no camera in an inventory is older; Excel shows an empty date as 1900
LAST_YEAR = 2099
EXCEL_DAY_ZERO = date(1899, 12, 30)  # Excel's day numbers, with its leap day of 1900 that never was
EXCEL_DAYS = range(25_569, 73_051)  # 1970 to 2099
MAX_QUANTITY = 1_000_000
OWN_ADDRESS = re.compile(r"127\.|0\.0\.0\.0|::1$|localhost$")  # of the program that wrote the list
LOCAL_SOURCE = re.compile(r"\d{1,2}|/dev/\S+")  # a camera at the computer itself, by its number or file
# A text that an address will replace: `CAMERA_IP`, `{env}`, `$HOST`, `<ip>`, `x.x.x.x`.
_PLACEHOLDER = re.compile(
    r"(?i)[{}<>$%]|(^|[@/.])example\.(com|org|net)\b|\b(x{1,3}\.){3}x{1,3}\b|^x{2,}$"
    r"|^(\w+[_-])?(ip|host|address|adres|hostname)([_-]\w+)?$|^your\b|\byour[_-]"
)

_MAC = re.compile(
    r"(?<![0-9A-Za-z])(?:[0-9A-Fa-f]{2}([:\-. ]))(?:[0-9A-Fa-f]{2}\1){4}[0-9A-Fa-f]{2}(?![0-9A-Za-z])"
    r"|(?<![0-9A-Za-z])[0-9A-Fa-f]{4}([.:\-])[0-9A-Fa-f]{4}\2[0-9A-Fa-f]{4}(?![0-9A-Za-z])"
    r"|(?<![0-9A-Za-z])[0-9A-Fa-f]{6}-[0-9A-Fa-f]{6}(?![0-9A-Za-z])"
    r"|(?<![0-9A-Za-z])[0-9A-Fa-f]{12}(?![0-9A-Za-z])"
)
_CLIENT_ID = re.compile(
    r"^(?:hex:|0x)?01[:-]?(?=(?:[0-9A-Fa-f]{2}[:-]?){5}[0-9A-Fa-f]{2}$)"
)  # DHCP: 01 is Ethernet
_IPV4 = re.compile(r"(?:(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(?:\.(?!$)|$)){4}")
_HOST = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9_-]+)*\.?")
_NUMBERS = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-]\d{2,4}\b")
_SHORT_YEAR = re.compile(r"(\d{1,2}[./-]\d{1,2}[./-])(\d{2})")
_MONTH_YEAR = re.compile(r"(\d{1,2})[./-](\d{4})|(\d{4})[./-](\d{1,2})")
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?( ?[AaPp]\.?[Mm]\.?)?( ?[+-]\d{4}| ?Z)?$")


class UnreadableValueError(ValueError):
    """A cell does not hold what its column should; `partial` is what can be made of it, if anything."""

    def __init__(self, reason: Text, fix: Text, partial: object = None) -> None:
        super().__init__(str(reason))
        self.reason = reason
        self.fix = fix
        self.partial = partial


def read_macs(value: str) -> tuple[str, ...]:
    """Return the MAC addresses in a cell, as they are written; raises if a part of the cell is not one."""
    bare = _CLIENT_ID.sub("", value.strip())
    if mac.normalize(bare):
        return (bare,)
    macs = tuple(match[0] for match in _MAC.finditer(bare))
    rest = re.sub(r"[\s,;/&|]|\ben\b|\band\b", "", _MAC.sub("", bare))
    if not macs or rest:
        raise UnreadableValueError(
            text("“{value}” is not a MAC address", value=value),
            text("Write twelve hexadecimal digits, such as 00:11:22:33:44:55"),
            macs,
        )
    return macs


def read_address(value: str) -> str:
    """Return the network address in a cell: the first IP address, else the host name, without scheme."""
    if _IPV4.fullmatch(value):  # fast: most cells
        return value
    hosts = [_host(part) for part in re.split(r"[,;\s|]+", value.strip()) if part]
    addresses = []
    for host in hosts:
        for candidate in (host.strip("[]"), host.rpartition(":")[0].strip("[]")):
            try:
                addresses.append(str(ipaddress.ip_address(candidate.split("%")[0])))
                break
            except ValueError:
                continue
    addresses = [address for address in addresses if not OWN_ADDRESS.match(address)] or addresses
    if addresses:
        return next((address for address in addresses if ":" not in address), addresses[0])
    if len(hosts) == 1 and _HOST.fullmatch(name := hosts[0].split(":")[0]):
        return name  # "zie sticker" is a note and not the host "zie"
    raise UnreadableValueError(
        text("“{value}” is not a network address", value=value),
        text("Write an IP address, such as 192.0.2.10, or a host name"),
    )


def is_placeholder(value: str) -> bool:
    """Return whether an address is a placeholder that somebody must fill in."""
    if _IPV4.fullmatch(value):  # fast: most cells
        return _PLACEHOLDER.search(value) is not None
    parts = [part for part in re.split(r"[,;\s|]+", value.strip()) if part]
    return bool(parts) and all(_PLACEHOLDER.search(_host(part)) for part in parts)


def _host(part: str) -> str:
    """Return the host of an address, without scheme, account, path and prefix length."""
    return re.sub(r"^[\w+.-]+://", "", part).split("/")[0].rpartition("@")[2].strip("()<>")


def read_quantity(cell: Cell) -> int:
    """Return a whole number of devices from 1; raises for anything else, with a bound where one is given."""
    value = cell_text(cell).casefold().strip("()[] ")
    if (read := read_number(value)) and read <= MAX_QUANTITY:
        return read
    if (numbers := range_in(value)) is not None and numbers.count > 1 and numbers.is_sure:
        return numbers.count
    match = re.fullmatch(r"(?P<before>\D*)(?P<number>\d{1,9})(?P<after>\D.*)?", value)
    fix = text("Write a whole number, or leave the cell empty for one")
    if match is None or not 1 <= int(match["number"]) <= MAX_QUANTITY:
        raise UnreadableValueError(text("“{value}” is not a number of devices", value=cell_text(cell)), fix)
    number, words = int(match["number"]), vocabulary()
    before, after = match["before"].strip().rstrip(".:"), (match["after"] or "").strip().rstrip(".")
    units = words.words["units"]
    is_about = before in words.words["about"] or after in {"+", *words.words["about"]}
    if is_about or (not before and after.split(" ")[0].rstrip(".,;") in units - {after}):
        raise UnreadableValueError(
            text("“{value}” is not exact; it was counted as {number}", value=cell_text(cell), number=number),
            fix,
            number,
        )
    if (before and before not in units) or (after and after not in units):
        raise UnreadableValueError(text("“{value}” is not a number of devices", value=cell_text(cell)), fix)
    return number


def read_number(value: str) -> int | None:
    """Return a whole number in digits or in a word, with or without a unit; None for another text."""
    if value.isdecimal() and len(value) <= 9:  # fast: most cells
        return int(value)
    low = value.casefold().strip()
    if (word := lexicon().numbers.get(plain(low))) is not None:
        return word
    match = re.fullmatch(r"(?P<times>[x×]\s*)?(?P<number>\d{1,9})(?:[.,]0{1,2})?\s*(?P<unit>\D{0,20})", low)
    if match is None:
        return None
    unit = match["unit"].strip().rstrip(".")
    return int(match["number"]) if not unit or unit in vocabulary().words["units"] else None


def read_count(cell: Cell) -> int:
    """Return one of several counts of a row (indoor, outdoor), which may be 0."""
    return 0 if cell_text(cell) == "0" else read_quantity(cell)


def read_coordinate(cell: Cell, limit: int) -> float:
    """Return degrees between -limit and limit; a decimal comma is allowed."""
    try:
        degrees = float(cell_text(cell).replace(",", ".").rstrip("°"))
    except ValueError:
        degrees = float("nan")
    if not -limit <= degrees <= limit:
        raise UnreadableValueError(
            text("“{value}” is not a coordinate in degrees", value=cell_text(cell)),
            text("Write degrees with decimals, such as 52.09"),
        )
    return degrees


@dataclass(frozen=True, slots=True)
class DayOrder:
    """Whether the dates of a column that consist of numbers put the month first."""

    month_first: bool = False


def day_order(values: Iterable[str]) -> DayOrder:
    """Return the order of a column's dates: month first only when a date demands it and none forbids it."""
    is_demanded = False
    for value in values:
        if match := _NUMBERS.match(value):
            if int(match[1]) > 12:
                return DayOrder()
            is_demanded = is_demanded or int(match[2]) > 12
    return DayOrder(is_demanded)


@lru_cache(maxsize=20_000, typed=True)
def read_bought(cell: Cell, order: DayOrder) -> date:
    """Return the day, or the first day of the month, quarter or year, that a cell names."""
    try:
        day = _day(cell, order)
    except (UnreadableDateError, ValueError, OverflowError) as error:
        raise UnreadableValueError(
            text("“{value}” is not a date", value=cell_text(cell)),
            text("Write the day as 2019-03-12, the month as 2019-03 or the year as 2019"),
        ) from error
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise UnreadableValueError(
            text("“{value}” is not a plausible date", value=cell_text(cell)),
            text("Correct the year, or leave the cell empty"),
        )
    return day


def _day(cell: Cell, order: DayOrder) -> date:
    match cell:
        case datetime():
            return cell.date()
        case date():
            return cell
    value = " ".join(_TIME.sub("", cell_text(cell)).casefold().split())
    if re.fullmatch(r"\d{5}(\.\d+)?", value) and int(float(value)) in EXCEL_DAYS:
        return EXCEL_DAY_ZERO + timedelta(days=int(float(value)))
    first, _, rest = value.partition(" ")
    if first.rstrip(".") in vocabulary().words["about"] and rest:
        value = rest
    # the first day of a year, month or quarter; None for another form
    coarse_day: date | None
    if re.fullmatch(r"\d{4}", value):
        coarse_day = date(int(value), 1, 1)
    elif match := _MONTH_YEAR.fullmatch(value):
        coarse_day = date(int(match[2] or match[3]), int(match[1] or match[4]), 1)
    elif match := re.fullmatch(r"([a-z]+)\.?[ '’/-]+(\d{4}|\d{2})", value):
        month = MONTHS.get(match[1])
        coarse_day = date(_year(match[2]), month, 1) if month else None
    elif match := re.fullmatch(
        r"(?:q|kw|kwartaal )\s?([1-4])[ /-]*(\d{4})|(\d{4})[ /-]*(?:q|kw)\s?([1-4])", value
    ):
        quarter = int(match[1] or match[4])
        coarse_day = date(int(match[2] or match[3]), 3 * quarter - 2, 1)
    else:
        coarse_day = None
    return coarse_day or _exact_day(value, order)


def _exact_day(value: str, order: DayOrder) -> date:
    if match := _SHORT_YEAR.fullmatch(value):
        value = f"{match[1]}{_year(match[2])}"
    if match := re.fullmatch(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})", value):
        first, second = (match[2], match[1]) if order.month_first else (match[1], match[2])
        return read_day_first_date(f"{first}-{second}-{match[3]}")
    if re.fullmatch(r"\d{8}", value):
        value = f"{value[:4]}-{value[4:6]}-{value[6:]}"
    if re.match(r"\d{4}[-/.]", value):
        return read_iso_date("-".join(part.zfill(2) for part in re.split(r"[-/.]", value)))
    return read_written_date(re.sub(r"(?<=\d)-(?=[a-z])|(?<=[a-z])-(?=\d)", " ", value))


def _year(digits: str) -> int:
    """Two digits are a year of purchase between 1970 and 2069."""
    number = int(digits)
    if len(digits) == 4:
        return number
    return number + (1900 if number >= 70 else 2000)

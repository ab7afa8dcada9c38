"""Open311 GeoReport v2 and Service Discovery: the standard's documents and fields.

Sources: http://wiki.open311.org/GeoReport_v2/ , http://wiki.open311.org/Service_Discovery/ and the extensions
page (page, page_size, updated_after). XML without namespace is the required form, JSON the array mapping of
the same. Sentences are English: the standard's users are programs and their programmers.
"""

import json
import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from sekata.lib.result import Reason, Refused

SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
MIME = {"xml": "text/xml; charset=utf-8", "json": "application/json; charset=utf-8"}
ITEMS = {
    "services": "service",
    "attributes": "attribute",
    "values": "value",
    "service_requests": "request",
    "service_request_updates": "request_update",
    "errors": "error",
    "endpoints": "endpoint",
    "formats": "format",
}
"""Name of one member of each list in XML."""

LISTS = ("singlevaluelist", "multivaluelist")
LONGEST_WINDOW = timedelta(days=90)
MOST_ROWS = 1000
MOST_URLS = 10
LONGEST_URL = 500
LONGEST_VALUE = 500
STATUSES = ("open", "closed")
EARLIEST, LATEST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)

_UNSPEAKABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ATTRIBUTE = re.compile(r"attribute\[([^\]]{1,40})\](\[\])?")
_LOST_PLUS = re.compile(r" (\d\d:?\d\d)$")


def render(fmt: str, root: str, content: object) -> bytes:
    """A document in "xml" or "json". content: a list of the members of `root`, or a mapping of its fields."""
    if fmt == "json":
        return json.dumps(content, ensure_ascii=False, default=str).encode()
    element = _fill(ET.Element(root), content)
    return ET.tostring(element, encoding="utf-8", xml_declaration=True)


def _fill(element: ET.Element, content: object) -> ET.Element:
    if isinstance(content, Mapping):
        for name, value in content.items():
            _fill(ET.SubElement(element, name), value)
    elif isinstance(content, list | tuple):
        for value in content:
            _fill(ET.SubElement(element, ITEMS[element.tag]), value)
    elif content is not None:
        element.text = _text(content)
    return element


def _text(value: object) -> str:
    """A value as character data; signs that XML 1.0 cannot carry are left out."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return speakable(str(value))


def speakable(text: str) -> str:
    """Text without control characters (NUL among them) and lone surrogates."""
    return _UNSPEAKABLE.sub("", text)


def moment(at: datetime | None) -> str | None:
    """W3C date and time with zone, whole seconds."""
    return at.isoformat(timespec="seconds") if at else None


def errors(reasons: Iterable[Reason], status: int) -> list[dict[str, object]]:
    """The members of the standard's `errors` document."""
    return [{"code": status, "description": reason.message} for reason in reasons]


def discovery(where: Mapping[str, str], url: str, production: bool, changeset: str) -> dict[str, object]:
    """The Service Discovery document. where: contact and key_service; url: absolute, ending with a slash."""
    endpoint = {
        "specification": SPECIFICATION,
        "url": url,
        "changeset": changeset,
        "type": "production" if production else "test",
        "formats": ["text/xml", "application/json"],
    }
    return {
        "changeset": changeset,
        "contact": where["contact"],
        "key_service": where["key_service"],
        "endpoints": [endpoint],
    }


def service(code: str, row: Mapping[str, object], asks: bool) -> dict[str, object]:
    """A member of `services`. All our types answer at once (`realtime`)."""
    return {
        "service_code": str(code),
        "service_name": row["name"],
        "description": row["name_en"],
        "metadata": asks,
        "type": "realtime",
        "keywords": row["keywords"],
        "group": row["group"],
    }


def definition(code: str, rows: Iterable[Mapping[str, object]]) -> dict[str, object]:
    """The service_definition document."""
    return {"service_code": str(code), "attributes": [_attribute(row) for row in rows]}


def _attribute(row: Mapping[str, object]) -> dict[str, object]:
    return {
        "variable": True,
        "code": row["code"],
        "datatype": row["datatype"],
        "required": bool(row["required"]),
        "datatype_description": HINTS.get(str(row["datatype"]), ""),
        "order": row["order"],
        "description": row["description"],
        "values": [{"key": value["key"], "name": value["name"]} for value in row["values"]],
    }


HINTS = {
    "number": "Angka",
    "datetime": "Tanggal dan waktu, misalnya 2026-04-29T10:00:00+07:00",
    "singlevaluelist": "Pilih satu",
    "multivaluelist": "Boleh pilih lebih dari satu",
}


@dataclass(frozen=True)
class Posted:
    """A POST request free of form errors. attributes: code -> the values sent for it."""

    service_code: str
    description: str = ""
    lat: float | None = None
    long: float | None = None
    address: str = ""
    address_id: str = ""
    email: str = ""
    name: str = ""
    phone: str = ""
    media_urls: tuple[str, ...] = ()
    attributes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def parse_post(fields: Mapping[str, list[str]]) -> Posted:
    """The fields of a form as the standard names them.

    device_id (also misspelt `deviceid`) and account_id are accepted and forgotten: they would point at a
    person.
    """
    one = {name: speakable(values[-1]).strip() for name, values in fields.items() if values}
    if not one.get("service_code"):
        raise _bad("service_code", "service_code was not provided")
    lat, long = _position(one.get("lat", ""), one.get("long", "") or one.get("lon", ""))
    address, address_id = one.get("address_string", ""), one.get("address_id", "")
    if lat is None and not address and not address_id:
        raise _bad("lat", "one of lat and long, address_string or address_id must be provided")
    return Posted(
        service_code=one["service_code"],
        description=one.get("description", ""),
        lat=lat,
        long=long,
        address=address[:500],
        address_id=address_id,
        email=one.get("email", ""),
        name=" ".join(filter(None, (one.get("first_name"), one.get("last_name")))),
        phone=one.get("phone", ""),
        media_urls=_urls([*fields.get("media_url", []), *fields.get("media_url[]", [])]),
        attributes=_given_attributes(fields),
    )


def _position(lat: str, long: str) -> tuple[float | None, float | None]:
    if not lat and not long:
        return None, None
    if not lat or not long:
        raise _bad("long" if lat else "lat", "lat and long must be provided together")
    try:
        point = float(lat), float(long)
    except ValueError:
        raise _bad("lat", "lat and long must be decimal degrees (WGS84)") from None
    if not all(map(math.isfinite, point)):
        raise _bad("lat", "lat and long must be decimal degrees (WGS84)")
    return point


def _urls(given: list[str]) -> tuple[str, ...]:
    urls = tuple(dict.fromkeys(speakable(url).strip() for url in given if url.strip()))
    for url in urls:
        if not is_url(url):
            raise _bad("media_url", "media_url must be an http or https address of at most 500 characters")
    if len(urls) > MOST_URLS:
        raise _bad("media_url", f"at most {MOST_URLS} media_url are accepted")
    return urls


def is_url(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and len(text) <= LONGEST_URL


def _given_attributes(fields: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, values in fields.items():
        named = _ATTRIBUTE.fullmatch(name)
        if named:
            told = tuple(speakable(value).strip() for value in values if value.strip())
            found[named[1]] = found.get(named[1], ()) + told
    return found


def answers(
    rows: Iterable[Mapping[str, object]], given: Mapping[str, tuple[str, ...]], status: int = 400
) -> dict[str, object]:
    """The answers to a service's questions: code -> text, or a list for a multivaluelist.

    Refuses a required question without answer and a value that is none of the choices, naming the question.
    Codes that the service does not ask for are left out: nobody has said what they mean or whether they point
    at a person.
    """
    told, reasons = {}, []
    for row in rows:
        values = given.get(str(row["code"]), ())
        reason = _objection(row, values)
        if reason:
            reasons.append(
                Reason("attribute", f"attribute[{row['code']}] {reason}", f"attribute[{row['code']}]")
            )
        elif values:
            told[str(row["code"])] = list(values) if row["datatype"] == "multivaluelist" else values[0]
    if reasons:
        raise Refused(*reasons, status=status)
    return told


def _objection(row: Mapping[str, object], values: tuple[str, ...]) -> str:
    if not values:
        return "is required" if row["required"] else ""
    if row["datatype"] != "multivaluelist" and len(values) > 1:
        return "takes one value"
    if row["datatype"] in LISTS:
        keys = [value["key"] for value in row["values"]]
        return "" if set(values) <= set(keys) else f"must be one of {', '.join(keys)}"
    if any(len(value) > LONGEST_VALUE for value in values):
        return f"takes at most {LONGEST_VALUE} characters"
    return _badly_typed(str(row["datatype"]), values[0])


def _badly_typed(datatype: str, value: str) -> str:
    try:
        if datatype == "number" and not math.isfinite(float(value)):
            return "must be a number"
        if datatype == "datetime":
            datetime.fromisoformat(value)
    except ValueError:
        return "must be a number" if datatype == "number" else "must be a W3C date and time"
    return ""


def parse_moment(text: str, name: str) -> datetime:
    """A W3C date and time.

    One without zone is refused. A `+` that the query string turned into a space is read.
    """
    try:
        at = datetime.fromisoformat(_LOST_PLUS.sub(r"+\1", text.strip()))
    except ValueError:
        raise _bad(name, f"{name} must be a W3C date and time, e.g. 2026-04-29T03:00:00Z") from None
    if at.tzinfo is None:
        raise _bad(name, f"{name} must have a time zone, e.g. 2026-04-29T03:00:00Z")
    if not EARLIEST <= at <= LATEST:
        raise _bad(name, f"{name} is out of range")
    return at.astimezone(UTC)


def parse_window(query: Mapping[str, str], at: datetime) -> tuple[datetime, datetime]:
    """start_date and end_date, at most 90 days apart; the last 90 days where nothing is said."""
    start, end = (query.get(name, "").strip() for name in ("start_date", "end_date"))
    first = parse_moment(start, "start_date") if start else None
    last = parse_moment(end, "end_date") if end else None
    if first is None:
        last = last or at
        first = last - LONGEST_WINDOW
    last = last or first + LONGEST_WINDOW
    if last < first:
        raise _bad("end_date", "end_date is before start_date")
    if last - first > LONGEST_WINDOW:
        raise _bad("end_date", "the range may not span more than 90 days")
    return first, last


@dataclass(frozen=True)
class Asked:
    """A query for requests. ids override everything else."""

    start: datetime
    end: datetime
    ids: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    statuses: tuple[str, ...] = STATUSES
    updated_after: datetime | None = None
    page: int = 1
    page_size: int = MOST_ROWS


def parse_query(query: Mapping[str, str], at: datetime) -> Asked:
    """The filters of GET requests, those of the extensions page among them."""
    ids = _list(query.get("service_request_id", ""))
    if ids:
        return Asked(at, at, ids=ids[:MOST_ROWS])
    start, end = parse_window(query, at)
    statuses = _list(query.get("status", "")) or STATUSES
    if not set(statuses) <= set(STATUSES):
        raise _bad("status", "status must be open or closed")
    after = query.get("updated_after", "")
    return Asked(
        start=start,
        end=end,
        services=_list(query.get("service_code", "")),
        statuses=statuses,
        updated_after=parse_moment(after, "updated_after") if after else None,
        page=_count(query, "page", 1, 10_000),
        page_size=_count(query, "page_size", MOST_ROWS, MOST_ROWS),
    )


def _list(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in speakable(text).split(",") if part.strip()))


def _count(query: Mapping[str, str], name: str, usual: int, most: int) -> int:
    text = query.get(name, "").strip()
    if not text:
        return usual
    if not (text.isascii() and text.isdigit() and len(text) < 8 and 1 <= int(text) <= most):
        raise _bad(name, f"{name} must be a whole number from 1 to {most}")
    return int(text)


def _bad(name: str, message: str, status: int = 400) -> Refused:
    return Refused.because(f"bad_{name}", message, name, status=status)

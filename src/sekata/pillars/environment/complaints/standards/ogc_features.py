"""OGC API - Features, Part 1: Core (OGC 17-069r4): its documents and the parameters of items.

Written for readers such as OWSLib, QGIS and GDAL. The API definition is OpenAPI 3.0, as the conformance class
asks.
"""

import math
from collections.abc import Mapping
from datetime import datetime

from sekata.lib.geo import Box
from sekata.lib.result import Refused
from sekata.pillars.environment.complaints.standards.open311 import parse_moment

JSON = "application/json"
GEOJSON = "application/geo+json"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
SCHEMA = "application/schema+json"
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
CONFORMS = [
    "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
]
USUAL, MOST = 100, 1000
DEEPEST = 100_000


def link(href: str, rel: str, mime: str = JSON, title: str = "") -> dict[str, str]:
    return {"href": href, "rel": rel, "type": mime} | ({"title": title} if title else {})


def landing(base: str, title: str, text: str) -> dict[str, object]:
    """The landing page. base: absolute address of the service, with a slash at its end."""
    return {
        "title": title,
        "description": text,
        "links": [
            link(base, "self"),
            link(f"{base}api", "service-desc", OPENAPI),
            link(f"{base}conformance", "conformance"),
            link(f"{base}collections", "data"),
        ],
    }


def collection(base: str, code: str, title: str, text: str, box: Box | None) -> dict[str, object]:
    """The description of one collection. box: its extent, None where no map is loaded."""
    where = f"{base}collections/{code}"
    extent = {"spatial": {"bbox": [[box.west, box.south, box.east, box.north]], "crs": CRS84}} if box else {}
    return {
        "id": code,
        "title": title,
        "description": text,
        "itemType": "feature",
        "crs": [CRS84],
        "links": [
            link(where, "self"),
            link(f"{where}/items", "items", GEOJSON),
            link(f"{where}/queryables", "http://www.opengis.net/def/rel/ogc/1.0/queryables", SCHEMA),
        ],
    } | ({"extent": extent} if extent else {})


def queryables(base: str, code: str, title: str, properties: Mapping[str, str]) -> dict[str, object]:
    """The properties of a collection's features as JSON schema."""
    return {
        "$schema": "https://json-schema.org/draft/2019-09/schema",
        "$id": f"{base}collections/{code}/queryables",
        "type": "object",
        "title": title,
        "properties": {name: {"title": name, "type": kind} for name, kind in properties.items()},
    }


def api_definition(base: str, title: str, collections: Mapping[str, str]) -> dict[str, object]:
    """The OpenAPI 3.0 document of the service. collections: code -> title."""
    paths = {
        "/": _get("Landing page"),
        "/conformance": _get("Conformance classes"),
        "/collections": _get("Collections"),
    }
    for code, name in collections.items():
        paths[f"/collections/{code}"] = _get(name)
        paths[f"/collections/{code}/items"] = _get(f"Features: {name}", PARAMETERS)
        paths[f"/collections/{code}/items/{{featureId}}"] = _get(f"One feature: {name}", [FEATURE_ID])
    return {
        "openapi": "3.0.3",
        "info": {"title": title, "version": "1.0"},
        "servers": [{"url": base.rstrip("/")}],
        "paths": paths,
    }


def _get(summary: str, parameters: list[dict[str, object]] | None = None) -> dict[str, object]:
    answers = {
        "200": {"description": "OK"},
        "400": {"description": "Bad parameter"},
        "404": {"description": "Not found"},
    }
    return {"get": {"summary": summary, "parameters": parameters or [], "responses": answers}}


def _query(name: str, schema: dict[str, object], text: str) -> dict[str, object]:
    return {"name": name, "in": "query", "required": False, "description": text, "schema": schema}


FEATURE_ID = {"name": "featureId", "in": "path", "required": True, "schema": {"type": "string"}}
PARAMETERS = [
    _query("bbox", {"type": "string"}, "west,south,east,north in degrees (CRS84)"),
    _query("datetime", {"type": "string"}, "a moment or an interval start/end with .. for an open end"),
    _query(
        "limit", {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}, "features of a page"
    ),
    _query(
        "offset", {"type": "integer", "minimum": 0, "maximum": DEEPEST, "default": 0}, "features left out"
    ),
]


def parse_box(text: str) -> Box | None:
    """bbox: four numbers, or six with heights that are not looked at."""
    if not text:
        return None
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        numbers = []
    if len(numbers) == 6:
        numbers = [*numbers[:2], *numbers[3:5]]
    if len(numbers) != 4 or not all(map(math.isfinite, numbers)):
        raise _bad("bbox", "bbox must be west,south,east,north")
    west, south, east, north = numbers
    if south > north or west > east or max(abs(south), abs(north)) > 90 or max(abs(west), abs(east)) > 180:
        raise _bad("bbox", "bbox must be west,south,east,north in degrees")
    return Box(south, west, north, east)


def parse_interval(text: str) -> tuple[datetime | None, datetime | None]:
    """datetime: a moment, or start/end with `..` or nothing for an open end (RFC 3339)."""
    if not text:
        return None, None
    parts = text.split("/")
    if len(parts) > 2:
        raise _bad("datetime", "datetime must be a moment or an interval")
    ends = [None if part in ("", "..") else parse_moment(part, "datetime") for part in parts]
    if len(parts) == 1 and ends[0] is None:
        raise _bad("datetime", "datetime must be a moment or an interval")
    start, end = ends[0], ends[-1]
    if start and end and start > end:
        raise _bad("datetime", "the interval ends before it begins")
    return start, end


def parse_count(text: str, name: str, usual: int, least: int, most: int) -> int:
    """limit and offset; a limit above the most is cut down to it, as the standard wants."""
    if not text:
        return usual
    if not (text.isascii() and text.isdigit() and len(text) < 10) or int(text) < least:
        raise _bad(name, f"{name} must be a whole number from {least}")
    return min(int(text), most)


def _bad(name: str, message: str) -> Refused:
    return Refused.because(f"bad_{name}", message, name, status=400)

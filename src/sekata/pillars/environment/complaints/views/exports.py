"""Files for maps, spreadsheets, calendars and other offices.

Open data for everybody, registers for officers.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from functools import wraps
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from sekata.lib import clock
from sekata.lib.result import Refused
from sekata.pillars.environment.complaints.actions import tickets as actions
from sekata.pillars.environment.complaints.queries import machine
from sekata.pillars.environment.complaints.queries.machine import Features
from sekata.pillars.environment.complaints.queries.public import month_bounds
from sekata.pillars.environment.complaints.rights import FILE, SEE, TAKE_IN
from sekata.pillars.environment.complaints.standards import icalendar, ogc_features, sp4n, tabular
from sekata.pillars.environment.complaints.standards.open311 import speakable
from sekata.web.doors import door

View = Callable[..., HttpResponse]

YEAR = timedelta(days=365)
LARGEST_FILE = 5 * 1024 * 1024
POINTS, VILLAGES = "complaints-public", "complaints-villages"
COLLECTIONS = {
    POINTS: (
        "Pengaduan lingkungan yang diterbitkan",
        "Titik pengaduan yang diterbitkan; titik adalah tengah sel 0,005 derajat.",
    ),
    VILLAGES: (
        "Pengaduan lingkungan per desa",
        "Banyaknya pengaduan 12 bulan terakhir per desa; 1 dan 2 ditulis <3.",
    ),
}
PROPERTIES = {
    POINTS: {
        "number": "string", "kind": "string", "kind_name": "string", "group": "string", "state": "string",
        "state_name": "string", "month": "string", "public_text": "string", "exact": "boolean",
    },
    VILLAGES: {"village_code": "string", "name": "string", "complaints": "string", "residents": "integer"},
}  # fmt: skip


def answered(view: View) -> View:
    """Refusals as JSON with a code and a description, as OGC API - Features wants its exceptions."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **given: object) -> HttpResponse:
        try:
            return view(request, *args, **given)
        except Refused as refusal:
            told = {"code": refusal.reasons[0].code, "description": str(refusal)}
            return JsonResponse(told, status=refusal.status)

    return answer


def _open(response: HttpResponse, seconds: int = 300) -> HttpResponse:
    """Mark an answer that is the same for everybody: cacheable, readable from other sites' pages."""
    response.headers["Cache-Control"] = f"public, max-age={seconds}"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def period(request: HttpRequest, usual: timedelta) -> tuple[datetime, datetime]:
    """The days `dari` to `sampai` (whole, of the regency's zone).

    The time up to now where they are not said.
    """
    now = clock.now()
    start, end = _day(request, "dari"), _day(request, "sampai")
    return start or now - usual, end + timedelta(days=1) if end else now


def _day(request: HttpRequest, name: str, rest: str = "") -> datetime | None:
    text = request.GET.get(name, "")
    if not text:
        return None
    text += rest
    try:
        day = date.fromisoformat(text)
        return (
            datetime(day.year, day.month, day.day, tzinfo=clock.WIB)
            if 1990 <= day.year <= 2200
            else _no_day(name)
        )
    except ValueError:
        return _no_day(name)


def _no_day(name: str) -> None:
    raise Refused.because("day", f"Tulis “{name}” sebagai tanggal, misalnya 2026-04-29.", name, status=400)


@require_safe
@door(FILE)
@answered
def public_map(request: HttpRequest) -> HttpResponse:
    """Published cases of the last year as GeoJSON.

    `jenis`, `kelompok`, `keadaan`, `bulan` narrow it (R13).
    """
    start, end = clock.now() - YEAR, clock.now()
    if request.GET.get("bulan"):
        first = _day(request, "bulan", "-01")
        start, end, _ = month_bounds(f"{first:%Y-%m}", clock.today())
        end -= timedelta(microseconds=1)
    asked = Features(
        kind=_word(request, "jenis"),
        group=_word(request, "kelompok"),
        state=_word(request, "keadaan"),
        start=start,
        end=end,
    )
    return _geojson(machine.geojson(machine.features(asked)))


@require_safe
@door(FILE)
@answered
def villages(request: HttpRequest) -> HttpResponse:
    """Complaints by village as GeoJSON, all ways of reporting counted, small numbers covered."""
    start, end = period(request, YEAR)
    return _geojson(machine.geojson(machine.village_features(start, end, _word(request, "kelompok"))))


def _word(request: HttpRequest, name: str) -> str:
    return speakable(request.GET.get(name, ""))


def _geojson(content: dict[str, object], seconds: int = 300) -> HttpResponse:
    return _open(JsonResponse(content, content_type=ogc_features.GEOJSON), seconds)


@require_safe
@door(FILE)
@answered
def open_data(request: HttpRequest) -> HttpResponse:
    """The dataset complaints-monthly as CSV: months, types, numbers below three covered."""
    start, end = period(request, 2 * YEAR)
    columns = list(machine.MONTHLY)
    rows = [[row[column] for column in columns] for row in machine.monthly(start, end)]
    return _open(_csv("complaints-monthly.csv", columns, rows, attached=False))


def _csv(
    name: str, columns: Iterable[str], rows: Iterable[Iterable[object]], attached: bool = True
) -> HttpResponse:
    lines = tabular.lines(columns, rows)
    response = StreamingHttpResponse(lines, content_type=tabular.MIME)
    if attached:
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
@door(SEE)
@answered
def register(request: HttpRequest) -> HttpResponse:
    """The register of complaints (buku register) as CSV for a spreadsheet.

    It has no column of a person (R2).
    """
    columns, rows = machine.register(request.actor, *period(request, YEAR))
    response = _csv("register-pengaduan.csv", columns, rows)
    response.streaming_content = _with_mark(response.streaming_content)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _with_mark(lines: Iterable[bytes]) -> Iterable[bytes]:
    yield tabular.BOM.encode()
    yield from lines


@require_safe
@door(SEE)
@answered
def packet(request: HttpRequest, number: str) -> HttpResponse:
    """The referral packet of a case: facts and hashes of evidence, never an identity."""
    return private(
        JsonResponse(
            machine.packet_of(speakable(number), request.actor), json_dumps_params={"ensure_ascii": False}
        )
    )


@require_safe
@door(SEE)
@answered
def visits(request: HttpRequest) -> HttpResponse:
    """Verification visits from the last month on, as iCalendar."""
    found = machine.visits(request.actor, clock.now() - timedelta(days=31))
    body = icalendar.calendar(found, request.get_host().split(":")[0], "Kunjungan verifikasi")
    return private(HttpResponse(body, content_type=icalendar.MIME))


def private(response: HttpResponse) -> HttpResponse:
    """Mark an answer that no cache may keep."""
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "POST"])
@door(TAKE_IN)
@answered
def tickets(request: HttpRequest) -> HttpResponse:
    """SP4N-LAPOR! in manual mode.

    GET gives our numbers and states by ticket, POST (field `berkas`) takes a file in.
    """
    if request.method == "GET":
        found = (ticket.row() for ticket in machine.sp4n_rows(*period(request, YEAR)))
        return private(_csv("sp4n-lapor.csv", sp4n.OUT, found))
    file = request.FILES.get("berkas")
    if file is None or file.size > LARGEST_FILE:
        raise Refused.because("file", "Pilih berkas CSV, paling besar 5 MB.", "berkas", status=400)
    try:
        text = file.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused.because("file", "Berkas harus UTF-8.", "berkas", status=400) from None
    done = actions.import_sp4n(actor=request.actor, reports=sp4n.parse(text))
    return private(JsonResponse({"rows": [vars(row) for row in done]}))


def _home(request: HttpRequest) -> str:
    return request.build_absolute_uri("/ogc/")


@require_safe
@door(FILE)
def landing(request: HttpRequest) -> HttpResponse:
    """OGC API - Features: where everything is."""
    title = "Sekata: pengaduan lingkungan"
    return _open(
        JsonResponse(ogc_features.landing(_home(request), title, "Data terbuka pengaduan lingkungan."))
    )


@require_safe
@door(FILE)
def definition(request: HttpRequest) -> HttpResponse:
    """OGC API - Features: the API definition."""
    titles = {code: title for code, (title, _) in COLLECTIONS.items()}
    content = ogc_features.api_definition(_home(request), "Sekata", titles)
    return _open(JsonResponse(content, content_type=ogc_features.OPENAPI))


@require_safe
@door(FILE)
def conformance(request: HttpRequest) -> HttpResponse:
    """OGC API - Features: what we conform to."""
    return _open(JsonResponse({"conformsTo": ogc_features.CONFORMS}))


@require_safe
@door(FILE)
def collections(request: HttpRequest) -> HttpResponse:
    """OGC API - Features: all collections."""
    links = [ogc_features.link(f"{_home(request)}collections", "self")]
    return _open(
        JsonResponse({"links": links, "collections": [_collection(request, code) for code in COLLECTIONS]})
    )


def _collection(request: HttpRequest, code: str) -> dict[str, object]:
    if code not in COLLECTIONS:
        raise Refused.because("unknown_collection", "there is no such collection", status=404)
    return ogc_features.collection(_home(request), code, *COLLECTIONS[code], machine.extent())


@require_safe
@door(FILE)
@answered
def collection(request: HttpRequest, code: str) -> HttpResponse:
    """OGC API - Features: one collection."""
    return _open(JsonResponse(_collection(request, code)))


@require_safe
@door(FILE)
@answered
def queryables(request: HttpRequest, code: str) -> HttpResponse:
    """OGC API - Features: the properties of a collection."""
    title = _collection(request, code)["title"]
    content = ogc_features.queryables(_home(request), code, str(title), PROPERTIES[code])
    return _open(JsonResponse(content, content_type=ogc_features.SCHEMA))


@require_safe
@door(FILE)
@answered
def items(request: HttpRequest, code: str) -> HttpResponse:
    """OGC API - Features.

    A page of features; one more than asked is read to know whether there is another.
    """
    _collection(request, code)
    limit = ogc_features.parse_count(
        request.GET.get("limit", ""), "limit", ogc_features.USUAL, 1, ogc_features.MOST
    )
    offset = ogc_features.parse_count(request.GET.get("offset", ""), "offset", 0, 0, ogc_features.DEEPEST)
    start, end = ogc_features.parse_interval(request.GET.get("datetime", ""))
    box = ogc_features.parse_box(request.GET.get("bbox", ""))
    asked = Features(start=start, end=end, box=box, limit=limit + 1, offset=offset)
    found = _village_page(asked) if code == VILLAGES else machine.features(asked)
    page = found[:limit]
    links = [ogc_features.link(request.build_absolute_uri(), "self", ogc_features.GEOJSON)]
    if len(found) > limit:
        onward = request.GET.dict() | {"limit": limit, "offset": offset + limit}
        where = f"{_home(request)}collections/{code}/items?{urlencode(onward)}"
        links.append(ogc_features.link(where, "next", ogc_features.GEOJSON))
    stamp = clock.now().strftime("%Y-%m-%dT%H:%M:%SZ")
    return _geojson(machine.geojson(page, links=links, numberReturned=len(page), timeStamp=stamp), 60)


def _village_page(asked: Features) -> list[dict[str, object]]:
    end = asked.end or clock.now()
    found = machine.village_features(asked.start or end - YEAR, end, box=asked.box)
    return found[asked.offset : asked.offset + asked.limit]


@require_safe
@door(FILE)
@answered
def item(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """OGC API - Features: one feature."""
    _collection(request, code)
    now = clock.now()
    if code == POINTS:
        found = machine.feature(speakable(key))
    else:
        found = next((one for one in machine.village_features(now - YEAR, now) if one["id"] == key), None)
    if found is None:
        raise Refused.because("unknown_feature", "there is no such feature", status=404)
    here = request.build_absolute_uri()
    above = f"{_home(request)}collections/{code}"
    links = [ogc_features.link(here, "self", ogc_features.GEOJSON), ogc_features.link(above, "collection")]
    return _geojson(found | {"links": links})

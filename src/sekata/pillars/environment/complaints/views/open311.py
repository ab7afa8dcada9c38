"""Open311 GeoReport v2 with the update extension that FixMyStreet uses.

Answers are XML or JSON by the ending of the address; so are the errors. Machines have no session: no view
needs a form token, and whoever sends no api_key sees what the public sees.
"""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.views.decorators.csrf import csrf_exempt

from sekata.kernel.documents import store
from sekata.lib import clock, codes
from sekata.lib.result import Reason, Refused
from sekata.pillars.environment.complaints.actions import machine as actions
from sekata.pillars.environment.complaints.actions import tracking_code
from sekata.pillars.environment.complaints.models import Client
from sekata.pillars.environment.complaints.queries import machine
from sekata.pillars.environment.complaints.queries.law import law
from sekata.pillars.environment.complaints.rights import FILE
from sekata.pillars.environment.complaints.standards import fixmystreet, open311
from sekata.web.doors import door

View = Callable[..., HttpResponse]
LONGEST_KEY = 200
KEPT_STATUSES = {400, 403, 404, 405, 409, 413, 507}


def machine_view(*methods: str) -> Callable[[View], View]:
    """A view for machines: public door, no form token, these methods, refusals as the standard's errors."""

    def hang(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: object, fmt: str, **given: object) -> HttpResponse:
            method = "GET" if request.method == "HEAD" else request.method
            if method not in methods:
                return _refusal(fmt, [Reason("method", f"use {' or '.join(methods)}")], 405)
            try:
                return view(request, *args, fmt=fmt, **given)
            except Refused as refusal:
                status = refusal.status if refusal.status in KEPT_STATUSES else 400
                return _refusal(fmt, refusal.reasons, status)
            except (MultiPartParserError, SuspiciousOperation):
                return _refusal(fmt, [Reason("form", "the form could not be read")], 400)

        return csrf_exempt(door(FILE)(answer))

    return hang


def _refusal(fmt: str, reasons, status: int) -> HttpResponse:
    return _answer(fmt, "errors", open311.errors(reasons, status), status)


def _answer(fmt: str, root: str, content: object, status: int = 200) -> HttpResponse:
    response = HttpResponse(open311.render(fmt, root, content), content_type=open311.MIME[fmt], status=status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _said(request: HttpRequest, name: str) -> str:
    """A field of the form, or of the query string."""
    return open311.speakable(request.POST.get(name) or request.GET.get(name, "")).strip()


def _client(request: HttpRequest) -> Client | None:
    machine.jurisdiction(_said(request, "jurisdiction_id"))
    return machine.client_of(_said(request, "api_key"))


def _known_client(request: HttpRequest) -> Client:
    client = _client(request)
    if client is None:
        raise Refused.because("no_api_key", "api_key was not provided", "api_key", status=403)
    return client


def _base(request: HttpRequest) -> str:
    return request.build_absolute_uri("/")


@machine_view("GET")
def discovery(request: HttpRequest, *, fmt: str) -> HttpResponse:
    """Service discovery: where the interface is and whom to ask."""
    where = machine.jurisdiction(_said(request, "jurisdiction_id"))
    production = bool(where["production"]) and not (settings.SEKATA.demo or settings.SEKATA.debug)
    found = open311.discovery(where, f"{_base(request)}open311/v2/", production, str(where["changeset"]))
    return _answer(fmt, "discovery", found)


@machine_view("GET")
def services(request: HttpRequest, *, fmt: str) -> HttpResponse:
    """The service types."""
    machine.jurisdiction(_said(request, "jurisdiction_id"))
    return _answer(fmt, "services", machine.services())


@machine_view("GET")
def definition(request: HttpRequest, *, code: str, fmt: str) -> HttpResponse:
    """The questions of one service type."""
    machine.jurisdiction(_said(request, "jurisdiction_id"))
    rulebook = law(clock.now())
    actions.check_service(rulebook, code)
    return _answer(fmt, "service_definition", open311.definition(code, rulebook.attributes(code)))


@machine_view("GET", "POST")
def requests(request: HttpRequest, *, fmt: str) -> HttpResponse:
    """GET: requests within a window; POST: a new one."""
    if request.method == "POST":
        return _post(request, fmt)
    client = _client(request)
    asked = open311.parse_query(request.GET, clock.now())
    return _answer(fmt, "service_requests", machine.requests(asked, client, _base(request)))


def _post(request: HttpRequest, fmt: str) -> HttpResponse:
    client = _known_client(request)
    key = request.headers.get("Idempotency-Key", "").strip()
    if len(key) > LONGEST_KEY:
        raise Refused.because(
            "bad_key", f"Idempotency-Key may have at most {LONGEST_KEY} characters", status=400
        )
    filed = actions.post_request(
        client=client,
        posted=open311.parse_post(dict(request.POST.lists())),
        files=[file for name in request.FILES for file in request.FILES.getlist(name)],
        key=key,
    )
    case = filed.complaint.case
    code = codes.shown(filed.code or tracking_code(filed.complaint.submission))
    notice = f"Nomor {case.number}, kode lacak {code}. Tunjukkan kode ini hanya kepada pelapor."
    made = {"service_request_id": case.number, "service_notice": notice, "account_id": None}
    return _answer(fmt, "service_requests", [made], 200 if filed.again else 201)


@machine_view("GET")
def one_request(request: HttpRequest, *, number: str, fmt: str) -> HttpResponse:
    """One request, as a list of one."""
    found = machine.one_request(number, _client(request), _base(request))
    return _answer(fmt, "service_requests", found)


@machine_view("GET")
def token(request: HttpRequest, *, token: str, fmt: str) -> HttpResponse:
    """The number that came of a submission; ours are there at once, so that no client waits."""
    _client(request)
    try:
        found = machine.by_submission(UUID(token))
    except ValueError:
        found = None
    if found is None:
        raise Refused.because("unknown_token", "token was not found", "token", status=404)
    return _answer(fmt, "service_requests", [{"service_request_id": found.case.number, "token": token}])


@machine_view("GET", "POST")
def updates(request: HttpRequest, *, fmt: str) -> HttpResponse:
    """GET: changes of state of the client's own requests; POST: what the client says about one of them."""
    client = _known_client(request)
    if request.method == "POST":
        posted = fixmystreet.parse_update(dict(request.POST.lists()), clock.now())
        made = {"update_id": actions.post_update(client=client, posted=posted)}
        return _answer(fmt, "service_request_updates", [made])
    start, end = open311.parse_window(request.GET, clock.now())
    found = [update.fields() for update in machine.updates(client, start, end)]
    return _answer(fmt, "service_request_updates", found)


@machine_view("GET")
def media(request: HttpRequest, *, attachment: int, fmt: str) -> HttpResponse:
    """The bare copy of a photo that was checked for faces and number plates (R12)."""
    sha256 = machine.picture(attachment, _client(request))
    if sha256 is None:
        raise Refused.because("unknown_media", "media was not found", status=404)
    return FileResponse(store.path_of(sha256).open("rb"), content_type="image/jpeg")

"""What surrounds every page: a lost database, pages from memory, and who acts."""

import logging
from collections.abc import Callable
from threading import Lock
from time import monotonic

from django.conf import settings
from django.db import InterfaceError, OperationalError, connections
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject

from sekata.kernel.people.queries import actor_for
from sekata.site.caching import KEPT, KeptPage, etag_of
from sekata.site.health import healthz, readyz
from sekata.site.registry import REGISTRY

log = logging.getLogger(__name__)

Answer = Callable[[HttpRequest], HttpResponse]

RETRY_AFTER = 5
PROBE_EVERY = 1.0
HEALTH_PAGES = {"/healthz": healthz, "/readyz": readyz}
LAST_RESORT = """<!doctype html><html lang="id"><meta charset="utf-8"><title>Sebentar</title>
<h1>Layanan sedang tidak tersedia</h1><p>Basis data belum dapat dihubungi. Coba lagi beberapa saat lagi;
isian Anda belum terkirim.</p><p lang="en">The service is unavailable. Please try again shortly.</p></html>"""


def database_is_lost(error: BaseException) -> bool:
    """Whether `error` speaks of the connection (SQLSTATE 08, 57P, 53300 or none), not of a statement."""
    state = getattr(error.__cause__, "sqlstate", None)
    return state is None or state[:2] == "08" or state[:3] == "57P" or state == "53300"


class DatabaseAway:
    """Answers 503 while the database cannot be reached; one request a second tries whether it is back."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self._lock = Lock()
        self._next_try: float | None = None

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info in HEALTH_PAGES:  # needs no host name, session or open way to the database
            return HEALTH_PAGES[request.path_info](request)
        if self._must_wait():
            return self.unavailable(request)
        response = self.get_response(request)
        if not getattr(response, "database_away", False):
            self._next_try = None
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Turn a lost connection, noticed in a view, into the 503 page."""
        if not isinstance(error, (OperationalError, InterfaceError)) or not database_is_lost(error):
            return None
        return self._note(request, error)

    def _must_wait(self) -> bool:
        with self._lock:
            if self._next_try is None:
                return False
            if monotonic() < self._next_try:
                return True
            self._next_try = monotonic() + PROBE_EVERY
            return False

    def _note(self, request: HttpRequest, error: Exception) -> HttpResponse:
        if self._next_try is None:
            log.error("the database is away: %s", error)
        self._next_try = monotonic() + PROBE_EVERY
        for connection in connections.all(initialized_only=True):
            connection.close_if_unusable_or_obsolete()
        return self.unavailable(request)

    def unavailable(self, request: HttpRequest) -> HttpResponse:
        """The 503 page; made without database, session or context processors."""
        try:
            page = get_template("503.html").render({"retry_after": RETRY_AFTER})
        except Exception:
            page = LAST_RESORT
        response = HttpResponse(page, status=503, headers={"Retry-After": str(RETRY_AFTER)})
        response.headers["Cache-Control"] = "no-store"
        response.database_away = True
        return response


def language_of(request: HttpRequest) -> str:
    """Indonesian, unless the person has chosen another language here: many phones are set to English unasked."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


class Language:
    """Speaks the language that the person chose."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.LANGUAGE_CODE = language_of(request)
        with translation.override(request.LANGUAGE_CODE):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response


class PublicPages:
    """Shows pages marked by `public_page` from memory to whoever has no session; marks them for caches."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self._is_public(request):
            response = self.get_response(request)
            if hasattr(response, "public_seconds"):
                response.headers["Cache-Control"] = "private, no-cache"
            return response
        language = language_of(request)
        key = (request.get_host(), request.scheme, request.get_full_path(), language)
        page = KEPT.find(key)
        if page is None:
            response = self.get_response(request)
            page = self._keep(key, response)
            if page is None:
                return response
        if page.etag in request.META.get("HTTP_IF_NONE_MATCH", ""):
            response = HttpResponse(status=304)
            for name, value in page.headers:
                if name in ("Cache-Control", "ETag", "Vary"):
                    response.headers[name] = value
            return response
        return page.response()

    def _is_public(self, request: HttpRequest) -> bool:
        return (
            request.method in ("GET", "HEAD")
            and settings.SESSION_COOKIE_NAME not in request.COOKIES
            and "HTTP_AUTHORIZATION" not in request.META
            and "HTTP_HX_REQUEST" not in request.META
        )

    def _keep(self, key: tuple[str, ...], response: HttpResponse) -> KeptPage | None:
        seconds = getattr(response, "public_seconds", 0)
        if not seconds or response.cookies or response.streaming or response.status_code != 200:
            return None
        patch_vary_headers(response, ("Cookie",))
        etag = etag_of(response.content)
        response.headers["ETag"] = etag
        response.headers["Cache-Control"] = f"public, max-age=0, s-maxage={seconds}, must-revalidate"
        page = KeptPage(response.content, tuple(response.headers.items()), etag, monotonic() + seconds)
        KEPT.keep(key, page)
        return page


class WhoActs:
    """Gives each request its actor, found when first asked for."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: actor_for(request, REGISTRY.roles))
        return self.get_response(request)

"""What surrounds pages: kept pages, a lost database, bodies, masked logs, health."""

import io
import logging

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import RequestFactory
from psycopg import errors

from sekata.site import health
from sekata.site.body import LARGEST_FORM, LARGEST_UPLOAD, limited
from sekata.site.caching import KeptPage, KeptPages, public_page
from sekata.site.logs import MaskIdentityNumbers, masked
from sekata.site.middleware import DatabaseAway, PublicPages


class Door:
    """A public view behind `PublicPages`, counting how often it is really asked."""

    def __init__(self, **cookies: str) -> None:
        self.asked, self.cookies = 0, cookies

    def __call__(self, request) -> HttpResponse:
        self.asked += 1
        response = public_page(60)(lambda request: HttpResponse(f"page {self.asked}"))(request)
        for name, value in self.cookies.items():
            response.set_cookie(name, value)
        return response


def get(path: str = "/", language: str = "", session: str = "", **headers: str):
    request = RequestFactory().get(path, headers=headers)
    if language:
        request.COOKIES["django_language"] = language
    if session:
        request.COOKIES["sessionid"] = session
    return request


def test_a_public_page_is_asked_once_and_marked_for_caches():
    pages = PublicPages(door := Door())
    first, second = pages(get()), pages(get())
    assert first.content == second.content == b"page 1" and door.asked == 1
    assert "public" in second["Cache-Control"] and "Cookie" in second["Vary"] and second["ETag"]


def test_an_unchanged_page_is_not_sent_again():
    pages = PublicPages(Door())
    mark = pages(get())["ETag"]
    again = pages(get(if_none_match=mark))
    assert again.status_code == 304 and not again.content and again["ETag"] == mark


@pytest.mark.parametrize("other", [{"language": "en"}, {"path": "/?q=1"}])
def test_each_language_and_query_has_its_own_page(other):
    pages = PublicPages(door := Door())
    pages(get())
    pages(get(**other))
    assert door.asked == 2


@pytest.mark.parametrize("sent", [{"session": "x"}, {"authorization": "Bearer x"}, {"hx_request": "true"}])
def test_nobody_known_gets_or_leaves_a_kept_page(sent):
    pages = PublicPages(door := Door())
    pages(get())
    response = pages(get(**sent))
    assert response.content == b"page 2" and response["Cache-Control"] == "private, no-cache"
    assert pages(get()).content == b"page 1" and door.asked == 2


def test_a_page_that_sets_a_cookie_is_never_kept():
    pages = PublicPages(door := Door(csrftoken="x"))
    pages(get())
    pages(get())
    assert door.asked == 2


def test_memory_for_pages_is_bounded():
    kept = KeptPages(most=2)
    for name in "abc":
        kept.keep((name,), KeptPage(b"x", (), "e", float("inf")))
    assert kept.find(("a",)) is None and kept.find(("c",))


def lost(cause: Exception) -> OperationalError:
    error = OperationalError(str(cause))
    error.__cause__ = cause
    return error


def away(error: Exception) -> DatabaseAway:
    def answer(request) -> HttpResponse:
        return middleware.process_exception(request, error) or HttpResponse("shown")

    middleware = DatabaseAway(answer)
    return middleware


def test_a_lost_database_gives_503_and_asks_to_come_back():
    middleware = away(lost(errors.ConnectionFailure("gone")))
    first = middleware(get())
    assert first.status_code == 503 and first["Retry-After"] == "5" and first["Cache-Control"] == "no-store"
    middleware.get_response = lambda request: HttpResponse("back")
    assert middleware(get()).status_code == 503  # not every request tries
    middleware._next_try = 0.0
    assert middleware(get()).content == b"back"
    assert middleware(get()).content == b"back"


def test_a_statement_that_failed_is_no_lost_database():
    assert away(lost(errors.QueryCanceled("too long")))(get()).content == b"shown"
    assert away(ValueError("x"))(get()).content == b"shown"


def asked(environ: dict) -> str:
    answers = []
    application = limited(
        lambda env, start: (start("200 OK", []), [env["wsgi.input"].read(-1)])[1], lambda: "x"
    )
    list(application(environ, lambda status, headers: answers.append(status)))
    return answers[0]


class Unread(io.BytesIO):
    def read(self, *size: int) -> bytes:
        raise AssertionError("the body was read")


@pytest.mark.parametrize(
    ("kind", "length"),
    [
        ("multipart/form-data; boundary=x", LARGEST_UPLOAD + 1),
        ("text/plain", LARGEST_FORM + 1),
        ("", LARGEST_FORM + 1),
    ],
)
def test_a_body_above_its_limit_is_refused_unread(kind, length):
    environ = {"CONTENT_TYPE": kind, "CONTENT_LENGTH": str(length), "wsgi.input": Unread()}
    assert asked(environ).startswith("413")


def test_a_body_of_unknown_length_is_counted_while_it_is_read():
    def chunked(size: int) -> dict:
        body = io.BytesIO(bytes(size))
        return {"HTTP_TRANSFER_ENCODING": "chunked", "CONTENT_TYPE": "text/plain", "wsgi.input": body}

    assert asked(chunked(LARGEST_FORM)).startswith("200")
    assert asked(chunked(LARGEST_FORM + 1)).startswith("413")
    assert asked({"CONTENT_LENGTH": "-5", "wsgi.input": Unread()}).startswith("400")


def test_identity_numbers_are_masked_in_messages_arguments_and_tracebacks():
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.addFilter(MaskIdentityNumbers())
    log = logging.Logger("masked")
    log.addHandler(handler)
    log.error("nik %s of %d", "1405021708900003", 1405021708900003)
    try:
        raise ValueError("1405021708900003")
    except ValueError:
        log.exception("failed")
    log.error("wrong %s %s", "one")
    assert "1405021708900003" not in out.getvalue()
    assert out.getvalue().count("140502******0003") == 4  # the traceback shows it twice
    assert masked("a 12345678901234567 b") == "a 12345678901234567 b"


@pytest.mark.django_db
def test_readiness_tells_each_check(client, monkeypatch):
    body = client.get("/readyz").json()
    assert body["checks"]["database"]["state"] == body["checks"]["migrations"]["state"] == "ok"
    monkeypatch.setattr(health, "unapplied", lambda: [("x", "0001")])
    response = client.get("/readyz")
    assert response.status_code == 503 and response.json()["status"] == "failed"
    assert client.get("/healthz", headers={"host": "10.0.0.1"}).status_code == 200

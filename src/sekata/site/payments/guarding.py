"""Numbers of bills and receipts cannot be counted through: ten misses of an address in an hour, then nothing more."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sekata.kernel.people import actions as people
from sekata.kernel.people import queries as people_read
from sekata.lib import clock

Found = TypeVar("Found")
SCOPE = "payments.number"
TRIES, WINDOW = 10, timedelta(hours=1)


class Missed(Exception):
    """A number that names nothing; the page says so, and the miss counts."""


def _address(request: HttpRequest) -> str:
    return request.META.get("REMOTE_ADDR", "")


def insist(found: Found | None) -> Found:
    """What was looked for. Raises Missed."""
    if found is None:
        raise Missed
    return found


def guarded(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer 429 to an address that has missed too often, 404 with a plain sentence to one more miss."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        at = clock.now()
        if people_read.failures(SCOPE, _address(request), WINDOW, at) >= TRIES:
            return render(request, "429.html", status=429)
        try:
            return view(request, *args, **kwargs)
        except Missed:
            people.note_failure(SCOPE, _address(request), at)
            return render(request, "payments/unknown.html", status=404)

    return answer

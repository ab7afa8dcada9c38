"""Keeping the list of devices fresh without a write on every page (allauth's own middleware costs five statements)."""

from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

SECONDS = 300


class Activity:
    """Notes that a session is in use once in five minutes (for each process that serves it)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = request.session.session_key
        if key and cache.add(f"seen:{key}", 1, SECONDS) and request.user.is_authenticated:
            UserSession.objects.create_from_request(request)
        return self.get_response(request)

"""Officers need a second factor (R6): without one they are led to set it up before anything else."""

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

FREE = ("/akun/", "/static/", "/bahasa/", "/akun-saya/")
DOORS = ("/kerja/", "/anjungan/")
PROVED = "second_factor"
STRONG = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def is_missing(request: HttpRequest) -> bool:
    """Whether this officer has no second factor yet. Once one is known the session remembers it."""
    if (
        settings.SEKATA.demo
        or not settings.SEKATA.second_factor
        or not request.user.is_authenticated
        or request.session.get(PROVED)
    ):
        return False
    if not request.actor.is_officer:
        return False
    if Authenticator.objects.filter(user=request.user.pk, type__in=STRONG).exists():
        request.session[PROVED] = True
        return False
    return True


def wanted(request: HttpRequest) -> HttpResponse | None:
    """Where to send an officer without a second factor who knocks at a door of the office; None lets pass."""
    if not request.path.startswith(DOORS) or request.path.startswith(FREE) or not is_missing(request):
        return None
    messages.warning(
        request, _("Petugas masuk dengan dua langkah. Siapkan aplikasi kode atau kunci sandi dulu.")
    )
    return redirect("mfa_index")


class SecondFactor:
    """Asks `wanted` before every page of the office."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return wanted(request) or self.get_response(request)

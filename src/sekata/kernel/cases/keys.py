"""Which cases a browser has opened by their codes: a signed cookie on the phone, nothing on the server.

So a signed-in person's session never says which anonymous report was looked at.
"""

from django.http import HttpRequest, HttpResponse

from sekata.kernel.cases.models import Case
from sekata.lib.actor import Actor, by_code

COOKIE, SALT, MOST = "terbuka", "cases.opened", 20


def opened(request: HttpRequest) -> list[int]:
    """Ids of cases opened by code in this browser, the latest last."""
    text = request.get_signed_cookie(COOKIE, default="", salt=SALT)
    return [int(part) for part in text.split(".") if part.isdigit()]


def remember(request: HttpRequest, response: HttpResponse, case: Case) -> HttpResponse:
    """Note on the browser that this case was opened; forgotten when the browser closes."""
    keys = [key for key in opened(request) if key != case.pk][1 - MOST :] + [case.pk]
    response.set_signed_cookie(
        COOKIE, ".".join(map(str, keys)), salt=SALT, httponly=True, samesite="Lax", secure=request.is_secure()
    )
    return response


def holder(request: HttpRequest, case: Case) -> Actor | None:
    """Who looks at the case: the holder of its code, its applicant, or None for a stranger."""
    if case.pk in opened(request):
        return by_code(case.pk)
    person = request.actor.acting_for or request.actor.person
    return request.actor if person and person == case.applicant_id else None

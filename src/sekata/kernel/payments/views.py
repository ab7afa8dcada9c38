"""The addresses that banks call."""

import logging
from collections.abc import Callable

from django.db import Error
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from sekata.kernel.payments import serving
from sekata.kernel.payments.standards import snap
from sekata.lib import clock
from sekata.lib.rights import everyone
from sekata.web.doors import door

CALL = everyone("payments.call", "siapa pun; pesan dibuktikan dengan tanda tangan")
LONGEST = 64 * 1024
log = logging.getLogger(__name__)


def service(number: str) -> Callable[[HttpRequest], HttpResponse]:
    """The view of one of our SNAP services."""

    @csrf_exempt
    @require_POST
    @door(CALL)
    def answer(request: HttpRequest) -> HttpResponse:
        status, body = _served(request, number)
        return JsonResponse(
            body, status=status, headers={"X-TIMESTAMP": clock.now().isoformat(timespec="seconds")}
        )

    return answer


def _served(request: HttpRequest, number: str) -> serving.Answer:
    if int(request.headers.get("Content-Length") or 0) > LONGEST:
        return 400, snap.answer(snap.BAD_REQUEST, number)
    headers = {name.lower(): value for name, value in request.headers.items()}
    message = serving.Message(request.method, request.get_full_path(), headers, request.body)
    try:
        return serving.serve(number, message, clock.now())
    except Error:
        log.exception("a bank's message could not be done")
        return 500, snap.answer(snap.GENERAL_ERROR, number)

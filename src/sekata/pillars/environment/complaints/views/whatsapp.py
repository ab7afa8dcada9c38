"""The webhook of the WhatsApp gateway."""

import hmac

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from sekata.lib.result import Refused
from sekata.pillars.environment.complaints.actions import whatsapp as actions
from sekata.pillars.environment.complaints.rights import FILE
from sekata.pillars.environment.complaints.standards import whatsapp
from sekata.web.doors import door

HEADER = "X-Gateway-Secret"


@csrf_exempt
@require_POST
@door(FILE)
def hook(request: HttpRequest) -> JsonResponse:
    """One message from the gateway.

    200 when it has been taken (also again), 403 without the secret, 400 for nonsense.
    """
    if not _is_gateway(request):
        return JsonResponse({"error": f"{HEADER} is missing or wrong"}, status=403)
    try:
        message = whatsapp.parse(request.body)
    except Refused as refusal:
        return JsonResponse({"error": str(refusal)}, status=refusal.status)
    new = actions.receive(message=message)
    return JsonResponse({"status": "accepted" if new else "repeated"})


def _is_gateway(request: HttpRequest) -> bool:
    given = request.headers.get(HEADER, "").encode()
    return hmac.compare_digest(given, settings.SEKATA.secret("gateway_whatsapp").encode())

"""The machines' door: one OpenAPI document, one router per room."""

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils.module_loading import import_string
from ninja import NinjaAPI
from ninja.errors import ValidationError

from sekata.kernel.places.api import router as areas
from sekata.lib.result import Refused
from sekata.site.registry import REGISTRY

api = NinjaAPI(title="Sekata", version="1", urls_namespace="api", docs_url=None)


@api.exception_handler(Refused)
def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """A refused act as JSON: `{"reasons": [{code, message, field}]}` with its status."""
    reasons = [{"code": r.code, "message": r.message, "field": r.field} for r in refusal.reasons]
    return api.create_response(request, {"reasons": reasons}, status=refusal.status)


@api.exception_handler(ValidationError)
def malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A request that does not have the documented form, in the same shape as a refusal."""
    reasons = [
        {"code": fault["type"], "message": fault["msg"], "field": ".".join(map(str, fault["loc"]))}
        for fault in error.errors
    ]
    return api.create_response(request, {"reasons": reasons}, status=422)


@api.get("/csrf", include_in_schema=False)
def csrf(request: HttpRequest) -> dict[str, str]:
    """A fresh form token for the outbox."""
    return {"token": get_token(request)}


api.add_router("/v1/areas", areas)

for system in REGISTRY.systems:
    if system.api:
        api.add_router(f"/v1/{system.code}", import_string(system.api))

"""The public proof: anybody adds up the receipts of a day and compares with what the treasury says of it."""

from collections.abc import Mapping
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sekata.kernel.journal import queries as journal
from sekata.kernel.journal.models import Event
from sekata.kernel.payments import proving
from sekata.kernel.payments import reading as kernel
from sekata.kernel.payments.models import DayProof
from sekata.kernel.payments.queries import Partner
from sekata.lib import canonical
from sekata.lib.rights import everyone
from sekata.site.caching import public_page
from sekata.web.doors import door

CHECK = everyone("payments.check", "siapa pun")
SHOWN = 200


def _asked(bank: str, day: str) -> tuple[Partner, DayProof]:
    partner = next((one for one in kernel.partners() if one.code == bank), None)
    try:
        found = proving.proof_of(partner, date.fromisoformat(day)) if partner else None
    except ValueError as error:
        raise Http404 from error
    if found is None:
        raise Http404
    return partner, found


@door(CHECK)
@require_safe
@public_page(seconds=60)
def days(request: HttpRequest) -> HttpResponse:
    """Days that anybody may check."""
    found = [(partner, proving.latest(partner)) for partner in kernel.partners()]
    return render(request, "payments/public_days.html", {"found": found})


@door(CHECK)
@require_safe
@public_page(seconds=60)
def day(request: HttpRequest, bank: str, day: str) -> HttpResponse:
    """A day: what its receipts add up to, what the account moved, the root over them, the seal of the journal."""
    partner, found = _asked(bank, day)
    lines = proving.lines(partner, found.day)
    event = journal.of(found).last()
    context = {
        "partner": partner,
        "proof": found,
        "sum": sum(amount for _, amount in lines),
        "number": len(lines),
        "movement": kernel.movement(partner, found.day),
        "holds": proving.root(lines) == found.root,
        "lines": lines[:SHOWN],
        "more": max(len(lines) - SHOWN, 0),
        "sealed": journal.proof(event) if event else None,
    }
    return render(request, "payments/public_day.html", context)


@door(CHECK)
@require_safe
def evidence(request: HttpRequest, bank: str, day: str) -> HttpResponse:
    """Everything as JSON: all receipts, their root, the journal's event that holds it and its way up to the seal."""
    partner, found = _asked(bank, day)
    lines = proving.lines(partner, found.day)
    told = {
        "bank": partner.code,
        "day": found.day.isoformat(),
        "receipts": [{"mark": mark, "rupiah": amount} for mark, amount in lines],
        "rupiah": found.rupiah,
        "movement": kernel.movement(partner, found.day),
        "root": found.root,
        "journal": _sealed(journal.of(found).last()),
    }
    return JsonResponse(told, json_dumps_params={"indent": 1})


def _sealed(event: Event | None) -> Mapping[str, object] | None:
    proof = journal.proof(event) if event else None
    if proof is None:
        return None
    fields = {field.attname: getattr(event, field.attname) for field in Event._meta.concrete_fields}
    return {
        "event": canonical.dump(fields).decode(),
        "leaf": proof.leaf.hex(),
        "position": proof.position,
        "path": [step.hex() for step in proof.path],
        "seal": {
            "id": proof.seal.pk,
            "size": proof.seal.size,
            "root": bytes(proof.seal.root).hex(),
            "digest": bytes(proof.seal.digest).hex(),
            "sealed_at": proof.seal.sealed_at.isoformat(),
        },
    }

"""Moving a complaint: the executor under the room's law, the sentence to its reporters, the moment of change."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Q

from sekata.kernel.cases import actions as cases
from sekata.kernel.notify import actions as notify
from sekata.kernel.people import vault
from sekata.lib.actor import Actor
from sekata.pillars.environment.complaints.models import Complaint
from sekata.pillars.environment.complaints.queries.law import law
from sekata.pillars.environment.complaints.workflow import COMPLAINT


def move(
    complaint: Complaint,
    name: str,
    *,
    actor: Actor,
    at: datetime,
    reason: str = "",
    says: str = "",
    given: Mapping[str, object] | None = None,
    changes: Mapping[str, object] | None = None,
) -> cases.Step:
    """Take the complaint along the transition `name` and tell its reporters the public sentence."""
    step = cases.advance(
        actor=actor,
        workflow=COMPLAINT,
        case=complaint.case,
        name=name,
        subject=complaint,
        terms=law(complaint.case.received_at).terms(complaint.service_code),
        at=at,
        words=cases.Words(reason=reason, says=says),
        given=given,
        changes=changes,
    )
    touch(complaint, at)
    if says and actor.via != "code":
        tell_reporters(complaint, says, at)
    return step


def touch(complaint: Complaint, at: datetime) -> None:
    """Note that something a machine client may ask for has changed."""
    complaint.changed_at = at
    Complaint.objects.filter(pk=complaint.pk).update(changed_at=at)


def tell_reporters(complaint: Complaint, says: str, at: datetime) -> None:
    """Send the sentence to every reporter of the incident who left an address; nobody learns of the others."""
    told = Complaint.objects.select_related("case", "identity").filter(identity__isnull=False)
    for one in told.filter(Q(pk=complaint.pk) | Q(incident__lead=complaint.pk)):
        secrets = vault.use(one.identity)
        channel = "whatsapp" if secrets.get("phone") else "email" if secrets.get("email") else ""
        if channel:
            notify.send(
                template="complaints.moved",
                facts={"number": one.case.number, "sentence": says},
                channel=channel,
                secret=one.identity,
                case=one.case_id,
                at=at,
            )

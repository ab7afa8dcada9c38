"""Collecting what is overdue: one act after the other, each with its distance (UU 19/1997 jo. 19/2000)."""

from datetime import datetime

from sekata.kernel.journal.actions import action
from sekata.lib import clock
from sekata.lib.actor import Actor
from sekata.lib.result import Refused
from sekata.pillars.economy.tax.actions.assessing import new_number
from sekata.pillars.economy.tax.actions.turning import turn
from sekata.pillars.economy.tax.codes import AssessmentState, CollectionState
from sekata.pillars.economy.tax.models import Assessment, Collection, CollectionAct
from sekata.pillars.economy.tax.queries.law import law
from sekata.pillars.economy.tax.rights import COLLECT, SYSTEM
from sekata.pillars.economy.tax.rules.collecting import midnight
from sekata.pillars.economy.tax.workflow import COLLECTION

VERBS = {
    CollectionState.WARNED: "warn",
    CollectionState.FORCED: "force",
    CollectionState.SEIZED: "seize",
    CollectionState.ANNOUNCED: "announce",
    CollectionState.AUCTIONED: "auction",
}
OVERDUE = (AssessmentState.DUE, AssessmentState.PARTLY_PAID)


@action(right=COLLECT, event="tax.collection.served", on="assessment", keeps=("act", "on"))
def serve(
    *, actor: Actor, assessment: Assessment, act: CollectionState, on: datetime, note: str = "", at: datetime
) -> CollectionAct:
    """Serve the next act on the debtor of an overdue assessment; too early or out of order is refused."""
    if assessment.state not in OVERDUE:
        raise Refused.because("state", "Ketetapan ini tidak sedang ditunggak.", status=409)
    collection, _ = Collection.objects.get_or_create(
        assessment=assessment, defaults={"since": midnight(assessment.due_on)}
    )
    given = {"act": act, "since": collection.since, "on": on, "waits": law(at).table("collection_wait")}
    turn(collection, COLLECTION, VERBS[act], actor=actor, given=given, since=on)
    return CollectionAct.objects.create(
        collection=collection,
        kind=act,
        number=new_number(act, at),
        served_on=on.astimezone(clock.WIB).date(),
        served_at=on,
        served_by=actor.person,
        note=note.strip(),
    )


@action(right=SYSTEM, event="tax.collection.settled", on="collection", watches=("state",))
def end_collection(*, actor: Actor, collection: Collection, at: datetime) -> Collection:
    """What was collected is paid."""
    turn(collection, COLLECTION, "settle", actor=actor)
    return collection

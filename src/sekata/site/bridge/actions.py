"""The one thing leadership does here: answer an escalation in words."""

from datetime import datetime

from sekata.kernel.cases import actions as cases
from sekata.kernel.cases.models import Escalation
from sekata.kernel.journal.actions import action
from sekata.lib.actor import Actor
from sekata.lib.result import Refused
from sekata.site.rights import BRIDGE


@action(right=BRIDGE, event="cases.escalation.answered", on="escalation", watches=("answered_at",))
def answer(*, actor: Actor, escalation: Escalation, text: str, at: datetime) -> Escalation:
    """Answer once; the answer joins the history of the case."""
    if escalation.answered_at is not None:
        raise Refused.because("answered", "Eskalasi ini sudah dijawab.", status=409)
    cases.answer_escalation(actor=actor, escalation=escalation, text=text, at=at)
    return escalation

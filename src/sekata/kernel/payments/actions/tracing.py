"""“Paid but shown unpaid”: a payer brings the bank's slip, the treasurer traces it within a working day."""

from dataclasses import dataclass
from datetime import date, datetime

from sekata.kernel.documents import actions as documents
from sekata.kernel.documents.uploads import Accepted
from sekata.kernel.journal.actions import action
from sekata.kernel.payments.actions.deciding import RECONCILE
from sekata.kernel.payments.models import Bill, Payment, Trace
from sekata.kernel.reference import queries as reference
from sekata.lib import clock
from sekata.lib.actor import Actor
from sekata.lib.deadlines import Limit
from sekata.lib.result import Refused
from sekata.lib.rights import everyone
from sekata.lib.workdays import Calendar

OPEN = everyone("payments.trace", "siapa pun yang memegang bukti bayar")
WITHIN = Limit(1, "workdays")
MOST_OPEN = 3


@dataclass(frozen=True)
class Claim:
    """What a payer says of a payment."""

    paid_on: date
    amount: int
    bank_ref: str = ""
    contact: str = ""


@action(right=OPEN, event="payments.trace.opened")
def open_trace(*, actor: Actor, bill: Bill, claim: Claim, slip: Accepted, at: datetime) -> Trace:
    """Open a trace of a bill with the bank's slip; the same slip again is the same trace. Refused for a paid bill (409)
    and beyond three open ones (429)."""
    bill = Bill.objects.select_for_update().get(pk=bill.pk)
    file = documents.keep(slip.content, slip.mime, at)
    earlier = Trace.objects.filter(bill=bill, slip=file).first()
    if earlier:
        return earlier
    if bill.state == Bill.State.PAID:
        raise Refused.because("paid", "Tagihan ini sudah lunas.", status=409)
    if Trace.objects.filter(bill=bill, state=Trace.State.OPEN).count() >= MOST_OPEN:
        raise Refused.because("enough", "Penelusuran tagihan ini sedang berjalan.", status=429)
    year = at.astimezone(clock.WIB).year
    return Trace.objects.create(
        number=f"TLS-{year}-{documents.next_number('payments.trace', at):06}",
        bill=bill,
        slip=file,
        opened_at=at,
        due_at=WITHIN.ends(at, _calendar(at)),
        **vars(claim),
    )


def _calendar(at: datetime) -> Calendar:
    rows = reference.at("holiday", at.astimezone(clock.WIB).date())
    return Calendar(holidays=frozenset(date.fromisoformat(day) for day in rows))


@action(right=RECONCILE, event="payments.trace.answered", on="trace", watches=("state", "payment"))
def answer_trace(*, actor: Actor, trace: Trace, payment: Payment | None, answer: str, at: datetime) -> Trace:
    """Answer a trace: with the payment that was found, or that none was."""
    locked = Trace.objects.select_for_update().get(pk=trace.pk)
    if locked.state != Trace.State.OPEN:
        raise Refused.because("answered", "Penelusuran ini sudah dijawab.", status=409)
    if len(answer.strip()) < 10:
        raise Refused.because("answer", "Tulis jawabannya, paling sedikit 10 huruf.", "answer")
    locked.state = Trace.State.FOUND if payment else Trace.State.NOT_FOUND
    locked.payment, locked.answer = payment, answer[:500]
    locked.answered_by_id, locked.answered_at = actor.person, at
    locked.save(update_fields=["state", "payment", "answer", "answered_by", "answered_at"])
    trace.state, trace.payment = locked.state, payment
    return locked

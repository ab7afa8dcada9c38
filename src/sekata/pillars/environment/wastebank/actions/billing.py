"""What billers do: sent once, heard of by advice, never sent again. Nothing is awaited inside a transaction."""

from datetime import datetime, timedelta

from sekata.kernel import jobs
from sekata.kernel.journal.actions import action
from sekata.kernel.ledger import actions as ledger
from sekata.kernel.people import vault
from sekata.lib import clock, money
from sekata.lib.actor import Actor, system
from sekata.lib.result import Refused
from sekata.pillars.environment.wastebank.actions import books
from sekata.pillars.environment.wastebank.actions.steps import advance, tell_staff
from sekata.pillars.environment.wastebank.codes import WithdrawalKind, WithdrawalState
from sekata.pillars.environment.wastebank.models import BillerCall, Withdrawal
from sekata.pillars.environment.wastebank.queries import withdrawals as found
from sekata.pillars.environment.wastebank.queries.law import law
from sekata.pillars.environment.wastebank.rights import DIRECT, KEEP_CASH, SYSTEM
from sekata.pillars.environment.wastebank.rules import balances, bookkeeping
from sekata.pillars.environment.wastebank.standards.biller import Answer, Away, Inquiry, Status
from sekata.pillars.environment.wastebank.workflow import WITHDRAWAL

SUITE = system("wastebank.billing")
PAY = "wastebank.pay_out"
LOST = Answer(Status.UNKNOWN, message="Tidak ada jawaban")


@action(right=KEEP_CASH, event="wastebank.withdrawal.executed", on="taken", watches=("case.state",))
def execute(*, actor: Actor, taken: Withdrawal, at: datetime) -> Withdrawal:
    """Take it in hand: cash is counted out, or the biller is called as soon as this is kept."""
    advance(
        taken, WITHDRAWAL, "execute", actor=actor, at=at,
        given={"owner": taken.customer.person_id, "who": actor.person},
    )  # fmt: skip
    taken.executed_by = actor.person
    taken.save(update_fields=["executed_by"])
    if found.by_biller(taken.kind, law(taken.case.received_at)):
        jobs.defer(PAY, withdrawal=taken.pk, lock=f"wastebank.withdrawal:{taken.pk}")
    return taken


def pay_out(withdrawal: int, **_: object) -> None:
    """Job: ask anew what it costs, then pay, once. What was sent before is only asked about."""
    taken, at = found.by_key(withdrawal), clock.now()
    if taken.case.state != WithdrawalState.EXECUTING or taken.sent_at is not None:
        return ask_about(taken)
    biller = found.biller(taken.kind, at)
    try:
        told = biller.inquiry(taken.kind, found.target_of(taken), taken.amount)
    except Away:
        return None
    refusal = _refusal(taken, told, clock.now())
    if refusal:
        _take(actor=SUITE, taken=taken, verb="pay", answer=Answer(Status.FAILED, message=refusal), at=at)
    elif _send(actor=SUITE, taken=taken, told=told, at=at):
        try:
            answer = biller.pay(told.ref, taken.amount, str(taken.our_id))
        except Away:
            answer = LOST
        _take(actor=SUITE, taken=taken, verb="pay", answer=answer, at=clock.now())
    return None


def _refusal(taken: Withdrawal, told: Inquiry, now: datetime) -> str:
    """Why what the biller says now is not what the customer agreed to; empty if it is."""
    if told.refusal:
        return told.refusal
    if told.fee != taken.charge or told.amount not in (0, taken.amount):
        owed = money.shown(told.amount or taken.amount)
        return f"Tagihan berubah menjadi {owed} dengan biaya {money.shown(told.fee)}"
    if taken.kind == WithdrawalKind.GOLD and not _quoted(told, now):
        return "Harga emas sudah lewat waktunya"
    return ""


def _quoted(told: Inquiry, now: datetime) -> bool:
    """R13: an expired quote is never executed."""
    if not told.per_gram or told.expires_at is None:
        return False
    quote = balances.Quote(told.per_gram, told.buy_back, told.expires_at)
    return not list(balances.quote_reasons(quote, now))


@action(right=SYSTEM, event="wastebank.withdrawal.sent", on="taken")
def _send(*, actor: Actor, taken: Withdrawal, told: Inquiry, at: datetime) -> bool:
    """Note that it goes out now; False where another process has sent it already."""
    changes: dict[str, object] = {"sent_at": at}
    if told.per_gram:
        changes["quote"] = {"per_gram": told.per_gram, "buy_back": told.buy_back}
        changes["grams"] = balances.grams(taken.amount, told.per_gram)
    first = Withdrawal.objects.filter(pk=taken.pk, sent_at=None).update(**changes) == 1
    for name, value in changes.items():
        setattr(taken, name, value)
    return first


def ask_about(taken: Withdrawal) -> None:
    """Ask the biller what has become of a payment whose end is not known."""
    if taken.case.state not in (WithdrawalState.EXECUTING, WithdrawalState.UNCERTAIN):
        return
    try:
        answer = found.biller(taken.kind, clock.now()).advice(str(taken.our_id))
    except Away:
        answer = LOST
    _take(actor=SUITE, taken=taken, verb="advice", answer=answer, at=clock.now())


def inquire(**_: object) -> int:
    """Job, every five minutes: ask about all that is in doubt; after an hour a person is told. How many were asked."""
    at = clock.now()
    for key in found.unsent(at):
        pay_out(key)
    asked = found.in_doubt(at)
    for taken in asked:
        try:
            ask_about(taken)
        except Refused:
            continue
    patience = timedelta(minutes=law(at).limit("inquiry_human"))
    for taken in found.in_doubt(at):
        if taken.told_at is None and taken.sent_at <= at - patience:
            _tell(actor=SUITE, taken=taken, at=at)
    return len(asked)


@action(right=SYSTEM, event="wastebank.withdrawal.told", on="taken")
def _tell(*, actor: Actor, taken: Withdrawal, at: datetime) -> None:
    """A person must look: director and office are told, once."""
    facts = {"number": taken.case.number, "bank": taken.bank.name, "amount": money.shown(taken.total)}
    tell_staff(taken.bank, "wastebank.uncertain", facts, at)
    Withdrawal.objects.filter(pk=taken.pk).update(told_at=at)


@action(
    right=SYSTEM, event="wastebank.withdrawal.answered", on="taken", watches=("case.state",), keeps=("verb",)
)
def _take(*, actor: Actor, taken: Withdrawal, verb: str, answer: Answer, at: datetime) -> Withdrawal:
    """Take in what the biller said; without an end the money stays held."""
    BillerCall.objects.create(
        withdrawal=taken, verb=verb, status=answer.status, message=answer.message[:200], at=at
    )
    if answer.status is Status.PAID:
        advance(taken, WITHDRAWAL, "confirm", actor=actor, at=at)
        _book(taken, answer.reference, answer.token, at)
    elif answer.status is Status.FAILED:
        advance(taken, WITHDRAWAL, "fail", actor=actor, at=at, reason=answer.message)
        ledger.release(hold=taken.hold, at=at)
    elif taken.case.state == WithdrawalState.EXECUTING:
        advance(taken, WITHDRAWAL, "lose_sight", actor=actor, at=at, reason=answer.message)
    return taken


def _book(taken: Withdrawal, reference: str, token: str, at: datetime) -> None:
    """The hold becomes a debit, the biller is owed; the token goes into the vault."""
    code = found.biller_code(taken.kind, at)
    entry = bookkeeping.biller_paid(taken.customer.number, taken.amount, taken.charge, code, taken.fee)
    memo = f"{WithdrawalKind(taken.kind).label} {taken.mark} {taken.case.number}"
    cause = books.Cause(f"wastebank.withdrawal:{taken.case.number}", memo, taken)
    day = books.open_day(taken.bank, at.astimezone(clock.WIB).date())
    ledger.capture(hold=taken.hold, draft=books.draft(cause, entry, day), at=at)
    if token and taken.secret:
        vault.add(taken.secret, {"token": token})
    taken.paid_at, taken.reference = at, reference[:60]
    taken.save(update_fields=["paid_at", "reference"])


@action(
    right=DIRECT,
    event="wastebank.withdrawal.settled",
    on="taken",
    watches=("case.state",),
    keeps=("reference", "reason"),
)
def settle(
    *, actor: Actor, taken: Withdrawal, reference: str, token: str = "", reason: str, at: datetime
) -> Withdrawal:
    """A person has found out that the biller did pay."""
    if not reference.strip():
        raise Refused.because("reference", "Tulis nomor bukti dari penyedia.", "reference")
    advance(taken, WITHDRAWAL, "settle", actor=actor, at=at, reason=reason, given={"reason": reason})
    _book(taken, reference.strip(), token.replace(" ", ""), at)
    return taken


@action(
    right=DIRECT,
    event="wastebank.withdrawal.refunded",
    on="taken",
    watches=("case.state",),
    keeps=("reason",),
)
def refund(*, actor: Actor, taken: Withdrawal, reason: str, at: datetime) -> Withdrawal:
    """A person has found out that the biller did not pay: the money is the customer's again."""
    advance(taken, WITHDRAWAL, "refund", actor=actor, at=at, reason=reason, given={"reason": reason})
    ledger.release(hold=taken.hold, at=at)
    return taken

"""Reading withdrawals, and who serves them."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet

from sekata.kernel.filters import visible
from sekata.kernel.people import vault
from sekata.lib.actor import Actor
from sekata.lib.result import Refused
from sekata.pillars.environment.wastebank.codes import WithdrawalState
from sekata.pillars.environment.wastebank.models import Customer, WasteBank, Withdrawal
from sekata.pillars.environment.wastebank.queries.law import Law, law
from sekata.pillars.environment.wastebank.rights import DIRECT, KEEP_CASH, OVERSEE, OWN
from sekata.pillars.environment.wastebank.standards.biller import Biller, HttpBiller, signature
from sekata.pillars.environment.wastebank.standards.biller_simulator import Simulator

PAGE = 20
DEMONSTRATION = Simulator()
"""Who answers in a demonstration that names no address; a restart makes it forget what it was paid."""
WAITING = (
    WithdrawalState.REQUESTED,
    WithdrawalState.APPROVED,
    WithdrawalState.EXECUTING,
    WithdrawalState.UNCERTAIN,
)


def rows() -> QuerySet[Withdrawal]:
    """Withdrawals with all that their pages and acts need."""
    return Withdrawal.objects.select_related(
        "case", "bank__case__unit", "customer__bank__case", "receiver", "hold", "secret"
    )


def by_key(key: int) -> Withdrawal:
    """The withdrawal of that case."""
    return rows().get(pk=key)


def for_actor(actor: Actor, number: str) -> Withdrawal | None:
    """A withdrawal that the actor asked for, pays or approves."""
    return visible(rows().filter(case__number=number), OWN | KEEP_CASH | DIRECT | OVERSEE, actor).first()


def of(customer: Customer) -> list[Withdrawal]:
    """The customer's latest withdrawals."""
    return list(rows().filter(customer=customer).order_by("-case")[:PAGE])


def waiting(bank: WasteBank) -> list[Withdrawal]:
    """What the bank has to do something about, the oldest first."""
    return list(rows().filter(bank=bank, case__state__in=WAITING).order_by("case")[:100])


def stale(at: datetime) -> list[Withdrawal]:
    """Requested or approved, and older than the limit."""
    oldest = at - timedelta(days=law(at).limit("withdrawal_expiry"))
    open_ones = (WithdrawalState.REQUESTED, WithdrawalState.APPROVED)
    return list(
        rows().filter(case__state__in=open_ones, case__received_at__lt=oldest).order_by("case")[:1000]
    )


def in_doubt(at: datetime) -> list[Withdrawal]:
    """What was sent to a biller and has no end; also what a crash left between sending and hearing."""
    since = at - timedelta(minutes=law(at).limit("inquiry_every"))
    crashed = Q(case__state=WithdrawalState.EXECUTING, sent_at__lt=since)
    return list(rows().filter(Q(case__state=WithdrawalState.UNCERTAIN) | crashed).order_by("case")[:500])


def unsent(at: datetime) -> list[int]:
    """What a biller should have been asked for and was not, because it was away."""
    since = at - timedelta(minutes=law(at).limit("inquiry_every"))
    kinds = [kind for kind, row in law(at).table("withdrawal_kind").items() if row["biller"]]
    rows = Withdrawal.objects.filter(
        case__state=WithdrawalState.EXECUTING, sent_at=None, kind__in=kinds, case__received_at__lt=since
    )
    return list(rows.order_by("case").values_list("pk", flat=True)[:500])


def by_biller(kind: str, rulebook: Law) -> bool:
    """Whether a biller serves that kind."""
    return rulebook.table("withdrawal_kind")[kind]["biller"]


def biller_code(kind: str, at: datetime) -> str:
    """Who serves that kind: the holder of the clearing account."""
    return law(at).table("biller")[kind]["code"]


def biller(kind: str, at: datetime) -> Biller:
    """The biller of that kind by the table in force; a demonstration without an address has its simulator."""
    row = law(at).table("biller").get(kind)
    if row and row["url"]:
        return HttpBiller(row["url"], biller_key())
    if settings.SEKATA.demo:
        return DEMONSTRATION
    raise Refused.because("biller", "Layanan ini belum tersambung ke penyedia.", "kind", status=409)


def biller_key() -> bytes:
    """The key that signs requests to billers, derived from the installation's secret of this room."""
    return bytes.fromhex(signature(settings.SEKATA.key("wastebank"), b"biller"))


def target_of(taken: Withdrawal) -> str:
    """The target's full number, for the biller's ears and the payer's eyes."""
    return vault.use(taken.secret).get("target", "") if taken.secret else ""


def token_of(taken: Withdrawal) -> str:
    """The token that was bought, in groups of four; for its owner and the desk."""
    token = vault.use(taken.secret).get("token", "") if taken.secret else ""
    return " ".join(token[start : start + 4] for start in range(0, len(token), 4))

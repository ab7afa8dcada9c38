"""The bank's day against ours: files are kept and read, days compared, what fits settles, the rest waits explained."""

from datetime import date, datetime, time, timedelta

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from sekata.kernel.documents import actions as documents
from sekata.kernel.documents import store
from sekata.kernel.journal.actions import action, record
from sekata.kernel.ledger import actions as ledger
from sekata.kernel.ledger import queries as books
from sekata.kernel.ledger.terms import Draft, Line
from sekata.kernel.payments import proving, statements
from sekata.kernel.payments.actions.deciding import RECONCILE, match
from sekata.kernel.payments.actions.taking import REPORT, take
from sekata.kernel.payments.models import (
    Bill,
    Channel,
    DayProof,
    Partner,
    Payment,
    ReconException,
    ReconRun,
    Settlement,
    SettlementFile,
    SettlementLine,
)
from sekata.kernel.payments.reconciling import Known, Outcome, Told, compare
from sekata.kernel.payments.terms import Notice
from sekata.lib import clock
from sekata.lib.actor import Actor, system
from sekata.lib.result import Refused

RUN = RECONCILE | REPORT
NIGHT = system("payments.reconcile")
DESK = system("payments.settlement")
BATCH = 5_000
EVIDENCE = 10
CLOSABLE = frozenset({ReconException.Kind.DUPLICATE, ReconException.Kind.RETURNED})
NOON = time(12, tzinfo=clock.WIB)
ARRIVE = """
    UPDATE payments_payment AS payment SET settled_on = pair.day
    FROM unnest(%s::bigint[], %s::date[]) AS pair (id, day)
    WHERE payment.id = pair.id AND payment.settled_on IS NULL AND payment.state IN ('posted', 'suspense')
    RETURNING payment.id, payment.ntpd
"""


@action(right=RUN, event="payments.file.kept", keeps=("kind", "name"))
def keep_file(
    *, actor: Actor, partner: Partner, kind: str, name: str, content: bytes, at: datetime
) -> SettlementFile:
    """Keep a bank's file as it came, before anybody reads it; brought again it is the row of the first time."""
    if not content:
        raise Refused.because("empty", "Berkas ini kosong.", "file")
    return SettlementFile.objects.get_or_create(
        partner=partner,
        kind=kind,
        file=documents.keep(content, "text/plain", at),
        defaults={"name": name[:120], "brought_by_id": actor.person, "at": at},
    )[0]


@action(right=RUN, event="payments.file.read", on="source", watches=("read_at", "problem"))
def read_file(*, actor: Actor, source: SettlementFile, at: datetime) -> list[date]:
    """Write the lines of a kept file, once, all or none; the days it tells of. What cannot be read says why."""
    locked = SettlementFile.objects.select_for_update().get(pk=source.pk)
    if locked.read_at is None:
        try:
            rows = statements.read(locked.kind, store.read(locked.file_id))
        except statements.Unreadable as fault:
            source.problem = locked.problem = str(fault)[:300]
            locked.save(update_fields=["problem"])
            return []
        SettlementLine.objects.bulk_create((_line(locked, row) for row in rows), batch_size=BATCH)
        locked.read_at, locked.problem = at, ""
        locked.save(update_fields=["read_at", "problem"])
    source.read_at, source.problem = locked.read_at, ""
    return sorted(set(locked.lines.values_list("day", flat=True)))


def _line(source: SettlementFile, row: statements.Row) -> SettlementLine:
    return SettlementLine(source=source, partner_id=source.partner_id, kind=source.kind, **vars(row))


@action(right=RUN, event="payments.reconciled", keeps=("day",))
def reconcile(*, actor: Actor, partner: Partner, day: date, at: datetime) -> ReconRun:
    """Compare a day of a bank with ours and settle what fits. Done again, it finds the same and changes nothing.

    Refused while the bank has told nothing of the day: all of ours would be missing then.
    """
    if not SettlementLine.objects.filter(partner=partner, day=day).exists():
        raise Refused.because("no_lines", "Belum ada laporan bank untuk hari itu.", "day")
    return _run(partner, day, at)


def reconcile_yesterday(**_: object) -> None:
    """Nightly job: the day before, for each bank that has told of it."""
    at = clock.now()
    day = at.astimezone(clock.WIB).date() - timedelta(days=1)
    told = SettlementLine.objects.filter(partner=OuterRef("pk"), day=day)
    for partner in Partner.objects.filter(Exists(told), active=True):
        reconcile(actor=NIGHT, partner=partner, day=day, at=at)


def _run(partner: Partner, day: date, at: datetime) -> ReconRun:
    run = ReconRun.objects.get_or_create(partner=partner, day=day, defaults={"ran_at": at})[0]
    run = ReconRun.objects.select_for_update().get(pk=run.pk)
    outcome = compare(day, _told(partner, day), _known(partner, day))
    moved = _settle(partner, outcome.settling, at)
    _keep_exceptions(run, outcome, at)
    run.ran_at, run.figures = at, outcome.figures()
    run.save(update_fields=["ran_at", "figures"])
    for one in sorted(moved):
        _prove(partner, one, at)
    return run


def _prove(partner: Partner, day: date, at: datetime) -> None:
    """Write down what reached the account on a day, for anybody to check; the journal seals it."""
    lines = proving.lines(partner, day)
    found = {"root": proving.root(lines), "number": len(lines), "rupiah": sum(amount for _, amount in lines)}
    made = DayProof.objects.update_or_create(partner=partner, day=day, defaults={**found, "at": at})[0]
    about = {"bank": partner.code, "day": day.isoformat()}
    record("payments.day.proved", actor=DESK, subject=made, at=at, after=about | found)


def _told(partner: Partner, day: date) -> list[Told]:
    """Lines of the bank's report; where it sent none, what its statement credits to customer numbers."""
    rows = SettlementLine.objects.filter(partner=partner, day=day)
    names = [name if name != "source" else "source_id" for name in Told._fields]
    for kind in (Q(kind="report"), Q(kind="statement", amount__gt=0) & ~Q(customer_no="")):
        found = [Told(*row) for row in rows.filter(kind).values_list(*names)]
        if found:
            return found
    return []


def _known(partner: Partner, day: date) -> list[Known]:
    """Payments of the day, and those of the days beside it that a line of the day names by its request."""
    near = (day - timedelta(days=1), day + timedelta(days=1))
    named = SettlementLine.objects.filter(
        partner=partner, day=day, kind="report", request_id=OuterRef("request_id")
    )
    rows = Payment.objects.filter(
        Q(day=day) | (Q(day__in=near) & ~Q(request_id="") & Exists(named)), partner=partner
    )
    found = rows.values_list(*Known._fields[:-1], "settled_on")
    return [Known(*row[:-1], row[-1] is not None) for row in found]


def _settle(partner: Partner, pairs: list[tuple[Told, Known]], at: datetime) -> set[date]:
    """Debit the bank, credit money on its way, once a payment, at the bank's amount, in sets; the days that changed."""
    waiting = {payment.id: line for line, payment in pairs if not payment.settled}
    with connection.cursor() as cursor:
        cursor.execute(ARRIVE, [list(waiting), [line.settled_on for line in waiting.values()]])
        arrived = sorted(cursor.fetchall())
    Settlement.objects.bulk_create(
        (
            Settlement(
                payment_id=key,
                line_id=waiting[key].id,
                partner=partner,
                amount=waiting[key].amount,
                day=waiting[key].settled_on,
                at=at,
            )
            for key, _ in arrived
        ),
        batch_size=BATCH,
    )
    drafts = [
        _draft(partner, "settled", ntpd, waiting[key].amount, waiting[key].settled_on, at)
        for key, ntpd in arrived
    ]
    ledger.post_many(book=books.book(partner.book.code), drafts=drafts, at=at)
    return {waiting[key].settled_on for key, _ in arrived}


def _draft(partner: Partner, what: str, ntpd: str, amount: int, day: date, at: datetime) -> Draft:
    """An arrival in the book, on its day, or today where the book is closed over it."""
    closed = partner.book.closed_until
    return Draft(
        key=f"payments.{what}:{ntpd}",
        day=day if closed is None or day > closed else at.astimezone(clock.WIB).date(),
        memo=f"Masuk kas daerah {ntpd}",
        lines=(Line(partner.bank, amount), Line(partner.in_transit, -amount)),
        source=("payments.payment", ntpd),
    )


def _keep_exceptions(run: ReconRun, outcome: Outcome, at: datetime) -> None:
    """Open what did not fit; what fits meanwhile is resolved."""
    kind = ReconException.Kind
    wanted = [
        *((kind.DIFFERENT, line.id, payment.id) for line, payment in outcome.different),
        *((kind.RETURNED, line.id, payment.id) for line, payment in outcome.returned),
        *((kind.ONLY_BANK, line.id, None) for line in outcome.only_bank),
        *((kind.DUPLICATE, line.id, None) for line in outcome.duplicate),
        *((kind.ONLY_OURS, None, payment.id) for payment in outcome.only_ours),
    ]
    ReconException.objects.bulk_create(
        (ReconException(run=run, kind=k, line_id=li, payment_id=p, opened_at=at) for k, li, p in wanted),
        batch_size=BATCH,
        ignore_conflicts=True,
    )
    still = {(str(k), li, p) for k, li, p in wanted}
    rows = ReconException.objects.filter(run=run, state="open").values_list("pk", "kind", "line", "payment")
    gone = [pk for pk, *what in rows if tuple(what) not in still]
    _resolve(ReconException.objects.filter(pk__in=gone), at)
    late = ReconException.objects.filter(kind=kind.ONLY_OURS, state="open", run__partner=run.partner_id)
    _resolve(late.filter(payment__settled_on__isnull=False), at)


def _resolve(rows, at: datetime) -> None:
    rows.update(state=ReconException.State.RESOLVED, resolved_at=at)


@action(
    right=RECONCILE, event="payments.line.posted", on="exception", watches=("state",), keeps=("evidence",)
)
def post_line(
    *, actor: Actor, exception: ReconException, evidence: str, bill: Bill | None = None, at: datetime
) -> Payment:
    """Take a payment that only the bank knew, with evidence in words; bill: its own, if its number fits none.

    A repeated line (409) and any other kind are never posted. It settles at once.
    """
    exception = _open(exception, ReconException.Kind.ONLY_BANK)
    _insist(evidence, "evidence")
    line, partner = exception.line, exception.run.partner
    payment = take(actor=DESK, partner=partner, notice=_notice(line), at=at)
    if bill is not None and payment.state == Payment.State.SUSPENSE:
        payment = match(actor=actor, payment=payment, bill=bill, evidence=evidence, at=at)
    exception.payment = payment
    _end(exception, actor, evidence, at)
    _run(partner, exception.run.day, at)
    return payment


def _notice(line: SettlementLine) -> Notice:
    return Notice(
        channel=line.channel or Channel.VA,
        customer_no=line.customer_no,
        amount=line.amount,
        trx_at=line.trx_at or datetime.combine(line.day, NOON),
        bank_ref=line.bank_ref or f"line-{line.pk}",
        request_id=line.request_id,
        terminal=line.terminal,
    )


@action(
    right=RECONCILE,
    event="payments.difference.corrected",
    on="exception",
    watches=("state",),
    keeps=("day", "note"),
)
def correct(*, actor: Actor, exception: ReconException, day: date, note: str, at: datetime) -> Settlement:
    """The bank has made up for a difference on that day: book the rest, and the exception ends."""
    exception = _open(exception, ReconException.Kind.DIFFERENT)
    _insist(note, "note")
    payment, partner = exception.payment, exception.run.partner
    rest = payment.amount - exception.line.amount
    if not rest or payment.settled_on is None:
        raise Refused.because("nothing_left", "Tidak ada selisih jumlah pada baris ini.", status=409)
    if not payment.settled_on <= day <= at.astimezone(clock.WIB).date():
        raise Refused.because("day", "Tanggal koreksi bank harus antara hari setor dan hari ini.", "day")
    made = Settlement.objects.create(payment=payment, partner=partner, amount=rest, day=day, at=at)
    book = books.book(partner.book.code)
    ledger.post(book=book, draft=_draft(partner, "corrected", payment.ntpd, rest, day, at), at=at)
    _end(exception, actor, note, at)
    _prove(partner, day, at)
    return made


@action(right=RECONCILE, event="payments.exception.explained", on="exception", watches=("state", "note"))
def explain(*, actor: Actor, exception: ReconException, note: str, at: datetime) -> ReconException:
    """Write why something does not fit. A repeated or returned line ends with it; the rest ends by money alone."""
    locked = _open(exception, *ReconException.Kind)
    _insist(note, "note")
    if locked.kind in CLOSABLE or _only_names_differ(locked):
        _end(locked, actor, note, at)
    else:
        locked.note, locked.resolver_id = note, actor.person
        locked.save(update_fields=["note", "resolver"])
    exception.state, exception.note = locked.state, locked.note
    return locked


def _only_names_differ(exception: ReconException) -> bool:
    """Whether the amounts agree, so that no money is left to come."""
    different = exception.kind == ReconException.Kind.DIFFERENT
    return different and exception.line.amount == exception.payment.amount


def _open(exception: ReconException, *kinds: str) -> ReconException:
    rows = ReconException.objects.select_for_update(of=("self",)).select_related(
        "line", "payment", "run__partner__book"
    )
    locked = rows.get(pk=exception.pk)
    if locked.state != ReconException.State.OPEN:
        raise Refused.because("resolved", "Perbedaan ini sudah selesai.", status=409)
    if locked.kind not in kinds:
        raise Refused.because("kind", f"Tidak dapat untuk “{locked.get_kind_display()}”.", status=409)
    return locked


def _insist(text: str, field: str) -> None:
    if len(text.strip()) < EVIDENCE:
        raise Refused.because("evidence", f"Tulis alasannya, paling sedikit {EVIDENCE} huruf.", field)


def _end(exception: ReconException, actor: Actor, note: str, at: datetime) -> None:
    exception.state, exception.resolved_at = ReconException.State.RESOLVED, at
    exception.note, exception.resolver_id = note[:500], actor.person
    exception.save(update_fields=["state", "resolved_at", "note", "resolver", "payment"])

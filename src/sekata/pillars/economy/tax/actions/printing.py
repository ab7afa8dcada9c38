"""Putting letters on paper: a year's SPPT by many processes, every other paper once when it is first asked for."""

from collections.abc import Callable
from datetime import date, datetime
from itertools import islice

from django.db import transaction

from sekata.kernel.documents import actions as registry
from sekata.kernel.jobs import defer
from sekata.kernel.journal.actions import action, record
from sekata.kernel.units import queries as units
from sekata.lib import clock
from sekata.lib.actor import Actor, system
from sekata.lib.result import Refused
from sekata.pillars.economy.tax import documents as paper
from sekata.pillars.economy.tax.codes import AssessmentKind, BatchState
from sekata.pillars.economy.tax.documents import mass
from sekata.pillars.economy.tax.documents.values import Listing, Sheet
from sekata.pillars.economy.tax.models import Assessment, CollectionAct, MassBatch, Paper, Taxpayer, Transfer
from sekata.pillars.economy.tax.queries import papers
from sekata.pillars.economy.tax.queries import receipts as receipts_read
from sekata.pillars.economy.tax.rights import ASSESS, SYSTEM
from sekata.pillars.economy.tax.rules.dates import month_bounds

KEPT_TOGETHER = 100
Progress = Callable[[int, int], None]


def new_sheet(at: datetime, code: str) -> Sheet:
    """The paper of the day under a check code, signed by the head of the office."""
    day = at.astimezone(clock.WIB).date()
    return Sheet(papers.office(), at, papers.check_url(code), papers.head(day))


@action(right=ASSESS, event="tax.sppt.print_asked", on="batch")
def print_batch(*, actor: Actor, batch: MassBatch, at: datetime) -> MassBatch:
    """Have the letters of an issued batch put on paper by a job; what is on paper already stays as it is."""
    if batch.state != BatchState.ISSUED:
        raise Refused.because("state", "SPPT tahun ini belum diterbitkan.", status=409)
    defer("tax.print", batch=batch.pk, lock="tax.print")
    return batch


def print_letters(
    batch: int,
    *,
    processes: int = mass.PROCESSES,
    most: int | None = None,
    progress: Progress = lambda *_: None,
    **_: object,
) -> int:
    """Job: put on paper what is not yet; how many letters. A run that dies goes on after its last hundred.

    Typesetting runs in `processes`; the parent keeps files and register rows, a hundred letters a transaction.
    """
    at, todo = clock.now(), papers.unprinted(batch)[:most]
    if not todo:
        return 0
    first, codes = new_sheet(at, ""), [registry.new_check_code() for _ in todo]
    sheets = (Sheet(first.office, at, papers.check_url(code), first.signer) for code in codes)
    letters = (letter for start in range(0, len(todo), KEPT_TOGETHER)
               for _pk, letter in papers.land_letters(todo[start : start + KEPT_TOGETHER]))  # fmt: skip
    printed = mass.rendered(zip(sheets, letters, strict=True), processes)
    unit, done = units.by_code(papers.UNIT).pk, 0
    waiting = zip(todo, codes, printed, strict=True)
    while some := list(islice(waiting, KEPT_TOGETHER)):
        _keep(some, unit, at)
        done += len(some)
        progress(done, len(todo))
    with transaction.atomic():
        row = MassBatch.objects.get(pk=batch)
        record("tax.sppt.printed", actor=system("tax.print"), subject=row, at=at, after={"letters": done})
    return done


@transaction.atomic
def _keep(some: list[tuple[int, str, bytes]], unit: int, at: datetime) -> None:
    """Register some printed letters; one that another run has kept meanwhile is left alone."""
    rows = Assessment.objects.select_for_update().filter(
        pk__in=[pk for pk, _code, _pdf in some], document=None
    )
    free = {row.pk: row for row in rows.only("number", "tax_year", "document")}
    for pk, code, content in some:
        letter = free.get(pk)
        if letter is not None:
            letter.document = registry.issue(
                kind="tax.sppt", title=f"SPPT PBB-P2 {letter.tax_year}", number=letter.number, unit=unit,
                content=content, check_code=code, facts={"Nomor": letter.number}, at=at,
            )  # fmt: skip
    Assessment.objects.bulk_update(free.values(), ["document"])


def _issued(kind: str, title: str, number: str, content: bytes, code: str, at: datetime) -> registry.Document:
    return registry.issue(
        kind=f"tax.{kind}",
        title=title,
        number=number,
        unit=units.by_code(papers.UNIT).pk,
        content=content,
        check_code=code,
        facts={"Nomor": number} if number else {},
        at=at,
    )


def letter(assessment: Assessment, at: datetime) -> registry.Document:
    """The paper of an issued letter, made when it is first asked for and the same ever after."""
    if not papers.printable(assessment):
        raise Refused.because("draft", "Ketetapan ini belum diterbitkan.", status=409)
    return assessment.document or _letter(actor=system("tax.paper"), assessment=assessment, at=at)


@action(right=SYSTEM, event="tax.letter.printed", on="assessment")
def _letter(*, actor: Actor, assessment: Assessment, at: datetime) -> registry.Document:
    locked = (
        Assessment.objects.select_for_update(of=("self",)).select_related("document").get(pk=assessment.pk)
    )
    if locked.document is not None:
        return locked.document
    code = registry.new_check_code()
    sheet = new_sheet(at, code)
    if assessment.kind == AssessmentKind.SPPT:
        _pk, made = next(papers.land_letters([assessment.pk]))
        content = paper.sppt(sheet, made)
    else:
        content = paper.assessment(sheet, papers.letter_paper(assessment))
    title = assessment.get_kind_display()
    document = _issued(assessment.kind, title, assessment.number, content, code, at)
    Assessment.objects.filter(pk=assessment.pk).update(document=document)
    assessment.document = document
    return document


def _once(
    kind: str, about: str, title: str, make: Callable[[Sheet], bytes], subject: object, at: datetime
) -> registry.Document:
    known = Paper.objects.select_related("document__file").filter(kind=kind, about=about).first()
    if known:
        return known.document
    return _paper(
        actor=system("tax.paper"), subject=subject, kind=kind, about=about, title=title, make=make, at=at
    )


@action(right=SYSTEM, event="tax.paper.printed", on="subject", keeps=("kind", "about"))
def _paper(
    *,
    actor: Actor,
    subject: object,
    kind: str,
    about: str,
    title: str,
    make: Callable[[Sheet], bytes],
    at: datetime,
) -> registry.Document:
    code = registry.new_check_code()
    document = _issued(kind, title, about, make(new_sheet(at, code)), code, at)
    Paper.objects.create(kind=kind, about=about, document=document)
    return document


def card(taxpayer: Taxpayer, at: datetime) -> registry.Document:
    """The taxpayer's card."""
    day = taxpayer.registered_at.astimezone(clock.WIB).date()

    def make(sheet: Sheet) -> bytes:
        return paper.card(sheet, taxpayer.npwpd, taxpayer.name, taxpayer.address, day)

    return _once("card", taxpayer.npwpd, "Kartu NPWPD", make, taxpayer, at)


def duty(transfer: Transfer, at: datetime) -> registry.Document:
    """The six sheets of a validated SSPD-BPHTB; before its validation there is none."""
    if not papers.is_validated(transfer):
        raise Refused.because("not_validated", "SSPD-BPHTB ini belum tervalidasi.", status=409)
    made, status = papers.transfer_paper(transfer)

    def make(sheet: Sheet) -> bytes:
        return paper.transfer(sheet, made, status)

    return _once("bphtb", transfer.number, "SSPD-BPHTB", make, transfer, at)


def act(served: CollectionAct, at: datetime) -> registry.Document:
    """A warning, a Surat Paksa, an order of seizure."""
    made = papers.demand(served)

    def make(sheet: Sheet) -> bytes:
        return paper.collection(
            sheet, made.name, made.number, made.about, made.debts, made.text, oath=made.oath
        )

    return _once("act", made.number, made.name, make, served, at)


def listing(table: Listing, at: datetime) -> bytes:
    """A list of the day (DHKP, monthly report): printed when asked for and kept nowhere."""
    return paper.listing(new_sheet(at, ""), table)


def month_report(period: str, at: datetime) -> bytes:
    """The month's revenue report."""
    start, end = month_bounds(period)
    month, so_far = receipts_read.received(start, end), receipts_read.received(date(start.year, 1, 1), end)
    penalties, wanted = papers.penalties(start, end), receipts_read.targets_of(start.year, end)
    rows = [
        (tax.label, month.get(tax, 0), so_far.get(tax, 0), wanted.get(tax, 0), penalties.get(tax, 0))
        for tax in receipts_read.TaxType
        if so_far.get(tax) or wanted.get(tax)
    ]
    return listing(papers.month_paper(rows, period), at)

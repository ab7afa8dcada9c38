"""R22 Booking: what becomes payable, changes, is cancelled, written off or given back enters the regency's book.

Called inside the acts of this room and inside the chunks of the mass assessment. The key of an entry names its event,
so that an act that is done again books nothing again.
"""

from collections.abc import Iterable
from datetime import date, datetime

from sekata.kernel.ledger import actions as ledger
from sekata.kernel.ledger import queries as ledger_read
from sekata.kernel.ledger.queries import Book, Entry
from sekata.kernel.ledger.terms import Draft, Line
from sekata.kernel.units import queries as units
from sekata.lib import clock
from sekata.pillars.economy.tax.actions.requests import UNIT
from sekata.pillars.economy.tax.codes import AssessmentKind, TaxType
from sekata.pillars.economy.tax.models import Assessment, Refund, TaxReturn, Transfer
from sekata.pillars.economy.tax.queries import accounts as reading
from sekata.pillars.economy.tax.rules import recognition
from sekata.pillars.economy.tax.rules.recognition import Claim

NAME = "Buku penerimaan pajak daerah"
OPENED = date(2010, 1, 1)
SOURCES = {
    Assessment: "tax.assessment",
    TaxReturn: "tax.return",
    Transfer: "tax.transfer",
    Refund: "tax.refund",
}


def prepare(on: date) -> Book:
    """Keep the chart as the tables of `on` say and open the regency's book; done again it changes nothing."""
    chart = ledger.keep_chart(code=reading.CHART, name="Bagan akun daerah", accounts=reading.chart(on))
    unit = units.by_code(UNIT)
    return ledger.open_book(code=reading.BOOK, name=NAME, chart=chart, unit=unit, opened=OPENED)


def keep_chart(**_: object) -> None:
    """Nightly job: accounts that the tables have gained enter the chart."""
    prepare(clock.today())


def book(on: date) -> Book:
    """The regency's book, opened when the first act needs it."""
    try:
        return ledger_read.book(reading.BOOK)
    except Book.DoesNotExist:
        return prepare(on)


def claim_of(letter: Assessment) -> Claim:
    """What an assessment asks for; a credit is taken off the tax. An STPD adds its interest alone: the tax in it was
    recognised with its return."""
    if letter.kind == AssessmentKind.STPD:
        return Claim(0, letter.interest)
    extra = letter.increase + letter.interest + letter.fine
    return Claim(letter.principal - letter.credit, extra, letter.surcharge)


def key_of(letter: Assessment) -> str:
    """The entry that recognises a letter: `tax.sppt:140501000100100010202600`."""
    return f"tax.{letter.kind}:{letter.number}"


def drafts(letters: Iterable[Assessment], day: date) -> list[Draft]:
    """The entries that recognise letters; a letter of nil needs none."""
    made, known = [], {}
    for letter in letters:
        tax = letter.tax_type
        if tax not in known:
            known[tax] = (reading.accounts(tax, day), reading.liability(tax, day))
        lines = recognition.recognised(claim_of(letter), *known[tax])
        if lines:
            memo = f"{letter.get_kind_display()} {letter.number}"
            made.append(_draft(key_of(letter), day, memo, lines, ("tax.assessment", letter.number)))
    return made


def recognise(letters: Iterable[Assessment], *, day: date, at: datetime) -> int:
    """Book letters that were issued on a day; those booked already are left out. How many entries are new."""
    return ledger.post_many(book=book(day), drafts=drafts(letters, day), at=at)


def recognise_land(letters: Iterable[tuple[str, int]], *, day: date, at: datetime) -> int:
    """Book fresh SPPT, of which number and principal say all: what `recognise` does, for tens of thousands."""
    accounts, kind = reading.accounts(TaxType.LAND, day), AssessmentKind.SPPT
    made = [
        Draft(
            f"tax.{kind}:{number}",
            day,
            f"{kind.label} {number}",
            (Line(accounts.receivable, principal), Line(accounts.revenue, -principal)),
            ("tax.assessment", number),
        )
        for number, principal in letters
    ]
    return ledger.post_many(book=book(day), drafts=made, at=at)


def adjust(letter: Assessment, before: Claim, *, event: str, at: datetime) -> Entry | None:
    """Book by how much a letter changed. event: names the decision, once."""
    change, day = claim_of(letter) - before, _day(at)
    lines = recognition.recognised(change, *_accounts(letter, day))
    memo = f"Perubahan {letter.get_kind_display()} {letter.number}"
    return _post(f"tax.change:{event}", memo, lines, letter, at)


def take_back(letter: Assessment, *, at: datetime) -> list[Entry]:
    """Reverse every entry of a cancelled letter that still stands."""
    found = ledger_read.source_entries("tax.assessment", letter.number)
    return [_reverse(entry, at) for entry in found if entry.reverses_id is None]


def _reverse(entry: Entry, at: datetime) -> Entry:
    key, day = f"{entry.key}:cancelled", max(_day(at), entry.day)
    return ledger.reverse(entry=entry, key=key, day=day, memo=f"Batal: {entry.memo}"[:200], at=at)


def write_off(letter: Assessment, *, at: datetime) -> Entry | None:
    """Take what will never come out of the receivables."""
    day = _day(at)
    allowance = reading.shared(day)["allowance"]
    lines = recognition.written_off(
        letter.total - letter.paid, reading.accounts(letter.tax_type, day), allowance
    )
    return _post(f"tax.written_off:{letter.number}", f"Penghapusan {letter.number}", lines, letter, at)


def recognise_return(filing: TaxReturn, *, at: datetime) -> Entry | None:
    """Book a return: its tax, or by how much a correction differs from what it replaces."""
    day, tax = _day(at), filing.object.tax_type
    earlier = filing.corrects
    before = Claim(earlier.tax, 0, earlier.surcharge) if earlier else Claim(0)
    claim = Claim(filing.tax, filing.interest + filing.fine, filing.surcharge) - before
    lines = recognition.recognised(claim, reading.accounts(tax, day), reading.liability(tax, day))
    return _post(f"tax.sptpd:{filing.number}", f"SPTPD {filing.number}", lines, filing, at)


def recognise_transfer(transfer: Transfer, *, at: datetime) -> Entry | None:
    """Book an acquisition duty that is asked for."""
    lines = recognition.recognised(Claim(transfer.duty), reading.accounts(TaxType.TRANSFER, _day(at)))
    return _post(f"tax.bphtb:{transfer.number}", f"BPHTB {transfer.number}", lines, transfer, at)


def drop_transfer(transfer: Transfer, *, at: datetime) -> None:
    """Reverse the duty of a draft that was given up after it had been asked for."""
    entry = ledger_read.by_key(book(_day(at)), f"tax.bphtb:{transfer.number}")
    if entry:
        _reverse(entry, at)


def grant_refund(refund: Refund, *, at: datetime) -> Entry | None:
    """Book a refund whose letter was issued: revenue goes back, it is owed."""
    day, number = _day(at), refund.case.number
    tax = reading.accounts(refund.assessment.tax_type, day)
    lines = recognition.given_back(refund.decided, tax, reading.shared(day)["refund"])
    return _post(f"tax.refund:{number}", f"SKPDLB {number}", lines, refund, at)


def set_off(refund: Refund, letter: Assessment, amount: int, *, at: datetime) -> Entry | None:
    """Book arrears of a letter that were settled out of a refund."""
    day, number = _day(at), refund.case.number
    tax = reading.accounts(letter.tax_type, day)
    lines = recognition.offset(amount, tax, reading.shared(day)["refund"])
    return _post(f"tax.offset:{number}:{letter.number}", f"Perhitungan {letter.number}", lines, refund, at)


def pay_out(refund: Refund, *, day: date, at: datetime) -> Entry | None:
    """Book a refund paid out of the treasury, with its interest."""
    number = refund.case.number
    lines = recognition.paid_out(refund.decided - refund.offset, refund.interest, reading.shared(day))
    return _post(f"tax.refund_paid:{number}", f"Pengembalian {number}", lines, refund, at, day)


def _accounts(letter: Assessment, day: date) -> tuple[object, str]:
    return reading.accounts(letter.tax_type, day), reading.liability(letter.tax_type, day)


def _day(at: datetime) -> date:
    return at.astimezone(clock.WIB).date()


def _draft(key: str, day: date, memo: str, lines: recognition.Lines, source: tuple[str, str]) -> Draft:
    return Draft(key, day, memo, tuple(Line(code, amount) for code, amount in lines), source)


def _post(
    key: str, memo: str, lines: recognition.Lines, about: object, at: datetime, day: date | None = None
) -> Entry | None:
    if not lines:
        return None
    day = day or _day(at)
    source = (SOURCES[type(about)], _source_id(about))
    return ledger.post(book=book(day), draft=_draft(key, day, memo, lines, source), at=at)


def _source_id(about: object) -> str:
    return about.case.number if isinstance(about, Refund) else about.number

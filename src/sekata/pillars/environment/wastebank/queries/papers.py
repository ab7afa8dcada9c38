"""What stands on the printables, gathered from the books and the records."""

from datetime import date, datetime, timedelta
from fractions import Fraction

from django.db.models import Q

from sekata.kernel.ledger import queries as ledger
from sekata.kernel.units import queries as units
from sekata.lib.actor import Actor
from sekata.pillars.environment.wastebank import documents as paper
from sekata.pillars.environment.wastebank.codes import FLAGS, DepositState, Unit
from sekata.pillars.environment.wastebank.models import Customer, Deposit, Paper, Pickup, Sale, WasteBank
from sekata.pillars.environment.wastebank.queries import books, impact, trade
from sekata.pillars.environment.wastebank.queries.law import law
from sekata.pillars.environment.wastebank.rights import AT_THE_BANK, SEE
from sekata.pillars.environment.wastebank.rules import bookkeeping
from sekata.web import words

SHARES = {"operators": "Pengelola", "capital": "Modal", "customers": "Nasabah", "social": "Sosial"}
PAGE_LINES = 24


def by_code(actor: Actor, code: str) -> Paper | None:
    """A paper that the actor may read: the own one, or one of a bank that the actor sees."""
    found = (
        Paper.objects.select_related("document__file", "bank__case", "customer")
        .filter(document__check_code=code)
        .first()
    )
    if found is None:
        return None
    person = actor.acting_for or actor.person
    own = found.customer and found.customer.person_id and found.customer.person_id == person
    right = AT_THE_BANK if found.customer else SEE
    return found if own or right.allows(actor, found.bank) else None


def of(customer: Customer) -> list[Paper]:
    """The customer's latest papers."""
    return list(Paper.objects.select_related("document").filter(customer=customer).order_by("-pk")[:10])


def office(bank: WasteBank) -> paper.Office:
    """The bank as it stands on its paper."""
    area = units.areas().get(bank.villages[0]) if bank.villages else None
    head = "Bank sampah induk" if bank.kind == "central" else "Bank sampah unit"
    return paper.Office(f"{head} {bank.code}", bank.name, bank.address or "–", area.name if area else "")


def receipt(made: Deposit, url: str, at: datetime) -> bytes:
    """The receipt of a deposit."""
    materials = law(made.corrected_at).materials
    lines = [
        paper.Weighed(
            materials[line.material]["name"],
            line.quantity,
            Unit(materials[line.material]["unit"]).label,
            line.unit_price,
            line.amount,
        )
        for line in made.lines.order_by("place")
    ]
    return paper.receipt(
        office=office(made.bank),
        number=made.number,
        provisional=made.provisional_no,
        customer=f"{made.customer.number} {made.customer.name}",
        weighed_at=made.corrected_at,
        weigher=made.weigher.person.full_name,
        scale=made.scale.serial if made.scale else "",
        list_version=made.list_version,
        lines=lines,
        gross=made.gross,
        credited=made.credited,
        warnings=[FLAGS[flag] for flag in made.flags if flag in FLAGS],
        cancelled=made.reversal_reason if made.state == DepositState.REVERSED else "",
        check_url=url,
        issued_at=at,
    )


def statement(customer: Customer, period: paper.Period, url: str, at: datetime) -> bytes:
    """The statement of a period, from the book."""
    book = books.book_of(customer.bank)
    found = ledger.statement(book, bookkeeping.CUSTOMERS, customer.number, period.since, period.until)
    unclaimed = books.held_by(customer.bank, bookkeeping.CUSTOMERS).get(
        bookkeeping.UNCLAIMED + customer.number, 0
    )
    return paper.statement(
        office=office(customer.bank),
        number=customer.number,
        name=customer.name,
        period=period,
        opening=found.opening,
        lines=[_line(one) for one in found.lines],
        closing=found.closing,
        holds=[(one.memo, one.amount) for one in books.holds(customer)],
        unclaimed=unclaimed,
        check_url=url,
        issued_at=at,
    )


def _line(one: ledger.Movement) -> paper.Line:
    return paper.Line(one.day, one.memo, one.amount, one.balance)


def passbook(customer: Customer, url: str, at: datetime) -> bytes:
    """The latest page of the passbook."""
    book = books.book_of(customer.bank)
    page = ledger.passbook(book, bookkeeping.CUSTOMERS, customer.number, size=PAGE_LINES)
    return paper.passbook(
        office=office(customer.bank),
        number=customer.number,
        name=customer.name,
        lines=[_line(one) for one in reversed(page.lines)],
        opening=page.opening,
        check_url=url,
        issued_at=at,
    )


def sale_slip(sale: Sale, url: str, at: datetime) -> bytes:
    """The slip of a sale: before the buyer has accepted, what was weighed out at the planned price."""
    materials, lines = law(sale.planned_at).materials, list(sale.lines.order_by("material", "grade"))
    accepted = sale.accepted_at is not None
    return paper.sale_slip(
        office=office(sale.bank),
        number=sale.number,
        buyer=sale.collector.name,
        state=sale.get_state_display(),
        slip=sale.slip,
        lines=[
            paper.Weighed(
                materials[line.material]["name"],
                line.kg - line.rejected_kg,
                "kg",
                line.price,
                line.revenue if accepted else 0,
            )
            for line in lines
        ],
        rejected=[
            paper.Row(materials[line.material]["name"], f"{words.number(line.rejected_kg, 3)} kg")
            for line in lines
            if line.rejected_kg
        ],
        total=sum(line.revenue for line in lines),
        check_url=url,
        issued_at=at,
    )


def month_report(bank: WasteBank, month: date, url: str, at: datetime) -> bytes:
    """The month as books and records have it."""
    until = (month + timedelta(days=32)).replace(day=1)
    come = impact.intake_kg(month, until, bank)
    gone = {code: one.kg - one.rejected_kg for code, one in impact.outgoing(month, until, bank).items()}
    materials = law(impact.day_start(month)).materials
    earned = trade.surplus(bank, month)
    rows = books.turnovers(bank, (month, until))
    return paper.month_report(
        office=office(bank),
        month=month,
        figures=_figures(bank, rows, sum(come.values()), sum(gone.values()), earned["net"]),
        accounts=[(row.code, row.name, row.opening, row.debit, row.credit, row.closing) for row in rows],
        materials=[
            (materials[code]["name"] if code in materials else code, come.get(code, 0), gone.get(code, 0))
            for code in sorted({*come, *gone})
        ],
        pools={SHARES.get(name, name): amount for name, amount in earned["pools"].items()},
        check_url=url,
        issued_at=at,
    )


def _figures(bank: WasteBank, rows: list[ledger.Turnover], come, gone, net: int) -> list[paper.Row]:
    sums = {row.code: row for row in rows}
    owed = sums.get(bookkeeping.CUSTOMERS)
    covered = bookkeeping.coverage({row.code: row.closing for row in rows})
    return [
        paper.Row("Diterima dari nasabah", f"{words.number(come, 3)} kg"),
        paper.Row("Dijual atau diolah", f"{words.number(gone, 3)} kg"),
        paper.Row("Dikreditkan kepada nasabah", words.rupiah(owed.credit if owed else 0)),
        paper.Row("Diambil nasabah", words.rupiah(owed.debit if owed else 0)),
        paper.Row("Utang kepada nasabah di akhir bulan", words.rupiah(-owed.closing if owed else 0)),
        paper.Row("Cakupan uang nasabah", shown_coverage(covered)),
        paper.Row("Sisa hasil usaha", words.rupiah(net)),
    ]


def shown_coverage(covered: Fraction | None) -> str:
    """`104,2 %`; cut, so that 99.99 is never shown as whole."""
    if covered is None:
        return "–"
    tenths = covered.numerator * 1000 // covered.denominator
    return f"{tenths // 10},{tenths % 10} %"


def route(bank: WasteBank, day: date, at: datetime) -> bytes:
    """The stops of a day in their order."""
    stops = (
        Pickup.objects.select_related("customer", "driver__person", "case")
        .filter(Q(case__state="scheduled") | Q(case__state="on_the_way"), bank=bank, day=day)
        .order_by("part", "stop", "pk")
    )
    found = list(stops)
    drivers = sorted({one.driver.person.full_name for one in found if one.driver})
    return paper.route(
        office=office(bank),
        day=day,
        driver=", ".join(drivers) or "–",
        stops=[
            {
                "place": str(place),
                "name": one.customer.name,
                "address": one.address,
                "estimate": f"{words.number(one.estimate_kg.normalize() + 0)} kg",
            }
            for place, one in enumerate(found, 1)
        ],
        issued_at=at,
    )

"""Giving out the papers of a month: the register book for the office, the bulletin for everybody."""

from collections.abc import Sequence
from datetime import date, datetime

from sekata.kernel.documents import actions as documents
from sekata.kernel.journal.actions import action
from sekata.kernel.units import queries as units
from sekata.lib.actor import Actor
from sekata.lib.result import Refused
from sekata.lib.words import month_name
from sekata.pillars.environment.complaints import documents as paper
from sekata.pillars.environment.complaints import rules
from sekata.pillars.environment.complaints.actions import papers
from sekata.pillars.environment.complaints.codes import MonthlyKind
from sekata.pillars.environment.complaints.models import MonthlyPaper
from sekata.pillars.environment.complaints.queries import figures
from sekata.pillars.environment.complaints.queries import monthly as read
from sekata.pillars.environment.complaints.queries.law import law
from sekata.pillars.environment.complaints.rights import HEADS
from sekata.web import words


@action(right=HEADS, event="complaints.register.issued", keeps=("month",))
def issue_register(*, actor: Actor, month: date, at: datetime) -> MonthlyPaper:
    """Buku register of a month that is over, signed by whoever gives it out; a later one is a new edition."""
    _insist_over(month, at)
    code, url = papers.check_address()
    found = read.lines(month, at)
    content = paper.register(
        office=papers.office(), month=month, rows=[_register_row(line) for line in found],
        totals=_totals(found, month), signer=papers.signer(actor.person, at, url), check_url=url, issued_at=at,
    )  # fmt: skip
    return _issue(MonthlyKind.REGISTER, "Buku register pengaduan", month, content, code, at)


def _register_row(line: read.Line) -> paper.RegisterRow:
    case = line.complaint.case
    subject = case.title if case.title != line.service else ""
    return paper.RegisterRow(
        case.number, case.received_at, read.channel(line), line.service, subject, line.place, line.authority,
        line.state, due=line.limit, ended=words.local(line.ended).date() if line.ended else None,
        result=line.finding, late=line.late,
    )  # fmt: skip


def _totals(found: Sequence[read.Line], month: date) -> list[tuple[str, int | str]]:
    kept, due = figures.on_time(*read.span(month))
    return [
        ("Pengaduan diterima", len(found)),
        ("Kejadian", read.incidents(found)),
        ("Jatuh tempo pada bulan ini", due),
        ("Dijawab tepat waktu", _share(kept, due)),
        ("Lewat batas dari yang diterima", sum(line.late for line in found)),
    ]


def _share(part: int, whole: int) -> str:
    return f"{words.number(round(100 * part / whole, 1))} %" if whole else "–"


@action(right=HEADS, event="complaints.bulletin.issued", keeps=("month",))
def issue_bulletin(*, actor: Actor, month: date, at: datetime) -> MonthlyPaper:
    """Buletin of a month that is over: counted, small numbers covered, open to everybody from now on (R13)."""
    _insist_over(month, at)
    code, url = papers.check_address()
    found, span = read.lines(month, at), read.span(month)
    content = paper.bulletin(
        office=papers.office(), month=month, headline=_headline(span, found), lead=_lead(month, found, at),
        figures=_figures(span, found, at), groups=_groups(found, at),
        districts=[paper.DistrictRow(d.name, d.complaints, d.ended, d.late) for d in read.by_district(found, at)],
        stories=[paper.Story(title, text) for title, text in read.stories(month)],
        data_url=papers.address("/pengaduan/data.csv"), check_url=url, issued_at=at,
    )  # fmt: skip
    return _issue(MonthlyKind.BULLETIN, "Buletin pengaduan lingkungan hidup", month, content, code, at)


def _headline(span: tuple[datetime, datetime], found: Sequence[read.Line]) -> str:
    kept, due = figures.on_time(*span)
    if due >= 3:
        return f"{_share(kept, due)} pengaduan yang jatuh tempo dijawab tepat waktu"
    return "Pengaduan warga bulan ini" if found else "Bulan tanpa pengaduan"


def _lead(month: date, found: Sequence[read.Line], at: datetime) -> str:
    when = f"{month_name(month.month)} {month.year}"
    if not found:
        return f"Pada {when} tidak ada pengaduan yang masuk."
    said = (
        f"Pada {when} warga mengirim {_covered(len(found), at)} pengaduan tentang "
        f"{_covered(read.incidents(found), at)} kejadian."
    )
    group, size = read.by_group(found)[0]
    return f"{said} Yang terbanyak tentang {group.label.lower()}: {_covered(size, at)} pengaduan."


def _covered(count: int, at: datetime) -> str:
    return rules.printed_count(count, law(at).precision)


def _figures(
    span: tuple[datetime, datetime], found: Sequence[read.Line], at: datetime
) -> tuple[paper.Figure, ...]:
    hours, sampled = figures.sampled(*span)
    shares = (
        ("Dijawab tepat waktu", figures.on_time(*span), "dari {n} yang jatuh tempo"),
        ("Pelanggaran terbukti", figures.proven(*span), "dari {n} kejadian yang diverifikasi"),
        ("Dibuka kembali", figures.reopened(*span), "dari {n} yang berakhir"),
        ("Titik panas diperiksa", figures.ground_checked(*span), "dalam 24 jam, dari {n}"),
    )
    told = [
        _shown_share(label, pair, note.format(n=_covered(pair[1], at)), at) for label, pair, note in shares
    ]
    first = paper.Figure(
        "Pengaduan masuk", _covered(len(found), at), f"{_covered(read.incidents(found), at)} kejadian"
    )
    shown = f"{words.number(hours)} jam" if hours is not None else "–"
    river = paper.Figure(
        "Laporan sampai contoh air pertama", shown, f"nilai tengah dari {_covered(sampled, at)} kejadian"
    )
    return (first, told[0], river, *told[1:])


def _shown_share(label: str, pair: tuple[int, int], note: str, at: datetime) -> paper.Figure:
    """A share of one or two would tell of single cases."""
    told = _covered(pair[1], at) == str(pair[1])
    return paper.Figure(label, _share(*pair) if told else "–", note)


def _groups(found: Sequence[read.Line], at: datetime) -> list[paper.Bar]:
    covered = ((group.label, size, _covered(size, at)) for group, size in read.by_group(found))
    return [paper.Bar(label, size, shown if shown != str(size) else "") for label, size, shown in covered]


def _insist_over(month: date, at: datetime) -> None:
    if read.span(month)[1] > at:
        raise Refused.because("month_runs", "Bulan ini belum berakhir; terbitkan sesudahnya.", status=409)


def _issue(
    kind: MonthlyKind, title: str, month: date, content: bytes, code: str, at: datetime
) -> MonthlyPaper:
    issued = documents.issue(
        kind=f"complaints.{kind}",
        title=f"{title} {month_name(month.month)} {month.year}",
        unit=units.by_code(papers.OFFICE).pk,
        content=content,
        check_code=code,
        public=kind == MonthlyKind.BULLETIN,
        at=at,
    )
    return MonthlyPaper.objects.create(kind=kind, month=month, document=issued, issued_at=at)

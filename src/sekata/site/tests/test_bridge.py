"""The leadership's pages: what is counted is what the rows show."""

from datetime import date, timedelta

import pytest

from sekata.kernel.cases import actions
from sekata.kernel.cases.models import Escalation, Timer
from sekata.lib.manifest import PILLARS
from sekata.site.bridge import periods, queries
from sekata.site.bridge.periods import Period
from sekata.site.registry import REGISTRY
from sekata.site.tests.office import NOW, actor, sign_in

BUDGET = 15
TODAY = date(2026, 11, 24)
pytestmark = pytest.mark.django_db


@pytest.fixture
def decided(make_case):
    """A case decided so many days ago, in time or not."""

    def make(ago: int, in_time: bool = True, **given: object):
        closed = NOW - timedelta(days=ago)
        case = make_case(state="closed", closed_at=closed, received_at=closed - timedelta(days=20), **given)
        Timer.objects.filter(case=case).update(due_at=closed + timedelta(days=1 if in_time else -1))
        return case

    return make


@pytest.mark.parametrize(
    ("code", "first", "until"),
    [
        ("2026-11", date(2026, 11, 1), date(2026, 12, 1)),
        ("2026-T4", date(2026, 10, 1), date(2027, 1, 1)),
        ("2025", date(2025, 1, 1), date(2026, 1, 1)),
        ("2026-13", date(2026, 1, 1), date(2027, 1, 1)),
        ("apa saja", date(2026, 1, 1), date(2027, 1, 1)),
        ("0000", date(2026, 1, 1), date(2027, 1, 1)),
    ],
)
def test_a_period_is_read_from_its_code(code, first, until):
    period = periods.parse(code, TODAY)
    assert (period.first, period.until) == (first, until)
    assert periods.parse(period.code, TODAY) == period


def test_a_period_is_followed_by_the_next():
    for code in ("2026-01", "2026-T1", "2026"):
        period = periods.parse(code, TODAY)
        assert period.before.until == period.first and period.before.length == period.length
    assert len(periods.parse("2026", TODAY).months(TODAY)) == periods.MONTHS_SHOWN
    assert periods.parse("2026", TODAY).months(TODAY)[-1] == date(2026, 11, 1)


def test_the_share_is_what_the_rows_show(office, decided):
    for ago in (1, 2, 3):
        decided(ago)
    decided(4, in_time=False)
    client = sign_in(office.regent)
    share = client.get("/anjungan/?masa=2026-11").context["share"]
    assert (share.in_time, share.decided, share.percent) == (3, 4, 75)
    for outcome, count in (("", 4), ("tepat", 3), ("lewat", 1)):
        rows = client.get(f"/anjungan/baris/diputus/?masa=2026-11&hasil={outcome}").context["rows"]
        assert len(rows) == count


def test_a_day_limit_is_kept_until_midnight_and_an_hour_limit_to_the_minute(decided, office):
    by_day, by_hour = decided(2), decided(2)
    Timer.objects.filter(case=by_day).update(due_at=by_day.closed_at)
    Timer.objects.filter(case=by_hour).update(due_at=by_hour.closed_at, unit="hours")
    share = queries.share(queries.decided(date(2026, 11, 1), date(2026, 12, 1)))
    assert (share.in_time, share.decided) == (1, 2)
    rows = sign_in(office.regent).get("/anjungan/baris/diputus/?hasil=tepat").context["rows"]
    assert [row["row"].case for row in rows] == [by_hour]


def test_merged_reports_are_not_counted_as_decided(decided):
    lead, twin = decided(2), decided(2)
    twin.merged_into = lead
    twin.save()
    assert queries.share(queries.decided(date(2026, 11, 1), date(2026, 12, 1))).decided == 1


def test_nothing_decided_shows_no_figure(office):
    page = sign_in(office.regent).get("/anjungan/").content.decode()
    assert "Belum ada urusan yang diputus" in page and "100" not in page.split("Enam pilar")[0]


def test_pillars_without_a_system_say_so(office):
    page = sign_in(office.regent).get("/anjungan/").content.decode()
    assert page.count("Belum ada sistem yang berjalan") == len(PILLARS) - len(
        {system.pillar for system in REGISTRY.systems}
    )


def test_late_cases_are_listed_by_unit_with_names(office, make_case):
    for _ in range(2):
        make_case(due_in=-30)
    make_case(due_in=-50, holder=None)
    late = sign_in(office.regent).get("/anjungan/").context["late"]
    assert [(row["name"], row["size"]) for row in late] == [("Bidang Penaatan", 3)]
    assert late[0]["holders"] == [("Rosmaini", 2), ("belum ada pemegang", 1)]
    rows = sign_in(office.regent).get(late[0]["url"]).context["rows"]
    assert len(rows) == 3


@pytest.mark.parametrize("count", [3, 60])
def test_the_bridge_costs_the_same_for_few_and_for_many(
    office, make_case, decided, count, django_assert_max_num_queries
):
    for number in range(count):
        decided(number, in_time=bool(number % 3))
        case = make_case(due_in=number - 30, lat=0.3, lon=101.7)
        Escalation.objects.create(case=case, level=1 + number % 3, reason="Jawaban akhir", at=NOW)
    client = sign_in(office.regent)
    client.get("/anjungan/")
    with django_assert_max_num_queries(BUDGET):
        assert client.get("/anjungan/").status_code == 200


def test_rows_are_paged_without_repetition(office, decided):
    for ago in range(120):
        decided(ago)
    client, after, seen = sign_in(office.regent), "", []
    while after != "end":
        context = client.get(f"/anjungan/baris/diputus/?masa=2026&sesudah={after}").context
        seen += [row["row"].case.pk for row in context["rows"]]
        after = context["next"] or "end"
    assert len(seen) == len(set(seen)) == 120


@pytest.mark.parametrize("what", ["diputus", "diterima", "terbuka", "lewat", "eskalasi"])
def test_every_kind_of_rows_opens(office, make_case, what):
    case = make_case(due_in=-1)
    Escalation.objects.create(case=case, level=2, reason="Jawaban akhir", at=NOW)
    answer = sign_in(office.regent).get(f"/anjungan/baris/{what}/?sistem=complaints&wilayah=14.05.05")
    assert answer.status_code == 200
    assert bool(answer.context["rows"]) == (what != "diputus")


def test_the_title_of_a_case_is_not_for_the_bridge(office, make_case):
    make_case(title="Nama warga tersebut di judul")
    page = sign_in(office.regent).get("/anjungan/baris/terbuka/").content.decode()
    assert "Nama warga" not in page


def test_an_escalation_is_answered_once(office, make_case):
    escalation = Escalation.objects.create(case=make_case(), level=2, reason="Jawaban akhir", at=NOW)
    regent = actor(office.regent)
    actions.answer_escalation(
        actor=regent, escalation=escalation, text="Tim turun besok pagi, laporkan Jumat."
    )
    with pytest.raises(Exception, match="sudah dijawab"):
        actions.answer_escalation(
            actor=regent, escalation=escalation, text="Tim turun besok pagi, laporkan Jumat."
        )
    assert escalation.case.steps.get().transition == "escalation_answered"


def test_flags_lead_to_where_they_are_answered(office, make_case):
    Escalation.objects.create(case=make_case(), level=3, reason="Jawaban akhir", at=NOW)
    context = sign_in(office.regent).get("/anjungan/").context
    (flag, url), *_others = context["flags"]
    assert flag.level == 3 and url.startswith("/") and context["levels"][0][:2] == (3, 1)


def test_the_pillar_counts_its_indicators(office):
    page = sign_in(office.regent).get("/anjungan/pilar/environment/?masa=2026")
    assert page.status_code == 200
    assert sign_in(office.regent).get("/anjungan/pilar/tidak-ada/").status_code == 404


def test_the_bridge_is_for_leaders(office):
    assert sign_in(office.rosmaini).get("/anjungan/").status_code == 403


def test_a_month_names_itself():
    assert Period("2026-11", date(2026, 11, 1), date(2026, 12, 1)).label() == "November 2026"
    assert periods.of_quarter(TODAY).label() == "triwulan 4 tahun 2026"

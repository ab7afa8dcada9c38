"""The inbox, the calendar and the message box of officers."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.http import QueryDict
from django.test import Client

from sekata.kernel.cases.models import Follow, SavedView
from sekata.kernel.journal.models import Event
from sekata.kernel.notify.models import Message
from sekata.kernel.search.actions import Findable, index
from sekata.lib.clock import WIB
from sekata.site.desk import asking, clocks
from sekata.site.desk import calendar as days
from sekata.site.tests.office import NOW, citizen, sign_in

BUDGET = 12
pytestmark = pytest.mark.django_db


def wib(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=WIB)


@pytest.mark.parametrize(
    ("due", "now", "said", "state"),
    [
        ("2026-11-24 09:22", "2026-11-24 10:00", "lewat 38 menit", "red"),
        ("2026-11-25 12:00", "2026-11-24 10:00", "besok 12.00", "amber"),
        ("2026-11-29 00:00", "2026-11-24 10:00", "4 hari lagi", "green"),
        ("2026-11-25 00:00", "2026-11-24 10:00", "hari ini", "amber"),
        ("2026-11-26 00:00", "2026-11-24 10:00", "besok", "amber"),
        ("2026-11-24 00:00", "2026-11-24 10:00", "lewat 1 hari", "red"),
        ("2026-11-24 15:00", "2026-11-24 10:00", "5 jam lagi", "amber"),
    ],
)
def test_a_clock_says_how_near_its_limit_is(due, now, said, state):
    badge = clocks.badge(wib(due), wib("2026-11-10 10:00"), wib(now))
    assert (badge.words, badge.state) == (said, state)


def test_a_paused_clock_says_so_and_a_case_without_limit_has_none():
    assert clocks.badge(NOW, NOW, NOW, paused=True).words == "dijeda"
    assert clocks.badge(datetime(9999, 12, 31, tzinfo=UTC), NOW, NOW) is None


def test_amber_begins_below_a_fifth_of_the_limit():
    since, due = NOW, NOW + timedelta(hours=10)
    assert clocks.badge(due, since, NOW + timedelta(hours=8)).state == "green"
    assert clocks.badge(due, since, NOW + timedelta(hours=8, minutes=1)).state == "amber"


def test_a_question_survives_its_address():
    ask = asking.Ask("lewat", "complaints", ("received",), (1, 2), "14.05.05", "ikan mati", True, True)
    assert asking.read(QueryDict(asking.address(ask)[1:])) == ask
    assert asking.read(QueryDict("antrean=apa&prioritas=9&kasus=x&sesudah=kemarin")) == asking.Ask()


def test_a_new_filter_begins_at_the_first_page():
    ask = asking.Ask(after=asking.write_cursor((NOW, 7)), case=3)
    assert "sesudah" not in asking.address(ask, district="14.05.05")
    assert "sesudah" in asking.address(ask, case=4)


def test_the_inbox_shows_mine_nearest_limit_first(office, make_case):
    make_case(due_in=300, title="Nanti")
    make_case(due_in=-1, title="Sudah lewat")
    make_case(due_in=20, title="Besok", holder=office.hendri.person)
    page = sign_in(office.rosmaini).get("/kerja/").content.decode()
    assert page.index("Sudah lewat") < page.index("Nanti")
    assert "Besok" not in page and "lewat 1 jam" in page and "Segati, Langgam" in page


@pytest.mark.parametrize("count", [3, 60])
def test_the_list_costs_the_same_for_few_and_for_many(
    office, make_case, count, django_assert_max_num_queries
):
    for number in range(count):
        make_case(due_in=number - 5)
    client = sign_in(office.rosmaini)
    client.get("/kerja/?antrean=bidang")
    with django_assert_max_num_queries(BUDGET):
        assert client.get("/kerja/?antrean=bidang&prioritas=3").status_code == 200
    with django_assert_max_num_queries(BUDGET):
        assert client.get("/kerja/?antrean=bidang&tampil=peta").status_code == 200


def test_the_pages_show_each_case_once(office, make_case):
    numbers = {make_case(due_in=hours // 3).number for hours in range(70)}
    client, url, seen = sign_in(office.rosmaini), "/kerja/?antrean=bidang", []
    while url:
        context = client.get(url).context
        seen += [row.line.case.number for row in context["lines"]]
        url = f"/kerja/{context['next_url']}" if context["next_url"] else ""
    assert len(seen) == 70 and set(seen) == numbers


def test_queues_and_chips_narrow_the_list(office, make_case):
    late, today = make_case(due_in=-2), make_case(due_in=5)
    urgent = make_case(due_in=300, priority=1)
    paused = make_case(due_in=None, state="incomplete", paused_at=NOW)
    client = sign_in(office.rosmaini)

    def found(query: str) -> set[str]:
        return {row.line.case.number for row in client.get(f"/kerja/?{query}").context["lines"]}

    assert found("antrean=lewat") == {late.number}
    assert found("antrean=jeda") == {paused.number}
    assert found("kapan=hari-ini") == {late.number, today.number}
    assert found("prioritas=1&prioritas=2") == {urgent.number}
    assert found("kecamatan=14.05.06") == set()
    assert found("keadaan=incomplete&sistem=complaints") == {paused.number}
    chips = client.get("/kerja/").context["chips"]
    assert [chip.get("size") for chip in chips] == [None, "2", "1"]


def test_words_find_cases_of_ones_own_units_only(office, make_case):
    case, foreign = make_case(), make_case(unit=office.other)
    for one in (case, foreign):
        facts = {"kind": "complaint", "ref": one.number, "title": "ikan mati di hilir", "url": "/", "at": NOW}
        index(Findable(**facts, unit=one.unit_id, permission="complaints.see"))
    client = sign_in(office.rosmaini)
    by_word = client.get("/kerja/?cari=ikan").context["lines"]
    assert [row.line.case.number for row in by_word] == [case.number]
    assert not client.get(f"/kerja/?cari={foreign.number}").context["lines"]
    assert client.get(f"/kerja/?cari={case.number.lower()}").context["lines"]


def test_a_case_opens_beside_the_list_and_by_script_alone(office, make_case):
    case = make_case()
    client = sign_in(office.rosmaini)
    whole = client.get(f"/kerja/?kasus={case.pk}").content.decode()
    part = client.get(f"/kerja/?kasus={case.pk}", headers={"HX-Request": "true"}).content.decode()
    assert 'class="list"' in whole and case.number in whole
    assert part.strip().startswith("<article") and 'class="list"' not in part


def test_a_case_of_another_unit_is_not_shown(office, make_case):
    case = make_case(unit=office.other, holder=office.stranger.person, title="Rahasia unit lain")
    page = sign_in(office.rosmaini).get(f"/kerja/?kasus={case.pk}").content.decode()
    assert "Rahasia unit lain" not in page and "tidak ada di meja Anda" in page


def test_ticked_cases_are_taken_in_one_go(office, make_case):
    cases = [make_case(holder=None) for _ in range(3)]
    foreign = make_case(unit=office.other, holder=None)
    given = {
        "pilih": [case.pk for case in [*cases, foreign]],
        "lakukan": "ambil",
        "kembali": "antrean=bidang",
    }
    answer = sign_in(office.rosmaini).post("/kerja/pilihan/", given)
    assert answer.url == "/kerja/?antrean=bidang"
    for case in [*cases, foreign]:
        case.refresh_from_db()
    assert {case.holder for case in cases} == {office.rosmaini.person} and foreign.holder is None
    assert Event.objects.filter(kind="cases.assigned").count() == 3


def test_cases_are_handed_to_a_colleague_who_may_see_them(office, make_case):
    case = make_case()
    client = sign_in(office.rosmaini)
    form = client.get(f"/kerja/tugaskan/?pilih={case.pk}").context["form"]
    offered = [pk for pk, _name in form.fields["holder"].choices]
    assert office.hendri.person.pk in offered and office.stranger.person.pk not in offered
    given = {"pilih": case.pk, "holder": office.hendri.person.pk, "reason": "mohon dicek", "kembali": ""}
    assert client.post("/kerja/tugaskan/", given).status_code == 302
    case.refresh_from_db()
    assert case.holder == office.hendri.person and case.steps.get().reason == "mohon dicek"


def test_ticked_cases_go_on_to_their_page_without_secrets_in_the_address(office, make_case):
    case = make_case()
    given = {"pilih": case.pk, "lakukan": "tugaskan", "kembali": "antrean=bidang", "csrfmiddlewaretoken": "x"}
    url = sign_in(office.rosmaini).post("/kerja/pilihan/", given).url
    assert url == f"/kerja/tugaskan/?pilih={case.pk}&kembali=antrean%3Dbidang"


def test_an_outsider_cannot_be_given_a_case(office, make_case):
    case = make_case()
    given = {"pilih": case.pk, "holder": office.stranger.person.pk}
    answer = sign_in(office.rosmaini).post("/kerja/tugaskan/", given)
    case.refresh_from_db()
    assert answer.status_code == 422 and case.holder == office.rosmaini.person


def test_a_closed_case_stays_where_it_is(office, make_case):
    case = make_case(state="closed", closed_at=NOW, holder=None)
    given = {"pilih": case.pk, "lakukan": "ambil"}
    page = sign_in(office.rosmaini).post("/kerja/pilihan/", given, follow=True).content.decode()
    case.refresh_from_db()
    assert case.holder is None and "sudah ditutup" in page


def test_following_puts_a_case_into_its_own_queue(office, make_case):
    case, client = make_case(holder=None), sign_in(office.rosmaini)
    for _twice in range(2):
        client.post("/kerja/pilihan/", {"pilih": case.pk, "lakukan": "ikuti"})
    assert [row.line.case for row in client.get("/kerja/?antrean=ikut").context["lines"]] == [case]
    client.post("/kerja/pilihan/", {"pilih": case.pk, "lakukan": "lepas"})
    assert not Follow.objects.exists()


def test_nothing_ticked_says_what_to_do(office):
    page = sign_in(office.rosmaini).post("/kerja/pilihan/", {"lakukan": "ambil"}, follow=True)
    assert "Centang dulu urusannya" in page.content.decode()


def test_one_cannot_be_sent_elsewhere_after_an_act(office, make_case):
    given = {"pilih": make_case().pk, "lakukan": "ikuti", "kembali": "//jahat.example/"}
    assert sign_in(office.rosmaini).post("/kerja/pilihan/", given).url.startswith("/kerja/?")


def test_a_view_is_kept_and_dropped_by_its_owner(office):
    client, query = sign_in(office.rosmaini), "antrean=lewat&prioritas=1"
    client.post("/kerja/tampilan/", {"name": "Genting", "query": query})
    again = client.post("/kerja/tampilan/", {"name": "Genting", "query": ""}, follow=True).content.decode()
    view = SavedView.objects.get()
    assert view.query == query and "sudah dipakai" in again
    assert "Genting" in client.get("/kerja/").content.decode()
    sign_in(office.hendri).post(f"/kerja/tampilan/{view.pk}/hapus/")
    assert SavedView.objects.exists()
    client.post(f"/kerja/tampilan/{view.pk}/hapus/")
    assert not SavedView.objects.exists()


def test_ticked_cases_are_printed(office, make_case):
    case, foreign = make_case(), make_case(unit=office.other)
    page = sign_in(office.rosmaini).get(f"/kerja/cetak/?pilih={case.pk}&pilih={foreign.pk}").content.decode()
    assert case.number in page and foreign.number not in page


def test_an_empty_desk_says_what_to_do_next(office, make_case):
    make_case(holder=None)
    page = sign_in(office.rosmaini).get("/kerja/").content.decode()
    assert "Belum ada urusan untuk Anda hari ini" in page and "Bidang Anda punya 1 urusan" in page


def test_officers_without_cases_find_their_tools(office):
    page = sign_in(office.keeper).get("/kerja/").content.decode()
    assert 'href="/kerja/acuan/"' in page


def test_the_desk_is_for_officers(office):
    assert Client().get("/kerja/").url.startswith("/akun/")
    assert sign_in(citizen()).get("/kerja/").status_code == 403


def test_the_calendar_shows_limits_by_their_last_day(office, make_case):
    make_case(due_at=wib("2026-11-27 00:00"), title="Sampai Kamis")
    make_case(due_at=wib("2026-11-27 09:30"), title="Jumat pagi")
    make_case(due_at=wib("2026-12-02 00:00"), title="Bulan depan")
    client = sign_in(office.rosmaini)
    shown = dict(client.get("/kerja/kalender/?lihat=minggu").context["days"])
    assert [entry.title for entry in shown[date(2026, 11, 26)]] == ["Sampai Kamis"]
    assert [entry.title for entry in shown[date(2026, 11, 27)]] == ["Jumat pagi"]
    later = dict(client.get("/kerja/kalender/?hari=2026-12-01").context["days"])
    assert list(later) == [date(2026, 12, 1)]


def test_the_calendar_can_be_carried_away(office, make_case):
    make_case(due_at=wib("2026-11-27 09:30"), title="Bau; asap, dan debu " + "panjang " * 12)
    answer = sign_in(office.rosmaini).get("/kerja/kalender/kalender.ics")
    text = answer.content.decode()
    assert answer["Content-Type"].startswith("text/calendar")
    assert "DTSTART:20261127T023000Z" in text and "Bau\\; asap\\," in text.replace("\r\n ", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


@pytest.mark.parametrize("day", ["2026-01-31", "2024-02-29", "2026-12-31", "2026-11-24"])
def test_spans_meet_without_gap(day):
    for kind in (days.WEEK, days.MONTH):
        span = days.span(kind, date.fromisoformat(day))
        assert span.first <= date.fromisoformat(day) <= span.last
        assert days.span(kind, span.after).first == span.last + timedelta(days=1)
        assert days.span(kind, span.before).last == span.first - timedelta(days=1)


def test_messages_are_read_by_their_owner_only(office):
    def letter(who):
        return Message.objects.create(
            person=who.person.pk, channel="box", template="t", body="Isi", created_at=NOW
        )

    mine, other = letter(office.rosmaini), letter(office.hendri)
    client = sign_in(office.rosmaini)
    client.post("/kerja/pesan/dibaca/", {"pesan": [mine.pk, other.pk]})
    mine.refresh_from_db(), other.refresh_from_db()
    assert mine.read_at and other.read_at is None
    page = client.get("/kerja/pesan/?baru=1").content.decode()
    assert "Semua pesan sudah Anda baca" in page


def test_old_messages_are_on_further_pages(office):
    Message.objects.bulk_create(
        Message(
            person=office.rosmaini.person.pk, channel="box", template="t", body=f"Isi {n}", created_at=NOW
        )
        for n in range(60)
    )
    client, before, seen = sign_in(office.rosmaini), "", []
    while before != "end":
        context = client.get(f"/kerja/pesan/?sebelum={before}").context
        seen += [letter.pk for letter in context["letters"]]
        before = context["next"] or "end"
    assert len(seen) == len(set(seen)) == 60

"""The pages: searching without enumerating, the slider, the calculator, the cockpit, an object in full, a DHKP."""

from datetime import UTC, date, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator

from sekata.kernel.filters import visible
from sekata.kernel.journal.models import Event
from sekata.kernel.people.models import Account, Person
from sekata.kernel.units import queries as units
from sekata.kernel.units.models import Area
from sekata.lib.actor import NOBODY, system
from sekata.pillars.economy.tax.actions.billing import settle_assessment
from sekata.pillars.economy.tax.models import Assessment, MassBatch
from sekata.pillars.economy.tax.queries.owing import assessments, owed, suspense
from sekata.pillars.economy.tax.queries.revenue import outstanding, village_share
from sekata.pillars.economy.tax.rights import MINE
from sekata.pillars.economy.tax.rules.naming import masked
from sekata.pillars.economy.tax.tests.conftest import NOW, VILLAGE
from sekata.pillars.economy.tax.tests.ground import HOUSE, land, zone
from sekata.pillars.economy.tax.tests.test_mass import issued


@pytest.fixture
def letter(office) -> Assessment:
    zone()
    land(office.taxpayer, buildings=HOUSE)
    issued(office)
    return Assessment.objects.select_related("land").get()


def enter(client, actor):
    account = Account.objects.create(username=f"u{actor.person}", person=Person.objects.get(pk=actor.person))
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={})
    client.force_login(account, backend="sekata.kernel.people.signin.Backend")


def test_a_stranger_sees_amounts_village_and_a_masked_name(client, office, letter, clock):
    with clock(NOW):
        page = client.get("/pajak/", {"nop": "14.05.010.001.001-0001.0"}).content.decode()
    assert "R*** M******" in page and "RINA" not in page and "Kerinci Kota" in page
    assert "Rp83.000" in page and 'type="range"' in page


def test_r10_the_slider_is_computed_by_the_server(client, office, letter, clock):
    with clock(NOW):
        page = client.get("/pajak/", {"nop": letter.land.nop, "hari": "200"}).content.decode()
    assert "Rp83.830" in page
    assert owed(letter, letter.due_on.replace(day=31)).penalty == 0


@pytest.mark.parametrize(
    ("typed", "says"), [("14050100010010001", "NOP harus 18 angka"), ("x" * 18, "NOP harus 18")]
)
def test_a_bad_number_speaks_at_its_field(client, office, typed, says):
    answer = client.get("/pajak/", {"nop": typed})
    assert answer.status_code == 422 and says in answer.content.decode()


def test_ten_misses_an_hour_and_no_more(client, office, letter):
    for n in range(10):
        answer = client.get("/pajak/", {"nop": f"1405010001009{n:04d}0".replace("00000", "99990")})
        assert answer.status_code == 404 and "NOP tidak ditemukan" in answer.content.decode()
    assert client.get("/pajak/", {"nop": letter.land.nop}).status_code == 429


def test_r5_the_calculator(client, office):
    given = {"code": "01", "value": "350.000.000", "land_value": "400.000.000", "first": "on", "kinship": ""}
    page = client.get("/pajak/bphtb/", given).content.decode()
    assert "Rp16.000.000" in page and "memakai NJOP" in page
    bad = client.get("/pajak/bphtb/", given | {"value": "-5"})
    assert bad.status_code == 422


def test_nobody_lists_what_is_not_theirs(office, letter):
    assert (
        [a.pk for a in assessments(office.payer)]
        == [letter.pk]
        == [a.pk for a in assessments(office.assessor)]
    )
    assert not assessments(office.stranger).exists() and not assessments(NOBODY).exists()
    assert masked("A BC") == "A** B**"


def test_the_cockpit_begins_a_year_and_shows_its_figures(client, office, letter):
    enter(client, office.assessor)
    page = client.get("/kerja/pajak/penetapan/2026/").content.decode()
    assert "Terbitkan yang belum ada" in page and letter.land.nop not in page and "Kerinci Kota" in page
    begun = client.post("/kerja/pajak/penetapan/", {"tax_year": "2027", "due_on": "2027-07-30"})
    assert begun.status_code == 302 and MassBatch.objects.count() == 2
    again = client.post("/kerja/pajak/penetapan/", {"tax_year": "2027", "due_on": "2027-07-30"})
    assert again.status_code == 422 and "sudah dimulai" in again.content.decode()
    given_up = {"lakukan": "abandon", "reason": "Data zona belum benar."}
    assert client.post("/kerja/pajak/penetapan/2027/", given_up).status_code == 302
    assert client.post("/kerja/pajak/penetapan/2027/", {"lakukan": "x"}).status_code == 422


def test_an_officers_look_is_journalled_and_the_dhkp_lists_the_village(client, office, letter):
    enter(client, office.registrar)
    page = client.get(f"/kerja/pajak/objek/{letter.land.nop}/").content.decode()
    assert "RINA MARLINA" in page and letter.number in page
    assert Event.objects.filter(kind="tax.object.seen", subject_id=str(letter.land_id)).count() == 1
    listed = client.get(f"/kerja/pajak/dhkp/2026/{VILLAGE}/").content.decode()
    assert letter.land.nop in listed and "Rp83.000" in listed
    assert client.get("/kerja/pajak/objek/140501000100199990/").status_code == 404
    assert client.get("/kerja/pajak/dhkp/2026/99/").status_code == 404


def test_r22_r23_receivables_by_age(client, office, letter, clock):
    enter(client, office.treasurer)
    with clock(datetime(2026, 9, 30, 3, tzinfo=UTC)):
        page = client.get("/kerja/pajak/piutang/").content.decode()
        assert outstanding(date(2026, 9, 30)).by_age["31-90"] == 83_000
    assert "Rp83.000" in page and "disisihkan Rp415" in page


def test_r24_what_was_paid_is_shared_among_villages(office, letter):
    Area.objects.create(code="14.05.02.2001", level="village", name="Desa", valid_from=date(2020, 1, 1))
    units.forget()
    paid_on = date(2026, 3, 1)
    settle_assessment(actor=system("test"), assessment=letter, amount=83_000, on=paid_on, at=NOW)
    assert village_share(2026, date(2026, 9, 30)) == {"14.05.02.2001": 8_300}
    assert village_share(2026, date(2026, 2, 28)) == {"14.05.02.2001": 0}


def test_r21_money_settles_only_in_full_and_in_time(office, letter):
    due = letter.due_on
    assert suspense(letter, 83_000, due) == "" and suspense(letter, 82_999, due) == "underpaid"
    assert (
        suspense(letter, 83_000, due + timedelta(days=1)) == "underpaid"
        and suspense(None, 1, due) == "unknown"
    )
    Assessment.objects.update(state="paid", paid=83_000)
    letter.refresh_from_db()
    assert suspense(letter, 83_000, due) == "already_paid"


def test_the_right_on_ones_own_says_the_same_in_sql_and_in_python(office, letter):
    for actor in (office.payer, office.stranger, office.head, NOBODY):
        in_sql = set(visible(Assessment.objects, MINE, actor).values_list("pk", flat=True))
        assert in_sql == {letter.pk for _ in range(1) if MINE.allows(actor, letter)}
    assert MINE.allows(office.payer, letter)


def test_officers_pages_are_for_officers(client, office, letter):
    address = f"/kerja/pajak/objek/{letter.land.nop}/"
    assert client.get(address).status_code == 302
    enter(client, office.payer)
    assert client.get(address).status_code == 403
    assert client.get("/kerja/pajak/penetapan/").status_code == 403

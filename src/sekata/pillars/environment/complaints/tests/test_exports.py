"""Open data and exports.

R13 on every map, small counts, no identity; read by OWSLib and geojson-validator.
"""

import csv
import io
import json
from datetime import timedelta
from decimal import Decimal

import geojson_validator
import pytest
from hypothesis import given
from hypothesis import strategies as some
from owslib.ogcapi.features import Features

from sekata.kernel.people.models import Account, Person
from sekata.lib.geo import Box
from sekata.lib.result import Refused
from sekata.pillars.environment.complaints import actions
from sekata.pillars.environment.complaints.actions import tickets as ticket_actions
from sekata.pillars.environment.complaints.codes import ReporterMode
from sekata.pillars.environment.complaints.models import Complaint
from sekata.pillars.environment.complaints.queries.machine.features import _cells
from sekata.pillars.environment.complaints.standards import firms, icalendar, ogc_features, sp4n, tabular
from sekata.pillars.environment.complaints.tests.conftest import VILLAGE, wib

pytestmark = pytest.mark.django_db

NOW = wib("2026-05-04 12:00")
WHO = {
    "name": "Nurlela Sari",
    "phone": "+6281234567890",
    "email": "nurlela@example.org",
    "nik": "1405024107900001",
}
PERSONAL = ("Nurlela", "81234567890", "nurlela@", "1405024107900001")
PUBLIC = "Air sungai menghitam di hilir; sedang kami periksa."


@pytest.fixture
def case(filed, regency):
    """A case, published unless told otherwise."""

    def make(at="2026-04-29 10:00", mode=ReporterMode.NAMED, published=True, **given):
        given = {"first_seen_at": wib(at)} | given
        complaint = filed(at, mode=mode, who=WHO if mode != ReporterMode.ANONYMOUS else {}, **given).complaint
        if published:
            actions.publish(actor=regency.reviewer, complaint=complaint, public_text=PUBLIC, at=wib(at))
        return complaint

    return make


@pytest.fixture
def get(client, clock):
    def read(path, **query):
        with clock(NOW):
            response = client.get(path, query)
            body = b"".join(response.streaming_content) if response.streaming else response.content
        response.body = body
        return response

    return read


@pytest.fixture
def officer(client, regency):
    """Sign in as one of the regency's people."""

    def enter(who):
        account = Account.objects.create(username=f"u{who.person}", person=Person.objects.get(pk=who.person))
        client.force_login(account, backend="sekata.kernel.people.signin.Backend")

    return enter


def rows_of(response) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(response.body.decode("utf-8-sig"))))


# --- maps


def test_acceptance_7_the_public_map_shows_the_cell_no_picture_and_no_confidential_case(case, get):
    named = case()
    hidden = [case(mode=ReporterMode.CONFIDENTIAL), case(mode=ReporterMode.ANONYMOUS), case(published=False)]
    response = get("/pengaduan/peta.geojson")
    found = json.loads(response.body)
    assert response["Content-Type"] == "application/geo+json"
    assert [one["id"] for one in found["features"]] == [named.case.number]
    (one,) = found["features"]
    assert one["geometry"] == {"type": "Point", "coordinates": [101.8425, 0.3925]}
    assert (one["properties"]["kind"], one["properties"]["month"], one["properties"]["exact"]) == (
        "W01",
        "2026-04",
        False,
    )
    text = response.body.decode()
    assert not any(word in text for word in (*PERSONAL, "jpg", "jpeg", "photo", "0.39421"))
    assert not any(other.case.number in text for other in hidden)


def test_geojson_is_valid_to_an_independent_validator(case, get):
    case()
    for path in (
        "/pengaduan/peta.geojson",
        "/pengaduan/desa.geojson",
        "/ogc/collections/complaints-public/items",
    ):
        verdict = geojson_validator.validate_structure(json.loads(get(path).body))
        assert not verdict, f"{path}: {verdict}"


def test_r13_a_fire_stands_at_its_place_only_by_a_trusted_source(case, get):
    case(service_code="F01", mode=ReporterMode.ANONYMOUS)
    assert json.loads(get("/pengaduan/peta.geojson").body)["features"] == []
    case(service_code="F01", mode=ReporterMode.NAMED)
    (one,) = json.loads(get("/pengaduan/peta.geojson").body)["features"]
    assert one["geometry"]["coordinates"] == [101.84378, 0.39421] and one["properties"]["exact"] is True


def test_r13_villages_count_all_modes_and_cover_one_and_two(case, get):
    case(mode=ReporterMode.ANONYMOUS, published=False), case()
    (village,) = json.loads(get("/pengaduan/desa.geojson").body)["features"]
    assert village["properties"]["complaints"] == "<3" and village["id"] == VILLAGE
    case(mode=ReporterMode.CONFIDENTIAL)
    assert json.loads(get("/pengaduan/desa.geojson").body)["features"][0]["properties"]["complaints"] == "3"


def test_the_map_is_narrowed_by_kind_group_state_and_month(case, get):
    water, waste = case("2026-03-10 10:00"), case(service_code="S01")

    def numbers(**query):
        return [one["id"] for one in json.loads(get("/pengaduan/peta.geojson", **query).body)["features"]]

    assert (
        numbers(kelompok="waste") == numbers(jenis="S01") == numbers(bulan="2026-04") == [waste.case.number]
    )
    assert numbers(bulan="2026-03") == [water.case.number] and numbers(keadaan="closed") == []
    assert len(numbers(jenis="\0")) == 2


def test_maps_take_a_constant_number_of_statements(case, get, django_assert_max_num_queries):
    case()
    get("/pengaduan/peta.geojson")
    with django_assert_max_num_queries(3):
        get("/pengaduan/peta.geojson")
    for minute in range(10, 18):
        case(f"2026-04-29 10:{minute}")
    with django_assert_max_num_queries(3):
        assert len(json.loads(get("/pengaduan/peta.geojson").body)["features"]) == 9


# --- OGC API - Features


@pytest.mark.django_db(transaction=True)
def test_owslib_reads_the_collection_page_by_page(live_server, case, clock):
    for hour in range(10, 15):
        case(f"2026-04-29 {hour}:00")
    service = Features(f"{live_server.url}/ogc/")
    assert service.feature_collections() == ["complaints-public", "complaints-villages"]
    assert (
        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core" in service.conformance()["conformsTo"]
    )
    assert service.api()["openapi"].startswith("3.0")
    assert service.collection("complaints-public")["extent"]["spatial"]["bbox"] == [[101.0, -0.6, 103.2, 0.9]]
    assert "month" in service.collection_queryables("complaints-public")["properties"]
    first = service.collection_items("complaints-public", limit=2)
    assert first["numberReturned"] == 2 and [link["rel"] for link in first["links"]] == ["self", "next"]
    rest = service.collection_items("complaints-public", limit=10, offset=2)
    ids = [one["id"] for page in (first, rest) for one in page["features"]]
    assert len(set(ids)) == 5 and len(rest["links"]) == 1
    one = service.collection_item("complaints-public", ids[0])
    assert one["geometry"]["coordinates"] == [101.8425, 0.3925]
    assert service.collection_items("complaints-public", bbox=[101.8, 0.3, 101.9, 0.4])["numberReturned"] == 5
    assert service.collection_items("complaints-public", bbox=[102.0, 0.3, 102.1, 0.4])["numberReturned"] == 0
    late = service.collection_items("complaints-public", datetime_="2026-04-29T06:00:00Z/..")
    assert late["numberReturned"] == 2


def test_r13_a_box_around_the_true_place_that_misses_the_cells_centre_finds_nothing(case, get):
    case()
    asked = {"bbox": "101.84377,0.39420,101.84379,0.39422"}
    assert json.loads(get("/ogc/collections/complaints-public/items", **asked).body)["features"] == []
    asked = {"bbox": "101.84249,0.39249,101.84251,0.39251"}
    assert len(json.loads(get("/ogc/collections/complaints-public/items", **asked).body)["features"]) == 1


@given(some.floats(-1, 1), some.floats(-1, 1), some.decimals(-1, 1, places=5))
def test_r13_cells_of_a_range_are_those_whose_centre_lies_in_it(one, other, place):
    low, high = sorted((one, other))
    size = Decimal("0.005")
    start, end = _cells(low, high, size)
    centre = (place / size).to_integral_value(rounding="ROUND_FLOOR") * size + size / 2
    assert (start <= float(place) < end) == (low <= float(centre) <= high)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"bbox": "1,2,3"}, 400),
        ({"bbox": "a,b,c,d"}, 400),
        ({"bbox": "103,0,101,1"}, 400),
        ({"datetime": "2026-04-29"}, 400),
        ({"datetime": "2026-05-01T00:00:00Z/2026-04-01T00:00:00Z"}, 400),
        ({"limit": "0"}, 400),
        ({"offset": "-1"}, 400),
        ({"limit": "100000"}, 200),
        ({"bbox": "101,-0.6,0,103,0.9,10"}, 200),
    ],
)
def test_ogc_parameters_are_checked(regency, get, query, status):
    response = get("/ogc/collections/complaints-public/items", **query)
    assert response.status_code == status
    assert status == 200 or {"code", "description"} == set(json.loads(response.body))


def test_ogc_unknown_things_are_404(regency, get):
    for path in (
        "collections/other",
        "collections/other/items",
        "collections/complaints-public/items/PLH-1",
        "collections/complaints-public/items/a%00b",
    ):
        assert get(f"/ogc/{path}").status_code == 404
    assert get(f"/ogc/collections/complaints-villages/items/{VILLAGE}").status_code == 404


def test_ogc_boxes_and_intervals():
    assert ogc_features.parse_box("101,-0.6,103,0.9") == Box(-0.6, 101, 0.9, 103)
    assert ogc_features.parse_interval("../..") == (None, None)


# --- open data and the register


def test_monthly_open_data_covers_small_numbers(case, get):
    for hour in range(10, 13):
        case(f"2026-04-29 {hour}:00")
    case(service_code="S01")
    rows = {row["service_code"]: row for row in rows_of(get("/pengaduan/data.csv"))}
    assert (rows["W01"]["complaints"], rows["W01"]["month"]) == ("3", "2026-04")
    assert (rows["S01"]["complaints"], rows["S01"]["incidents"]) == ("<3", "<3")


def test_bad_days_are_refused(regency, get):
    assert get("/pengaduan/data.csv", dari="kemarin").status_code == 400
    assert get("/pengaduan/data.csv", dari="0001-01-01").status_code == 400
    assert get("/pengaduan/peta.geojson", bulan="9999-12").status_code == 400
    assert get("/pengaduan/peta.geojson", bulan="April").status_code == 400


def test_acceptance_13_r2_the_register_of_three_cases_has_no_identity(case, officer, regency, get):
    for mode in ReporterMode:
        case(mode=mode)
    officer(regency.head)
    response = get("/kerja/pengaduan/register.csv")
    rows = rows_of(response)
    assert len(rows) == 3 and not any(
        "reporter." in name or name in ("name", "phone", "email", "nik") for name in rows[0]
    )
    assert not any(word in response.body.decode() for word in PERSONAL)
    assert response.body.startswith("\ufeff".encode()) and response["Cache-Control"] == "private, no-store"
    assert rows[0]["state"] == "Diterima" and rows[0]["due_at"]


def test_acceptance_13_the_referral_packet_has_no_identity(case, officer, regency, get):
    complaint = case(mode=ReporterMode.CONFIDENTIAL, published=False)
    officer(regency.reviewer)
    response = get(f"/kerja/pengaduan/{complaint.case.number}/paket.json")
    assert json.loads(response.body)["reporter"] == "Pengadu 0001"
    assert not any(word in response.body.decode() for word in PERSONAL)
    assert get("/kerja/pengaduan/PLH-1405-2026-999999/paket.json").status_code == 404


@pytest.mark.parametrize(
    "path", ["register.csv", "kunjungan.ics", "sp4n.csv", "PLH-1405-2026-000001/paket.json"]
)
def test_strangers_and_other_offices_do_not_enter(regency, officer, get, path):
    assert get(f"/kerja/pengaduan/{path}").status_code == 302
    officer(regency.responder)
    assert get(f"/kerja/pengaduan/{path}").status_code == 403


def test_formulas_do_no_harm_in_a_spreadsheet():
    line = list(tabular.lines(["a", "b", "c"], [["=1+1", -5.5, "@x"]]))[1]
    assert line == "'=1+1,-5.5,'@x\r\n"


# --- calendar


def test_visits_are_a_calendar(case, officer, regency, get):
    complaint = case(address_text="Hilir jembatan; dekat SD, kiri jalan", published=False)
    actions.take_up(actor=regency.reviewer, complaint=complaint, at=wib("2026-04-30 08:00"))
    actions.plan_verification(
        actor=regency.head, complaint=complaint, lead=regency.inspector.person, 
        members=[regency.inspector2.person], planned_at=wib("2026-05-05 09:00"), at=wib("2026-04-30 09:00"),
    )  # fmt: skip
    officer(regency.inspector)
    response = get("/kerja/pengaduan/kunjungan.ics")
    text = response.body.decode().replace("\r\n ", "")
    assert response["Content-Type"].startswith("text/calendar") and text.startswith("BEGIN:VCALENDAR\r\n")
    assert "DTSTART:20260505T020000Z" in text and "DTEND:20260505T040000Z" in text
    assert "LOCATION:Hilir jembatan\\; dekat SD\\, kiri jalan\\, Pangkalan Kerinci Kota" in text
    assert "Tim: INSPECTOR\\, INSPECTOR2" in text and not any(word in text for word in PERSONAL)


@given(some.text(max_size=300))
def test_rfc5545_lines_are_folded_at_75_octets_and_unfold_to_themselves(text):
    value = icalendar.escape(text)
    assert "\n" not in value and "\r" not in value
    lines = icalendar.folded(f"SUMMARY:{value}").split(b"\r\n")
    assert all(len(line) <= 75 for line in lines) and lines[-1] == b""
    assert b"".join([lines[0], *(line[1:] for line in lines[1:])]).decode() == f"SUMMARY:{value}"


# --- SP4N-LAPOR!


SP4N = (
    "tiket,nomor_sekata,jenis,judul,isi,lokasi,kode_desa,lintang,bujur,tanggal,media\r\n"
    '7788-01,,W01,Sungai hitam,"Air sungai hitam, ikan mati sejak pagi.",Jembatan,'
    f'{VILLAGE},"0,39421",101.84378,2026-04-28,\r\n'
    "7788-02,,,,Sampah dibakar di belakang pasar setiap sore.,,,,,,air\r\n"
)


def test_sp4n_tickets_come_in_once_and_go_out_with_our_number(regency, clock, officer, get):
    with clock(wib("2026-04-29 10:00")):
        first = ticket_actions.import_sp4n(actor=regency.intake, reports=sp4n.parse(SP4N))
        again = ticket_actions.import_sp4n(actor=regency.intake, reports=sp4n.parse(SP4N))
    assert [row.result for row in first] == ["filed", "filed"] and [row.result for row in again] == [
        "known",
        "known",
    ]
    one, other = Complaint.objects.select_related("case").order_by("pk")
    assert (one.channel, one.service_code, one.case.state) == ("sp4n_lapor", "W01", "received")
    assert (other.service_code, other.case.state) == ("O99", "incomplete")
    officer(regency.intake)
    rows = {row["tiket"]: row for row in rows_of(get("/kerja/pengaduan/sp4n.csv"))}
    assert rows["7788-01"]["nomor_sekata"] == one.case.number
    assert rows["7788-01"]["status"] == "Belum ditindaklanjuti"


def test_sp4n_a_ticket_can_join_a_case_that_is_here_already(case, regency, clock):
    complaint = case()
    text = f"tiket,nomor_sekata,isi\n99-1,{complaint.case.number},-\n99-2,PLH-1405-2026-999999,-\n"
    with clock(NOW):
        done = ticket_actions.import_sp4n(actor=regency.intake, reports=sp4n.parse(text))
        again = ticket_actions.import_sp4n(actor=regency.intake, reports=sp4n.parse(text))
    assert [row.result for row in done] == ["linked", "refused"] and again[0].result == "known"
    complaint.refresh_from_db()
    assert (
        complaint.external_refs == [{"system": "sp4n_lapor", "id": "99-1"}] and Complaint.objects.count() == 1
    )


def test_sp4n_upload_by_an_officer(regency, officer, client, clock):
    officer(regency.intake)
    with clock(wib("2026-04-29 10:00")):
        response = client.post("/kerja/pengaduan/sp4n.csv", {"berkas": io.BytesIO(SP4N.encode())})
        assert [row["result"] for row in response.json()["rows"]] == ["filed", "filed"]
        assert (
            client.post("/kerja/pengaduan/sp4n.csv", {"berkas": io.BytesIO(b"\xff\xfe")}).status_code == 400
        )
        assert client.post("/kerja/pengaduan/sp4n.csv").status_code == 400


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("a,b\n1,2\n", "tiket"),
        ("tiket,isi,lintang,bujur\nX1,teks,utara,1\n", "Baris 2"),
        ("tiket,isi,tanggal\nX1,teks,kemarin\n", "tanggal"),
        ("tiket,isi\n,teks\n", "tiket"),
    ],
)
def test_sp4n_bad_rows_are_named_and_nothing_is_taken(text, word):
    with pytest.raises(Refused, match=word):
        sp4n.parse(text)


# --- hotspots (FIRMS, SiPongi) and haze

HEADER = (
    "latitude,longitude,bright_ti4,scan,track,acq_date,acq_time,"
    "satellite,instrument,confidence,version,bright_ti5,frp,daynight"
)


def firms_file(*rows: tuple[float, float, str]) -> str:
    lines = [
        f"{lat},{lon},330,0.4,0.4,2026-04-29,612,N,VIIRS,{letter},2.0NRT,295,4.1,D"
        for lat, lon, letter in rows
    ]
    return "\n".join([HEADER, *lines]) + "\n"


def test_firms_rows_are_read_with_their_utc_time():
    (row,) = firms.parse(firms_file((0.3942, 101.8437, "h")))
    assert (row.acquired_at.isoformat(), row.confidence, row.frp) == ("2026-04-29T06:12:00+00:00", "h", 4.1)


def test_sipongi_columns_are_mapped():
    text = "lat,long,date_hotspot,time_hotspot,sat,conf\n0.39,101.84,2026-04-29,06:12:00,TERRA,85\n"
    (row,) = firms.parse(text, firms.SIPONGI)
    assert (row.instrument, row.satellite, row.confidence, row.frp) == ("MODIS", "TERRA", "85", None)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("latitude,longitude\n1,2\n", "Kolom tidak ada"),
        (firms_file((95, 101.84, "h")), "Baris 2"),
        (firms_file((0.39, 101.84, "h")).replace("612", "2561"), "Baris 2"),
        (firms_file((0.39, 101.84, "h")).replace("2026-04-29", "29/04/2026"), "Baris 2"),
    ],
)
def test_bad_hotspot_files_are_refused_by_line(text, word):
    with pytest.raises(Refused, match=word):
        firms.parse(text)


def test_acceptance_9_three_neighbouring_high_rows_twice_are_one_cluster_and_one_p1_incident(regency):
    rows = firms.parse(firms_file(*((0.39421 + step * 0.00108, 101.84378, "h") for step in range(3))))
    for _ in range(2):
        actions.import_hotspots(actor=regency.intake, rows=rows, source="firms", at=wib("2026-04-29 14:00"))
    complaint = Complaint.objects.select_related("case", "cluster").get()
    assert complaint.cluster.hotspots.count() == 3 and complaint.priority == "P1"
    assert complaint.service_code == "F01" and complaint.channel == "hotspot"


def test_acceptance_14_pm25_of_80_is_126_unhealthy_and_raises_an_open_haze_report(regency, filed):
    haze = filed(service_code="F02", media=("air",)).complaint
    assert haze.priority == "P2"
    at = wib("2026-04-29 12:00")
    reading = actions.record_air(
        actor=regency.intake, station="Kerinci", measured_at=at - timedelta(hours=1), pm25=80, at=at
    )
    haze.case.refresh_from_db()
    assert (reading.index, reading.category, haze.case.priority) == (126, "unhealthy", 1)

"""Filing a return on its pages, by typing and with the cash register's file."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from sekata.lib.tests.helpers import refusal
from sekata.pillars.economy.tax.codes import TaxType
from sekata.pillars.economy.tax.models import TaxReturn
from sekata.pillars.economy.tax.standards.cash_register import parse
from sekata.pillars.economy.tax.tests.conftest import NOW
from sekata.pillars.economy.tax.tests.letters import tax_object
from sekata.pillars.economy.tax.tests.test_pages import enter

CSV = b"\xef\xbb\xbflabel;received;service\nMeja;1.500.000;150.000\nAntar;Rp350.000;\nMeja;500.000;\n"


def test_the_registers_file_is_summed_by_label():
    assert parse(CSV) == [
        {"label": "Meja", "received": 2_000_000, "service": 150_000, "vouchers": 0},
        {"label": "Antar", "received": 350_000, "service": 0, "vouchers": 0},
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xff\xfe", "encoding"),
        (b"a,b\n1,2\n", "columns"),
        (b"label,received\n", "empty"),
        (b"label,received\nMeja,-5\n", "line"),
        (b"label,received\nMeja,lima\n", "line"),
        (b"label,received\n,5\n", "line"),
        (b"label,received\n" + b"".join(b"L%d,1\n" % n for n in range(41)), "line"),
    ],
)
def test_a_bad_file_says_what_is_wrong(content, code):
    assert refusal(parse, content) == [code]


@pytest.fixture
def restaurant(client, office, clock):
    made = tax_object(office, TaxType.FOOD)
    enter(client, office.payer)
    with clock(NOW):
        yield made


def test_r7_a_return_is_typed_and_sent(client, restaurant):
    begun = client.post("/pajak/sptpd/", {"object": restaurant.number, "period": "2026-01"})
    assert begun.status_code == 302
    sent = client.post(begun.url, {"label_0": "Makan di tempat", "received_0": "48.500.000"})
    assert sent.status_code == 302
    page = client.get(begun.url).content.decode()
    assert "Rp4.850.000" in page and TaxReturn.objects.get().state == "filed"
    again = client.post("/pajak/sptpd/", {"object": restaurant.number, "period": "2026-01"})
    assert again.status_code == 422 and "pembetulan" in again.content.decode()
    assert "Rp4.850.000" in client.get("/pajak/sptpd/").content.decode()


def test_r7_a_return_by_the_registers_file(client, restaurant):
    address = client.post("/pajak/sptpd/", {"object": restaurant.number, "period": "2026-01"}).url
    bad = client.post(address, {"register": SimpleUploadedFile("kasir.csv", b"a\n1\n")})
    assert bad.status_code == 422 and "kolom label" in bad.content.decode()
    client.post(address, {"register": SimpleUploadedFile("kasir.csv", CSV)})
    assert TaxReturn.objects.get().tax == 250_000


def test_bad_returns_speak_and_keep_nothing(client, restaurant):
    future = client.post("/pajak/sptpd/", {"object": restaurant.number, "period": "2026-02"})
    assert future.status_code == 422 and "belum berakhir" in future.content.decode()
    address = client.post("/pajak/sptpd/", {"object": restaurant.number, "period": "2026-01"}).url
    assert client.post(address, {"label_0": "x", "received_0": "-1"}).status_code == 422
    assert client.post(address, {"label_0": ""}).status_code == 422
    assert TaxReturn.objects.get().state == "draft"


def test_nobody_sees_or_files_anothers_return(client, office, restaurant):
    address = client.post("/pajak/sptpd/", {"object": restaurant.number, "period": "2026-01"}).url
    client.logout()
    enter(client, office.stranger)
    assert client.get(address).status_code == 404 and client.get(address).status_code == 404
    assert restaurant.name not in client.get("/pajak/sptpd/").content.decode()

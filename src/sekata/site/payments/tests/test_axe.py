"""The pages of paying, narrow and wide, light and dark: nothing that axe finds wrong, nothing that overflows."""

import pytest

from sekata.kernel.payments.models import ReconException
from sekata.site.payments import qris
from sekata.site.payments.tests.conftest import DAY, open_bill, pay
from sekata.site.payments.tests.test_bills import claim
from sekata.site.payments.tests.test_desk import DESK, day, desk  # noqa: F401
from sekata.site.people.tests.test_axe import as_of, wrong
from sekata.site.tests.office import person, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_axe_finds_nothing_wrong_for_payers(bank, client, page, monkeypatch):
    monkeypatch.setattr(qris, "source", lambda: qris.demonstration)
    mine = person("Nurlela")
    first, second = (open_bill(ref, payer=mine.person) for ref in ("M1", "M2"))
    payment = pay(bank, second.customer_no)
    client.post(f"/bukti-bayar/{payment.ntpd}/cetak/")
    paths = [
        "/tagihan/",
        f"/tagihan/{first.customer_no}/",
        f"/tagihan/{first.customer_no}/?tanggal=2026-12-24",
        f"/tagihan/{first.customer_no}/bayar/",
        f"/tagihan/{first.customer_no}/sudah-bayar/",
        f"/tagihan/{second.customer_no}/",
        f"/bukti-bayar/{payment.ntpd}/",
    ]
    found = [line for path in paths for line in wrong(page, path)]
    client.post(f"/tagihan/{first.customer_no}/sudah-bayar/", claim())
    found += wrong(page, f"/tagihan/{first.customer_no}/")
    found += wrong(as_of(page, sign_in(mine)), "/tagihan/saya/")
    assert not found, "\n" + "\n".join(found)


def test_axe_finds_nothing_wrong_for_the_treasurer(bank, day, desk, client, bill, page):  # noqa: F811
    lost = pay(bank, bill.customer_no[:12] + "9", ref="J50")
    client.post(f"/tagihan/{bill.customer_no}/sudah-bayar/", claim())
    rows = ReconException.objects.values_list("pk", flat=True)
    paths = [
        f"?hari={DAY.isoformat()}",
        f"cocok/?bank=bri&hari={DAY.isoformat()}",
        "berkas/",
        *(f"perbedaan/{pk}/" for pk in rows),
        f"bukti/{lost.ntpd}/",
        "belum-jelas/",
        f"belum-jelas/{lost.ntpd}/",
        "penelusuran/",
        "penelusuran/TLS-2026-000001/",
    ]
    as_of(page, desk)
    found = [line for path in paths for line in wrong(page, f"{DESK}{path}")]
    for path in ("/bukti-harian/", f"/bukti-harian/bri/{DAY.isoformat()}/"):
        found += wrong(page, path)
    assert not found, "\n" + "\n".join(found)

"""The receipt and the deposit slip on paper."""

from datetime import date, datetime
from pathlib import Path

from django.conf import settings

from sekata.kernel.documents.paper import Office, address
from sekata.kernel.documents.pdf import render
from sekata.kernel.documents.pictures import qr
from sekata.kernel.payments.queries import Partner, Payment
from sekata.kernel.payments.reading import SlipLine
from sekata.lib.words import rupiah as in_words
from sekata.site.payments.reading import account_of, masked
from sekata.web import words

HERE = Path(__file__).resolve().parent / "typst"
OFFICE = Office(
    "Pemerintah Kabupaten Pelalawan", "Bendahara Penerimaan", "Pangkalan Kerinci", "Pangkalan Kerinci"
)


def check_url(code: str) -> str:
    """Where anybody checks a document."""
    return f"{settings.SEKATA.public_address.rstrip('/')}/periksa/{code}/"


def receipt_url(payment: Payment) -> str:
    """The page of a receipt."""
    return f"{settings.SEKATA.public_address.rstrip('/')}/bukti-bayar/{payment.ntpd}/"


def receipt(payment: Payment, code: str, at: datetime) -> bytes:
    """The PDF/A of a payment's receipt: NTPD, account, channel, amount in words, code to check it."""
    bill = payment.bill
    account = account_of(bill, payment.partner) or bill.customer_no
    rows = [
        ["NTPD", payment.ntpd],
        ["Untuk", bill.title],
        ["Nama pembayar", masked(bill.payer_name)],
        ["Nomor BRIVA", account],
        ["Kanal", f"{payment.get_channel_display()} – {payment.partner.name}"],
        ["Referensi bank", payment.bank_ref],
        ["Waktu bayar", f"{words.plain_date(payment.trx_at)}, {words.clock_time(payment.trx_at)} WIB"],
        ["Pokok", words.rupiah(bill.principal)],
        ["Denda", words.rupiah(bill.penalty)],
        ["Jumlah", words.rupiah(payment.amount)],
        ["Terbilang", in_words(payment.amount)],
    ]
    url = check_url(code)
    return render(
        HERE / "receipt.typ",
        {
            "title": f"Bukti pembayaran {payment.ntpd}",
            "office": OFFICE.facts(),
            "check_address": address(url),
            "issued_at": at,
            "ntpd": payment.ntpd,
            "rows": rows,
            "qr": qr(url),
            "code": code,
        },
    )


def deposit_slip(partner: Partner, day: date, lines: list[SlipLine], at: datetime) -> bytes:
    """The PDF/A of a bank's day as the treasurer deposits it (STS), by credited account."""
    total = sum(line.rupiah for line in lines)
    return render(
        HERE / "deposit_slip.typ",
        {
            "title": f"Surat tanda setoran {day:%d-%m-%Y}",
            "office": OFFICE.facts(),
            "check_address": "",
            "issued_at": at,
            "number": f"STS/{partner.code.upper()}/{day:%Y%m%d}",
            "head": [
                ["Bank", partner.name],
                ["Hari setor", words.long_date(day)],
                ["Jumlah", words.rupiah(total)],
                ["Terbilang", in_words(total)],
            ],
            "lines": [[line.account, line.name, words.rupiah(line.rupiah)] for line in lines],
            "total": words.rupiah(total),
            "place": f"{OFFICE.seat}, {words.plain_date(at)}",
        },
    )

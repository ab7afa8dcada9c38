"""R18 to R20: numbers, signatures and payloads against the vectors of the contract and outside judges."""

import io
from datetime import UTC, datetime

import pytest
import segno
import zxingcpp
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from sekata.kernel.payments.standards import numbers, qris, snap
from sekata.lib.numbers import luhn

SECRET, TOKEN, STAMP = "pelalawan-sandbox-secret", "2f9b6c1e0a7d4f55", "2026-12-15T10:15:01+07:00"
PATH = "/snap/v1.0/transfer-va/notify-payment-intrabank"
BODY = (
    b'{"partnerServiceId":"   12345","customerNo":"0126000001233","virtualAccountNo":"   123450126000001233",'
    b'"paymentRequestId":"PR-20261215-0001","paidAmount":{"value":"424875.00","currency":"IDR"},'
    b'"trxDateTime":"2026-12-15T10:15:00+07:00"}'
)
DIGEST = "1286c9559459440c2becaba417d870b426cd53fd88ab743021381f328244c61a"
SIGNATURE = "86GcxldLEbG9xxd8mZBR8rw9MtftxuxtEVxW/WtRjgNeYQd1hZPyBGKoUsQFkcFVm7/zjGMf6VHY/3dzEh6XDQ=="
BAPENDA = qris.Merchant(
    domain="ID.CO.BRI.WWW",
    pan="936000020123456785",
    merchant_id="000001988811223",
    nmid="ID1020000000017",
    name="BAPENDA PELALAWAN",
    city="PELALAWAN",
    postcode="28300",
)
PAYLOAD = (
    "00020101021226650013ID.CO.BRI.WWW011893600002012345678502150000019888112230303UBE51440014ID.CO.QRIS.WWW0215"
    "ID10200000000170303UBE52049311530336054064248755802ID5917BAPENDA PELALAWAN6009PELALAWAN61052830062240113012600"
    "00012330703A01630401E3"
)


@pytest.mark.parametrize(
    ("kind", "serial", "number"), [("01", 123, "0126000001233"), ("02", 7, "0226000000076")]
)
def test_r18_customer_numbers_close_by_luhn(kind, serial, number):
    assert numbers.customer_no(kind, 2026, serial) == number and numbers.valid_customer_no(number)
    assert len(numbers.va_number("12345", number)) == 18


def test_r18_a_wrong_digit_is_noticed_before_any_bank_call():
    assert not numbers.valid_customer_no("0126000001234")
    with pytest.raises(ValueError, match="valid customer number"):
        numbers.va_number("12345", "0126000001234")


def test_r18_receipt_numbers_have_twenty_digits():
    at = datetime(2026, 9, 29, 17, 30, tzinfo=UTC)  # 00:30 WIB on the 30th
    assert numbers.ntpd("1405", at, 123) == "14052609300000001234"


@given(st.text("0123456789", min_size=1, max_size=25), st.integers(0, 24), st.integers(1, 9))
def test_r18_luhn_notices_every_single_wrong_digit(digits, place, more):
    whole = luhn.closed(digits)
    place %= len(whole)
    wrong = whole[:place] + str((int(whole[place]) + more) % 10) + whole[place + 1 :]
    assert luhn.valid(whole) and not luhn.valid(wrong)


def test_r19_the_vector_of_the_contract():
    text = snap.string_to_sign("POST", PATH, TOKEN, BODY, STAMP)
    assert text == f"POST:{PATH}:{TOKEN}:{DIGEST}:{STAMP}"
    assert snap.sign(SECRET, text) == SIGNATURE and snap.signed(SECRET, text, SIGNATURE)


def test_r19_white_space_goes_outside_strings_only():
    loose = BODY.replace(b",", b" ,\n\t").replace(b":{", b" : {\r\n ")
    loose = loose.replace(b"15T10 :15 :00", b"15T10:15:00")
    assert snap.minified(loose) == BODY
    assert snap.minified(b'{ "a" : "b \\" , c" }') == b'{"a":"b \\" , c"}'


def test_r19_a_minifier_that_eats_spaces_inside_strings_fails():
    text = snap.string_to_sign("POST", PATH, TOKEN, BODY.replace(b"   ", b""), STAMP)
    assert text.split(":")[3].startswith("1a9e6a36") and not snap.signed(SECRET, text, SIGNATURE)


@given(st.integers(0, len(BODY) - 1), st.integers(1, 255))
def test_r19_one_byte_changed_breaks_the_signature(place, change):
    broken = bytearray(BODY)
    broken[place] ^= change
    if snap.minified(bytes(broken)) != BODY:
        assert not snap.signed(
            SECRET, snap.string_to_sign("POST", PATH, TOKEN, bytes(broken), STAMP), SIGNATURE
        )


def test_r19_hexadecimal_signatures_where_a_partner_writes_them():
    text = snap.string_to_sign("POST", PATH, TOKEN, BODY, STAMP)
    mac = snap._mac(SECRET, text).hex()
    assert snap.signed(SECRET, text, mac.upper(), hexadecimal=True) and not snap.signed(SECRET, text, mac)


def test_r19_token_requests_are_signed_by_rsa():
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    signature = snap.rsa_sign(private, f"bri|{STAMP}")
    assert snap.rsa_signed(public.decode(), f"bri|{STAMP}", signature)
    assert not snap.rsa_signed(public.decode(), f"btn|{STAMP}", signature)
    assert not snap.rsa_signed(public.decode(), f"bri|{STAMP}", "no base64!")


@pytest.mark.parametrize(
    ("stamp", "timely"),
    [("2026-12-15T10:20:01+07:00", True), ("2026-12-15T10:20:02+07:00", False), ("2026-12-15T03:15:01+00:00", True),
     ("2026-12-15T10:09:59+07:00", False), ("2026-12-15T10:15:01", False), ("gestern", False)],
)  # fmt: skip
def test_r19_five_minutes_of_skew(stamp, timely):
    assert snap.timely(stamp, snap.moment(STAMP)) is timely


@pytest.mark.parametrize(
    "value",
    [424875, "424875.00", None, {}, {"value": 424875, "currency": "IDR"}, {"value": "424875", "currency": "IDR"},
     {"value": "424875.50", "currency": "IDR"}, {"value": "-1.00", "currency": "IDR"},
     {"value": "1.00", "currency": "USD"}, {"value": "1,000.00", "currency": "IDR"}],
)  # fmt: skip
def test_r19_amounts_are_texts_with_two_decimals(value):
    with pytest.raises(snap.Malformed):
        snap.amount(value, "paidAmount")
    assert snap.amount(snap.money(424_875), "paidAmount") == 424_875


@pytest.mark.parametrize(
    ("case", "service", "code"),
    [(snap.SUCCESS, snap.Service.NOTIFY, "2003400"), (snap.BAD_FORMAT, snap.Service.NOTIFY, "4003401"),
     (snap.MISSING_FIELD, snap.Service.NOTIFY, "4003402"), (snap.UNAUTHORIZED, snap.Service.NOTIFY, "4013400"),
     (snap.INVALID_TOKEN, snap.Service.NOTIFY, "4013401"), (snap.NOT_FOUND, snap.Service.INQUIRY, "4042412"),
     (snap.INVALID_AMOUNT, snap.Service.PAYMENT, "4042513"), (snap.PAID_BILL, snap.Service.PAYMENT, "4042514"),
     (snap.EXPIRED_BILL, snap.Service.INQUIRY, "4042419"), (snap.CONFLICT, snap.Service.NOTIFY, "4093400"),
     (snap.GENERAL_ERROR, snap.Service.NOTIFY, "5003400"), (snap.TIMEOUT, snap.Service.NOTIFY, "5043400")],
)  # fmt: skip
def test_r19_answer_codes(case, service, code):
    assert snap.answer(case, service)["responseCode"] == code


def test_r20_the_vector_of_the_contract_byte_for_byte():
    assert qris.encode(BAPENDA, 424_875, "0126000001233", "A01") == PAYLOAD
    assert qris.problems(PAYLOAD) == []


def test_r20_crc_keeps_its_leading_zero():
    assert qris.crc16("123456789") == "29B1"
    assert qris.problems(PAYLOAD[:-4] + "1E3")[0].field == "63"


def test_r20_the_picture_is_read_as_the_same_text():
    picture = io.BytesIO()
    segno.make(PAYLOAD, error="m").save(picture, kind="png", scale=4)
    assert zxingcpp.read_barcode(Image.open(picture)).text == PAYLOAD


@given(
    st.integers(1, 10**10),
    st.integers(1, 99_999_999),
    st.text("ABCDEFGHIJ0123456789", min_size=1, max_size=16),
)
def test_r20_whatever_is_encoded_is_read_again(amount, serial, terminal):
    bill = numbers.customer_no("01", 2026, serial)
    payload = qris.encode(BAPENDA, amount, bill, terminal)
    fields = qris.decode(payload)
    assert qris.problems(payload) == [] and fields["54"] == str(amount)
    assert qris.decode(fields["62"]) == {"01": bill, "07": terminal}

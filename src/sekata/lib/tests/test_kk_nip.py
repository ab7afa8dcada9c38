"""KK and NIP: worked examples of identity R3 and of personnel, then properties."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekata.lib.numbers import kk, nip
from sekata.lib.numbers.dates import age_on, check_birth
from sekata.lib.tests.helpers import codes, refusal

TODAY = date(2026, 11, 18)
PNS_CONTRACT = re.compile(
    r"(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(19|20)\d{2}(0[1-9]|1[0-2])[12](?!000)\d{3}", re.ASCII
)
KK_CONTRACT = re.compile(r"\d{6}(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])\d{2}(?!0000)\d{4}", re.ASCII)


@pytest.mark.parametrize(
    "text, area, entered, serial",
    [
        pytest.param("1405021503100007", "14.05.02", date(2010, 3, 15), 7, id="KK-plain"),
        pytest.param("140502 150310 0007", "14.05.02", date(2010, 3, 15), 7, id="KK-spaces"),
        pytest.param("1405022902000001", "14.05.02", date(2000, 2, 29), 1, id="KK-leap-day"),
    ],
)
def test_kk_reads(text, area, entered, serial):
    read = kk.parse(text, TODAY)
    assert (read.area_code, read.entered_on, read.serial) == (area, entered, serial)
    assert str(read) == kk.mask(read.value)
    assert read.value not in repr(read)


@pytest.mark.parametrize(
    "text, code",
    [
        pytest.param("140502150310007", "kk_length", id="KK-15-digits"),
        pytest.param("1405025503100007", "kk_date", id="KK-no-40-on-the-day"),
        pytest.param("1405023102100007", "kk_date", id="KK-31-february"),
        pytest.param("1405021503100000", "kk_serial", id="KK-serial-0000"),
    ],
)
def test_kk_refuses(text, code):
    assert codes(kk.check(text, TODAY)) == refusal(kk.parse, text, TODAY) == [code]


@given(st.from_regex(r"[0-9]{16}", fullmatch=True) | st.from_regex(KK_CONTRACT, fullmatch=True))
def test_kk_accepts_only_what_the_contract_matches(value):
    assert kk.check(value, TODAY) or KK_CONTRACT.fullmatch(value)


def test_r3_civil_servant():
    read = nip.parse("199008122015032001")
    assert (read.kind, read.birth_date, read.sex, read.serial) == ("pns", date(1990, 8, 12), "P", 1)
    assert (read.appointed_year, read.appointed_month, read.contract) == (2015, 3, None)


def test_r3_contract_staff():
    read = nip.parse("199008122021212001")
    assert (read.kind, read.birth_date, read.sex, read.serial) == ("pppk", date(1990, 8, 12), "P", 1)
    assert (read.appointed_year, read.appointed_month, read.contract) == (2021, None, 1)


def test_personnel_example_and_grouping():
    read = nip.parse("19690407 200901 1 009", kind="pns")
    assert (read.birth_date, read.appointed_year, read.sex, read.serial) == (date(1969, 4, 7), 2009, "L", 9)
    assert read.shown == "19690407 200901 1 009"
    assert str(read) == "***************009"
    assert "1969" not in repr(read)


@pytest.mark.parametrize(
    "value, kind, code",
    [
        pytest.param("199008122021212001", "pns", "nip_invalid", id="R3-pppk-refused-for-pns"),
        pytest.param("199008122021212001", "cpns", "nip_invalid", id="R3-pppk-refused-for-cpns"),
        pytest.param("199008122015032001", "pppk", "nip_invalid", id="R3-pns-refused-for-pppk"),
        pytest.param("199008122015202001", "", "nip_invalid", id="R3-marker-20"),
        pytest.param("199008122015302001", "", "nip_invalid", id="R3-marker-30"),
        pytest.param("199002312015032001", "", "nip_invalid", id="personnel-31-february"),
        pytest.param("199013122015032001", "", "nip_invalid", id="personnel-month-13"),
        pytest.param("189908122015032001", "", "nip_invalid", id="R3-century"),
        pytest.param("199008122115032001", "", "nip_invalid", id="R3-appointment-century"),
        pytest.param("199008122015033001", "", "nip_invalid", id="R3-sex-3"),
        pytest.param("199008122015032000", "", "nip_invalid", id="R3-serial-000"),
        pytest.param("19900812201503200", "", "nip_length", id="personnel-17-digits"),
        pytest.param("1990081220150320011", "", "nip_length", id="personnel-19-digits"),
        pytest.param("1.96904E+17", "", "nip_length", id="personnel-excel"),
        pytest.param("199008122008082001", "", "nip_age", id="R3-a-few-days-under-18"),
        pytest.param("199008122007212001", "", "nip_age", id="R3-pppk-year-under-18"),
    ],
)
def test_r3_refuses(value, kind, code):
    assert codes(nip.check(value, kind)) == refusal(nip.parse, value, kind) == [code]


@pytest.mark.parametrize(
    "value, kind",
    [
        pytest.param("199008122008092001", "pns", id="R3-first-month-after-18"),
        pytest.param("199008012008082001", "pns", id="R3-18-on-the-day"),
        pytest.param("199008122008212001", "pppk", id="R3-pppk-turns-18-that-year"),
        pytest.param("199008122021292001", "pppk_part_time", id="R3-ninth-contract"),
    ],
)
def test_r3_accepts(value, kind):
    assert nip.check(value, kind) == ()


@pytest.mark.parametrize(
    "birth, sex, expected",
    [
        pytest.param(date(1990, 8, 12), "P", [], id="R3-same-person"),
        pytest.param(date(1990, 8, 13), "P", ["nip_birthdate"], id="R3-birth-date"),
        pytest.param(date(1990, 8, 12), "L", ["nip_sex"], id="R3-sex"),
        pytest.param(date(1991, 8, 12), "L", ["nip_birthdate", "nip_sex"], id="R3-both"),
    ],
)
def test_r3_links_to_the_person(birth, sex, expected):
    assert codes(nip.check_person(nip.parse("199008122015032001"), birth, sex)) == expected


def test_acceptance_3_other_sex_digit():
    changed = nip.parse("199008122015031001")
    assert codes(nip.check_person(changed, date(1990, 8, 12), "P")) == ["nip_sex"]


def test_personnel_fault_names_the_digits():
    (reason,) = nip.check("199002312015032001")
    assert reason.message == (
        "Angka ke-1 sampai ke-8 harus tanggal lahir yang ada; periksa lagi NIP dengan SK pengangkatan"
    )


@given(st.from_regex(r"[0-9]{18}", fullmatch=True) | st.from_regex(PNS_CONTRACT, fullmatch=True))
def test_r3_accepts_only_what_the_contract_matches(value):
    assert nip.check(value, "pns") or PNS_CONTRACT.fullmatch(value)


@given(
    birth=st.dates(date(1950, 1, 1), date(2005, 12, 31)),
    age=st.integers(19, 58),
    month=st.integers(1, 12) | st.integers(21, 29),
    sex=st.sampled_from("12"),
    serial=st.integers(1, 999),
)
def test_r3_round_trip(birth, age, month, sex, serial):
    value = f"{birth:%Y%m%d}{birth.year + age}{month:02}{sex}{serial:03}"
    read = nip.parse(value)
    assert (read.birth_date, read.appointed_year, read.serial) == (birth, birth.year + age, serial)
    assert nip.check_person(read, birth, nip.SEXES[sex]) == ()
    assert (read.kind, read.appointed_month or read.contract + 20) == ("pns" if month < 13 else "pppk", month)
    assert nip.parse(read.shown) == read


@given(st.text(max_size=24), st.sampled_from(["", "pns", "pppk"]))
def test_any_text_gets_an_answer(text, kind):
    assert refusal(nip.parse, text, kind) == codes(nip.check(text, kind))
    assert refusal(kk.parse, text, TODAY) == codes(kk.check(text, TODAY))


@pytest.mark.parametrize(
    "birth, day, age",
    [
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 11, 18), TODAY, 18),
        (date(2008, 11, 19), TODAY, 17),
    ],
)
def test_age(birth, day, age):
    assert age_on(birth, day) == age


@pytest.mark.parametrize(
    "birth, expected",
    [
        pytest.param(date(2026, 11, 19), ["birth_future"], id="bad-future"),
        pytest.param(date(1905, 11, 18), ["birth_age"], id="bad-121-years"),
        pytest.param(date(1905, 11, 19), [], id="120-years"),
        pytest.param(TODAY, [], id="today"),
    ],
)
def test_bad_input_birth_date(birth, expected):
    assert codes(check_birth(birth, TODAY)) == expected

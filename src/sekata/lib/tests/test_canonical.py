"""Canonical JSON: the vectors of RFC 8785, our own kinds of values, then properties."""

import json
import math
import struct
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import IntEnum, StrEnum
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekata.lib import canonical


class Kind(StrEnum):
    OPEN = "open"


class Level(IntEnum):
    ONE = 1


@pytest.mark.parametrize(
    "bits, text",
    [
        ("0000000000000000", "0"),
        ("8000000000000000", "0"),
        ("0000000000000001", "5e-324"),
        ("8000000000000001", "-5e-324"),
        ("7fefffffffffffff", "1.7976931348623157e+308"),
        ("4340000000000000", "9007199254740992"),
        ("4430000000000000", "295147905179352830000"),
        ("44b52d02c7e14af5", "9.999999999999997e+22"),
        ("44b52d02c7e14af6", "1e+23"),
        ("44b52d02c7e14af7", "1.0000000000000001e+23"),
        ("444b1ae4d6e2ef4e", "999999999999999700000"),
        ("444b1ae4d6e2ef4f", "999999999999999900000"),
        ("444b1ae4d6e2ef50", "1e+21"),
        ("3eb0c6f7a0b5ed8c", "9.999999999999997e-7"),
        ("3eb0c6f7a0b5ed8d", "0.000001"),
        ("41b3de4355555553", "333333333.3333332"),
        ("41b3de4355555557", "333333333.33333343"),
        ("becbf647612f3696", "-0.0000033333333333333333"),
        ("43143ff3c1cb0959", "1424953923781206.2"),
    ],
)
def test_rfc_8785_appendix_b(bits, text):
    (value,) = struct.unpack(">d", bytes.fromhex(bits))
    assert canonical.dump(value).decode() == text


def test_rfc_8785_order_of_keys():
    keys = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    written = json.loads(canonical.dump(dict.fromkeys(keys, 0)), object_pairs_hook=list)
    assert [key for key, _ in written] == ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]


def test_rfc_8785_example():
    value = {
        "numbers": [333333333.33333329, 1e30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/",
        "literals": [None, True, False],
    }
    assert canonical.dump(value).decode() == (
        '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )


@pytest.mark.parametrize(
    "value, text",
    [
        (datetime(2026, 3, 2, 9, 15, tzinfo=timezone(timedelta(hours=7))), '"2026-03-02T02:15:00.000000Z"'),
        (datetime(2026, 3, 2, 2, 15, 0, 7, tzinfo=UTC), '"2026-03-02T02:15:00.000007Z"'),
        (date(2026, 3, 2), '"2026-03-02"'),
        (Decimal("1.50"), '"1.50"'),
        (Decimal("1E+3"), '"1000"'),
        (Decimal("1E-9"), '"0.000000001"'),
        (UUID(int=7), '"00000000-0000-0000-0000-000000000007"'),
        ((1, [2]), "[1,[2]]"),
        ({}, "{}"),
        (2**53 - 1, "9007199254740991"),
        (Kind.OPEN, '"open"'),
        (Level.ONE, "1"),
        ({Kind.OPEN: "Kampar – Pelalawan"}, '{"open":"Kampar – Pelalawan"}'),
    ],
)
def test_forms(value, text):
    assert canonical.dump(value) == text.encode()


@pytest.mark.parametrize(
    "value",
    [
        math.nan,
        math.inf,
        Decimal("NaN"),
        Decimal("Infinity"),
        2**53,
        datetime(2026, 3, 2),  # noqa: DTZ001
        "\ud800",
        {"\ud800": 1},
    ],
)
def test_refuses_what_is_not_exact(value):
    with pytest.raises(ValueError):
        canonical.dump([value])


@pytest.mark.parametrize("value", [b"bytes", {1, 2}, object(), {1: "a"}, {None: 1, "a": 2}, 1j])
def test_refuses_kinds_without_a_form(value):
    with pytest.raises(TypeError):
        canonical.dump(value)


def test_digest():
    assert canonical.digest({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


TEXT = st.text(st.characters(exclude_categories=["Cs"]))
SCALARS = st.none() | st.booleans() | st.integers(-canonical.SAFE, canonical.SAFE) | TEXT
JSON = st.recursive(
    SCALARS | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner),
    max_leaves=20,
)


@given(JSON)
def test_reads_back_equal_and_stays_canonical(value):
    written = canonical.dump(value)
    read = json.loads(written, parse_int=_number)
    assert read == value
    assert canonical.dump(read) == written


@given(st.dictionaries(TEXT, SCALARS), st.randoms())
def test_order_of_insertion_does_not_count(value, chance):
    members = list(value.items())
    chance.shuffle(members)
    assert canonical.dump(dict(members)) == canonical.dump(value)


def _number(text: str) -> int | float:
    """A reader of JSON has one kind of number: whole ones beyond SAFE come from floats."""
    return int(text) if abs(int(text)) <= canonical.SAFE else float(text)

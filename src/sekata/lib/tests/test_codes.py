"""Codes with a check symbol: R1 of complaints, card and payment numbers of other rooms, then properties."""

import hashlib
import hmac
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekata.lib import codes

BODIES = st.text(st.sampled_from(codes.CROCKFORD), min_size=1, max_size=14)
PLACES = st.integers(0, 100)


def test_r1_example():
    assert codes.check_symbol("K7Q29F3MX") == "B"
    assert codes.is_valid("K7Q29F3MXB")
    assert codes.shown("K7Q29F3MXB") == "K7Q29-F3MXB"
    assert not codes.is_valid("K7Q29F3XMB")


@pytest.mark.parametrize(
    "text, meant",
    [
        pytest.param("k7q29-f3mxb", "K7Q29F3MXB", id="R1-case-and-hyphen"),
        pytest.param(" K7Q29 F3MXB\n", "K7Q29F3MXB", id="R1-spaces"),
        pytest.param("K7Q29–F3MXB", "K7Q29F3MXB", id="R1-dash-of-a-messenger"),
        pytest.param("oO-iI-lL", "001111", id="R1-O-I-L"),
        pytest.param("U?ß", "U?ß", id="R1-others-stay"),
    ],
)
def test_r1_normalise(text, meant):
    assert codes.normalise(text) == meant


@pytest.mark.parametrize("text", ["", "K7Q29F3MX", "K7Q29F3MXBB", "K7Q29F3MXU", "K7Q29F3MX٣", "K7Q29F3MXß"])
def test_r1_refuses(text):
    assert not codes.is_valid(text)


def test_r1_hash_is_keyed_and_blind_to_writing():
    key = b"outside the database"
    found = codes.keyed_hash("k7q29-f3mxb", key)
    assert found == hmac.new(key, b"K7Q29F3MXB", hashlib.sha256).hexdigest()
    assert found != codes.keyed_hash("K7Q29F3MXB", b"another")
    with pytest.raises(ValueError, match="key"):
        codes.keyed_hash("K7Q29F3MXB", b"")


@pytest.mark.parametrize(
    "body, check",
    [
        pytest.param("0012000451", "0", id="wastebank-customer"),
        pytest.param("012600000123", "3", id="tax-customer"),
        pytest.param("022600000007", "6", id="tax-customer-2"),
        pytest.param("3140500012345", "9", id="library-item"),
        pytest.param("2140526000001", "9", id="library-member"),
        pytest.param("7992739871", "3", id="ISO-7812"),
    ],
)
def test_the_same_check_in_digits(body, check):
    assert codes.check_symbol(body, codes.DIGITS) == check
    assert codes.has_check(body + check, codes.DIGITS)


def test_r1_swaps_of_neighbours_are_caught_but_0_with_z():
    missed = set()
    for first in codes.CROCKFORD:
        for second in codes.CROCKFORD.replace(first, ""):
            for body in (f"{first}{second}", f"7{first}{second}"):
                swapped = body[:-2] + second + first
                if codes.has_check(swapped + codes.check_symbol(body)):
                    missed.add(frozenset((first, second)))
    assert missed == {frozenset("0Z")}


def test_generated_codes_are_valid_and_differ():
    made = {codes.generate() for _ in range(500)}
    assert len(made) == 500
    assert all(codes.is_valid(code) for code in made)


def test_make_takes_its_chance_from_outside():
    assert codes.make(random.Random(1).choice) == codes.make(random.Random(1).choice)
    assert codes.make(lambda alphabet: alphabet[0], length=4) == "0000"
    with pytest.raises(ValueError, match="symbol"):
        codes.make(random.choice, length=1)


@given(BODIES, PLACES, st.sampled_from(codes.CROCKFORD))
def test_r1_a_wrong_symbol_is_caught(body, place, symbol):
    code = body + codes.check_symbol(body)
    place %= len(code)
    changed = code[:place] + symbol + code[place + 1 :]
    assert codes.has_check(code)
    assert codes.has_check(changed) == (changed == code)


@given(st.text(max_size=20))
def test_any_text_gets_an_answer(text):
    assert codes.is_valid(text) in (True, False)
    assert codes.normalise(codes.shown(text)) == codes.normalise(text)

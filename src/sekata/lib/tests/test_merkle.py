"""Merkle trees: the known vectors of Certificate Transparency and of the masterplan, then properties."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekata.lib import merkle

RFC_RECORDS = [
    bytes.fromhex(record)
    for record in (
        *("", "00", "10", "2021", "3031", "40414243"),
        *("5051525354555657", "606162636465666768696a6b6c6d6e6f"),
    )
]
RFC_ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LEAVES = st.lists(st.binary(max_size=4).map(merkle.leaf_hash), min_size=1, max_size=40)


@pytest.mark.parametrize("size", range(9))
def test_rfc_6962_roots(size):
    leaves = [merkle.leaf_hash(record) for record in RFC_RECORDS[:size]]
    assert merkle.root(leaves).hex() == RFC_ROOTS[size]


def test_masterplan_r15_vector():
    leaves = [merkle.leaf_hash(record) for record in (b"A", b"B", b"C")]
    assert merkle.root(leaves).hex() == "961d2e2be20f538ffdf56962a86d1bd165498f222684ee4c5e02c1e9f852adc5"


def test_rfc_6962_example_of_seven():
    """Section 2.1.3: the paths of d0, d3, d4 and d6 in a tree of seven."""
    a, b, c, d, e, f, j = (merkle.leaf_hash(record) for record in RFC_RECORDS[:7])
    g, h, i = merkle.node_hash(a, b), merkle.node_hash(c, d), merkle.node_hash(e, f)
    k, left = merkle.node_hash(i, j), merkle.node_hash(g, h)
    leaves = [a, b, c, d, e, f, j]
    assert merkle.inclusion_proof(0, leaves) == (b, h, k)
    assert merkle.inclusion_proof(3, leaves) == (c, g, k)
    assert merkle.inclusion_proof(4, leaves) == (f, j, left)
    assert merkle.inclusion_proof(6, leaves) == (i, left)


def test_no_such_leaf():
    for index in (-1, 1):
        with pytest.raises(IndexError):
            merkle.inclusion_proof(index, [merkle.leaf_hash(b"A")])
        assert not merkle.verify_inclusion(b"", index, 1, (), b"")


def _root_by_definition(leaves: list[bytes]) -> bytes:
    """Section 2.1: split at the largest power of two below the size."""
    if len(leaves) == 1:
        return leaves[0]
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return merkle.node_hash(_root_by_definition(leaves[:half]), _root_by_definition(leaves[half:]))


@given(LEAVES)
def test_root_follows_the_definition(leaves):
    assert merkle.root(leaves) == _root_by_definition(leaves)


@given(LEAVES)
def test_each_leaf_can_be_proved(leaves):
    root, size = merkle.root(leaves), len(leaves)
    for index, leaf in enumerate(leaves):
        proof = merkle.inclusion_proof(index, leaves)
        assert len(proof) <= (size - 1).bit_length()
        assert merkle.verify_inclusion(leaf, index, size, proof, root)


@given(LEAVES, st.data())
def test_whatever_is_tampered_with_fails(leaves, data):
    root, size = merkle.root(leaves), len(leaves)
    index = data.draw(st.integers(0, size - 1))
    proof = merkle.inclusion_proof(index, leaves)
    other = hashlib.sha256(b"other").digest()
    assert not merkle.verify_inclusion(other, index, size, proof, root)
    assert not merkle.verify_inclusion(leaves[index], index, size, proof, other)
    assert not merkle.verify_inclusion(leaves[index], index, size, (*proof, other), root)
    assert not merkle.verify_inclusion(leaves[index], size, size, proof, root)
    for place in range(len(proof)):
        changed = (*proof[:place], other, *proof[place + 1 :])
        assert not merkle.verify_inclusion(leaves[index], index, size, changed, root)
    if proof:
        assert not merkle.verify_inclusion(leaves[index], index, size, proof[:-1], root)


@given(st.lists(st.integers(), min_size=2, max_size=40, unique=True), st.data())
def test_a_proof_is_for_one_place_only(numbers, data):
    leaves = [merkle.leaf_hash(str(number).encode()) for number in numbers]
    index, other = data.draw(st.permutations(range(len(leaves))))[:2]
    proof = merkle.inclusion_proof(index, leaves)
    assert not merkle.verify_inclusion(leaves[index], other, len(leaves), proof, merkle.root(leaves))

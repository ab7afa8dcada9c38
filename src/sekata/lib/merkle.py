"""Merkle trees as in Certificate Transparency: one hash for many records, and proofs for single ones.

RFC 6962 section 2.1, unchanged in RFC 9162 section 2.1: SHA-256, 0x00 before a leaf, 0x01 before a node, so
that no node can pass for a leaf. Order counts; hashes are raw bytes.
"""

import hashlib
from collections.abc import Iterable, Sequence

LEAF, NODE = b"\x00", b"\x01"


def leaf_hash(data: bytes) -> bytes:
    """The hash under which a record enters the tree."""
    return hashlib.sha256(LEAF + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(NODE + left + right).digest()


def root(leaves: Iterable[bytes]) -> bytes:
    """The root over leaf hashes; the hash of nothing over none."""
    level = list(leaves)
    if not level:
        return hashlib.sha256().digest()
    while len(level) > 1:
        level = _parents(level)
    return level[0]


def inclusion_proof(index: int, leaves: Sequence[bytes]) -> tuple[bytes, ...]:
    """The hashes beside the way from leaf `index` (from 0) up to the root, the lowest first."""
    if not 0 <= index < len(leaves):
        raise IndexError("no such leaf")
    level, proof = list(leaves), []
    while len(level) > 1:
        beside = index ^ 1
        if beside < len(level):
            proof.append(level[beside])
        level, index = _parents(level), index // 2
    return tuple(proof)


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether `proof` shows that the leaf hash is number `index` of the `size` under `root`."""
    if not 0 <= index < size:
        return False
    found, rest, last = leaf, iter(proof), size - 1
    while last:
        if index % 2 or index < last:
            beside = next(rest, None)
            if beside is None:
                return False
            found = node_hash(beside, found) if index % 2 else node_hash(found, beside)
        index, last = index // 2, last // 2
    return next(rest, None) is None and found == root


def _parents(level: list[bytes]) -> list[bytes]:
    """The next level up; an odd last hash rises as it is."""
    pairs = zip(level[::2], level[1::2], strict=False)
    return [node_hash(left, right) for left, right in pairs] + level[len(level) & ~1 :]

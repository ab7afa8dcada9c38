"""Recordings lose their owner and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from sekata.pillars.environment.complaints.standards.recordings import sound_type, without_owner
from sekata.pillars.environment.complaints.tests.test_citizen_pages import OGG, box, clip


@pytest.mark.parametrize(
    ("head", "mime"),
    [
        (OGG, "audio/ogg"),
        (b"OggS" + bytes(24) + b"\x01vorbis", "audio/ogg"),
        (b"OggS" + bytes(24) + b"\x80theora", ""),
        (clip(b"M4A "), "audio/mp4"),
        (clip(), ""),
        (b"MZ", ""),
        (b"", ""),
    ],
)
def test_sound_is_told_by_its_head(head, mime):
    assert sound_type(head) == mime


def test_only_the_telling_boxes_change_and_become_free_space():
    before, after = clip(), without_owner(clip())
    assert len(after) == len(before) and after.count(b"udta") == 0 and after.count(b"free") == 2
    for left in (b"ftyp", b"moov", b"mvhd", b"trak", b"tkhd", b"mdat"):
        assert after.index(left) == before.index(left)
    assert after[after.index(b"mdat") :] == before[before.index(b"mdat") :]


def test_apples_metadata_and_long_boxes_are_found_too():
    keys = box(b"meta", b"com.apple.quicktime.make", b"Apple")
    xmp = (1).to_bytes(4) + b"uuid" + (16 + 16 + 7).to_bytes(8) + bytes(16) + b"Nurlela"
    bare = without_owner(box(b"ftyp", b"isom") + xmp + box(b"moov", keys))
    assert b"Nurlela" not in bare and b"Apple" not in bare and bare.count(b"free") == 2


def test_words_inside_the_picture_are_left_alone():
    film = box(b"mdat", box(b"udta", b"kebetulan"))
    assert without_owner(film) == film


@given(some.binary(max_size=200))
def test_whatever_comes_keeps_its_length_and_a_second_time_changes_nothing(content):
    once = without_owner(content)
    assert len(once) == len(content) and without_owner(once) == once


@given(
    some.lists(
        some.tuples(
            some.sampled_from([b"moov", b"trak", b"udta", b"meta", b"mdat"]), some.binary(max_size=20)
        )
    )
)
def test_no_telling_box_is_left_at_any_depth(parts):
    film = b""
    for kind, body in parts:
        film = box(kind, body) + box(b"moov", film)
    assert b"udta" not in _heads(without_owner(film))


def _heads(content: bytes) -> list[bytes]:
    heads, start = [], 0
    while start + 8 <= len(content):
        heads.append(content[start + 4 : start + 8])
        start += max(int.from_bytes(content[start : start + 4]), 8)
    return heads

"""Recordings: Ogg (RFC 3533, RFC 7845) and M4A told by their heads; MP4 and M4A freed of who recorded with what.

In the ISO base media file format (ISO/IEC 14496-12) phones write owner, maker, model, software and place into
the boxes `udta`, `meta` and `uuid`. Turned into free space of the same length nothing else in the file moves:
picture and sound stay what they were, bit for bit.
"""

from collections.abc import Iterator

MIMES = frozenset({"video/mp4", "audio/mp4", "audio/x-m4a"})
TELLING = frozenset({b"udta", b"meta", b"uuid"})
HOLDING = frozenset({b"moov", b"trak", b"moof", b"traf"})
FREE = b"free"
HEAD, LONG_HEAD = 8, 16
DEEPEST = 8

OGG, SOUNDS_IN_OGG = b"OggS", (b"OpusHead", b"\x01vorbis", b"Speex   ", b"\x7fFLAC")
SOUND_BRANDS = frozenset({b"M4A ", b"M4B ", b"M4P "})
LOOKED_AT = 512


def sound_type(head: bytes) -> str:
    """audio/ogg or audio/mp4 where the first 512 bytes of a file are those of a sound recording, else empty."""
    if head[:4] == OGG and any(codec in head[:LOOKED_AT] for codec in SOUNDS_IN_OGG):
        return "audio/ogg"
    return "audio/mp4" if head[4:8] == b"ftyp" and head[8:12] in SOUND_BRANDS else ""


def without_owner(content: bytes) -> bytes:
    """The same recording, as long as before, with nothing left that tells of its owner or device."""
    bare = bytearray(content)
    for start, head, end in _telling(content, 0, len(content), 0):
        bare[start + 4 : start + HEAD] = FREE
        bare[start + head : end] = bytes(end - start - head)
    return bytes(bare)


def _telling(content: bytes, start: int, end: int, depth: int) -> Iterator[tuple[int, int, int]]:
    """Start, length of the head, and end of each box that tells of a person; a broken box ends the search."""
    while start + HEAD <= end:
        size, kind, head = int.from_bytes(content[start : start + 4]), content[start + 4 : start + HEAD], HEAD
        if size == 1:
            size, head = int.from_bytes(content[start + HEAD : start + LONG_HEAD]), LONG_HEAD
        last = start + size if size else end
        if last > end or last < start + head:
            return
        if kind in TELLING:
            yield start, head, last
        elif kind in HOLDING and depth < DEEPEST:
            yield from _telling(content, start + head, last, depth + 1)
        start = last

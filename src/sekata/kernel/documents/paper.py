"""What stands on official paper: the office, who signs, the letter's head.

Plain values; `facts` turns them into JSON.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sekata.kernel.documents.pictures import drawing, picture, qr
from sekata.web import words

ACTING = {"": "", "definitive": "", "plt": "Plt. ", "plh": "Plh. "}
REFUSED = "refused"
NIP_LENGTH = 18


@dataclass(frozen=True)
class Office:
    """Whose paper it is.

    seat: where letters are dated from; arms: the regency's coat of arms (PNG, JPEG or SVG).
    """

    government: str
    name: str
    address: str
    seat: str
    contact: str = ""
    arms: bytes = b""

    def facts(self) -> dict[str, object]:
        return {
            "government": self.government.upper(),
            "name": self.name.upper(),
            "plain_name": self.name,
            "address": self.address,
            "contact": self.contact,
            "seat": self.seat,
            "arms": picture(self.arms) if self.arms else "",
        }


@dataclass(frozen=True)
class Seal:
    """The mark of an electronic signature: when, and where anyone can check it."""

    at: datetime
    check_url: str

    def facts(self) -> dict[str, str]:
        at = f"{words.plain_date(self.at)}, {words.clock_time(self.at)} WIB"
        return {"at": at, "qr": qr(self.check_url), "address": address(self.check_url)}


@dataclass(frozen=True)
class Signer:
    """Who signs. acting: "", "plt" (vacant post) or "plh" (absent holder), as assignments say.

    behalf: `a.n.` whom.

    Without a seal the block leaves room for a signature by hand.
    """

    name: str
    position: str
    nip: str = ""
    rank: str = ""
    acting: str = ""
    behalf: str = ""
    seal: Seal | None = None

    def facts(self) -> dict[str, object]:
        return {
            "name": self.name,
            "position": f"{ACTING[self.acting]}{self.position}",
            "behalf": f"a.n. {self.behalf}" if self.behalf else "",
            "rank": self.rank,
            "nip": nip(self.nip),
            "seal": self.seal.facts() if self.seal else None,
        }


@dataclass(frozen=True)
class Party:
    """A person who signs on the spot.

    signature: a PNG, the path drawn on glass, "refused", or nothing yet.
    """

    name: str
    role: str
    position: str = ""
    nip: str = ""
    signature: bytes | str = ""
    reason: str = ""

    def facts(self) -> dict[str, object]:
        return {
            "name": self.name,
            "role": self.role,
            "position": self.position,
            "nip": nip(self.nip),
            "refused": self.signature == REFUSED,
            "reason": self.reason,
            "signature": self._drawn(),
        }

    def _drawn(self) -> str:
        if not self.signature or self.signature == REFUSED:
            return ""
        return drawing(self.signature) if isinstance(self.signature, str) else picture(self.signature)


@dataclass(frozen=True)
class Heading:
    """The head of a letter. to: the lines below `Yth.`, the last of them usually `di Langgam`."""

    number: str
    date: date
    subject: str
    to: tuple[str, ...]
    nature: str = "Biasa"
    attachments: str = "-"

    def facts(self) -> dict[str, object]:
        return {
            "number": self.number,
            "date": words.plain_date(self.date),
            "subject": self.subject,
            "to": list(self.to),
            "nature": self.nature,
            "attachments": self.attachments,
        }


def nip(number: str) -> str:
    """Grouped as on decrees: `19690407 200901 1 009`; other numbers as they are."""
    if len(number) != NIP_LENGTH or not number.isdigit():
        return number
    return f"{number[:8]} {number[8:14]} {number[14]} {number[15:]}"


def address(url: str) -> str:
    """An address as people type it, without the scheme."""
    return url.removeprefix("https://").removeprefix("http://").rstrip("/")

"""The copy of one's own data on paper."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from sekata.kernel.documents.paper import Office
from sekata.kernel.documents.pdf import render
from sekata.web import words

TYP = Path(__file__).resolve().parent / "typst" / "my_data.typ"
OFFICE = Office(
    "Pemerintah Kabupaten Pelalawan",
    "Dinas Komunikasi dan Informatika",
    "Pangkalan Kerinci",
    "Pangkalan Kerinci",
)
GROUNDS = {"legal_duty": "kewajiban hukum", "public_task": "tugas pelayanan publik", "consent": "persetujuan"}


def my_data(kept: Mapping[str, object], at: datetime) -> bytes:
    """The PDF/A of what `copy_of` gathered, with today's answers to each purpose."""
    return render(
        TYP,
        {
            "title": "Salinan data pribadi",
            "office": OFFICE.facts(),
            "check_address": "",
            "issued_at": at,
            "issued": f"{words.plain_date(at)}, {words.clock_time(at)} WIB",
            "facts": [[one["label"], one["value"] or "–", one["source"] or "–"] for one in kept["facts"]],
            "purposes": [[one["label"], GROUNDS[one["ground"]], _answer(one)] for one in kept["purposes"]],
            "looks": [
                [_moment(one["at"]), one["by"], one["fields"] or "–", one["purpose"] or "–"]
                for one in kept["looks"]
            ],
            "cases": [[one["number"], one["title"], _moment(one["received_at"])] for one in kept["cases"]],
            "requests": [
                [one["kind"], one["state"], _moment(one["received_at"])] for one in kept["requests"]
            ],
        },
    )


def _answer(purpose: Mapping[str, object]) -> str:
    if purpose["ground"] != "consent":
        return "tidak memerlukan persetujuan"
    return {True: "disetujui", False: "tidak disetujui", None: "belum ditanya"}[purpose["given"]]


def _moment(iso: str) -> str:
    at = datetime.fromisoformat(iso)
    return f"{words.plain_date(at)}, {words.clock_time(at)}"

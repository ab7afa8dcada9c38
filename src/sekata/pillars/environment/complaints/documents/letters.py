"""The receipt, the answer, and the letters that pass a complaint on."""

from collections.abc import Sequence
from datetime import date, datetime

from sekata.kernel.documents.paper import Heading, Office, Signer, address
from sekata.kernel.documents.pictures import qr
from sekata.pillars.environment.complaints.codes import Channel, Finding, ReporterMode
from sekata.pillars.environment.complaints.documents import phrases
from sekata.pillars.environment.complaints.documents.values import Matter, Passing
from sekata.pillars.environment.complaints.rules.identity import pseudonym
from sekata.web import words

CAME_BY = {
    Channel.WEB: "lewat situs",
    Channel.WHATSAPP: "lewat WhatsApp",
    Channel.PHONE: "lewat telepon",
    Channel.WALK_IN: "datang langsung",
    Channel.LETTER: "lewat surat",
    Channel.EMAIL: "lewat surel",
    Channel.OPEN311: "lewat aplikasi lain",
    Channel.SP4N_LAPOR: "lewat SP4N-LAPOR!",
    Channel.HOTSPOT: "dari titik panas satelit",
    Channel.OFFICER_PATROL: "dari patroli petugas",
}
SECRECY = {
    ReporterMode.NAMED: "nama hanya dibuka untuk penanganan",
    ReporterMode.CONFIDENTIAL: "nama dirahasiakan",
    ReporterMode.ANONYMOUS: "tanpa nama",
}
ESCALATION = (
    "Kalau batas ini terlewat, laporan otomatis naik ke Kepala Dinas, lalu ke Sekretaris Daerah. "
    "Anda tidak perlu melapor ulang."
)


def receipt(
    *,
    office: Office,
    number: str,
    code: str,
    received_at: datetime,
    channel: str,
    subject: str,
    place: str,
    reporter_mode: str,
    attachments: Sequence[str],
    promises: Sequence[str],
    check_url: str,
    track_url: str,
    escalation: str = ESCALATION,
    issued_at: datetime | None = None,
) -> bytes:
    """Tanda terima: number, tracking code with QR, and what the office promises.

    code: as shown, `K7Q29-F3MXB`; attachments: the kind of each;
    track_url: behind the QR, printed without its query.
    """
    issued = issued_at or received_at
    facts = {
        "title": f"Tanda terima pengaduan {number}",
        "office": office.facts(),
        "issued_at": issued,
        "issued": phrases.stamp(issued),
        "number": number,
        "code": code,
        "received": f"{phrases.moment(received_at)}, {CAME_BY[Channel(channel)]}",
        "subject": subject,
        "place": place,
        "reporter": f"{pseudonym(number)} ({SECRECY[ReporterMode(reporter_mode)]})",
        "attachments": phrases.attachments(attachments),
        "promises": list(promises),
        "escalation": escalation,
        "qr": qr(track_url),
        "track_address": _typed(track_url),
        "check_address": address(check_url),
    }
    return phrases.printed("receipt", facts)


def answer_letter(
    *,
    office: Office,
    heading: Heading,
    matter: Matter,
    message: str,
    signer: Signer,
    check_url: str,
    track_url: str,
    issued_at: datetime,
    finding: str = "",
    actions: Sequence[str] = (),
    objection_until: date | None = None,
    reopen_until: date | None = None,
    copies: Sequence[str] = (),
) -> bytes:
    """Surat jawaban to the reporter: what was found and done, and how to object (R17)."""
    facts = _letter(office, heading, matter, signer, check_url, issued_at, copies) | {
        "title": f"Jawaban atas pengaduan {matter.number}",
        "message": message,
        "finding": Finding(finding).label if finding else "",
        "actions": list(actions),
        "objection": words.long_date(objection_until),
        "reopening": words.long_date(reopen_until),
        "track_address": _typed(track_url),
    }
    return phrases.printed("answer", facts)


def referral_letter(
    *,
    office: Office,
    heading: Heading,
    matter: Matter,
    passing: Passing,
    signer: Signer,
    check_url: str,
    issued_at: datetime,
    packet_hash: str = "",
    first_response: str = "",
    copies: Sequence[str] = (),
) -> bytes:
    """Surat pelimpahan to the competent authority (R6, R8).

    first_response: what this office still does, a sentence.
    """
    facts = _letter(office, heading, matter, signer, check_url, issued_at, copies) | passing.facts()
    facts |= {
        "title": f"Pelimpahan pengaduan {matter.number}",
        "packet": phrases.fingerprint(packet_hash),
        "first_response": first_response,
    }
    return phrases.printed("referral", facts)


def forwarding_letter(
    *,
    office: Office,
    heading: Heading,
    matter: Matter,
    passing: Passing,
    signer: Signer,
    check_url: str,
    issued_at: datetime,
    copies: Sequence[str] = (),
) -> bytes:
    """Surat penerusan to the office whose matter it is, when it is not an environmental one (R6)."""
    facts = _letter(office, heading, matter, signer, check_url, issued_at, copies) | passing.facts()
    return phrases.printed(
        "forwarding", facts | {"title": f"Penerusan pengaduan {matter.number}", "packet": ""}
    )


def _letter(
    office: Office,
    heading: Heading,
    matter: Matter,
    signer: Signer,
    check_url: str,
    issued_at: datetime,
    copies: Sequence[str],
) -> dict[str, object]:
    return {
        "office": office.facts(),
        "heading": heading.facts(),
        "matter": matter.facts(),
        "signer": signer.facts(),
        "check_address": address(check_url),
        "issued_at": issued_at,
        "copies": list(copies),
    }


def _typed(url: str) -> str:
    """The address without what a QR carries behind it."""
    return address(url.split("?")[0].split("#")[0])

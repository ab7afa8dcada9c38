"""Papers of the field work: the order, the minutes, the report."""

from collections.abc import Sequence
from datetime import date, datetime

from sekata.kernel.documents.paper import Office, Party, Signer, address
from sekata.lib.words import spoken_date
from sekata.pillars.environment.complaints.codes import Finding, MinutesKind
from sekata.pillars.environment.complaints.documents import phrases
from sekata.pillars.environment.complaints.documents.values import (
    Exhibit,
    LabSample,
    Matter,
    Officer,
    Order,
    SampleLine,
    VisitEnd,
)
from sekata.web import words

TASK_BASES = (
    "Undang-Undang Nomor 32 Tahun 2009 tentang Perlindungan dan Pengelolaan Lingkungan Hidup sebagaimana "
    "telah diubah "
    "terakhir dengan Undang-Undang Nomor 6 Tahun 2023;",
    "Peraturan Pemerintah Nomor 22 Tahun 2021 tentang Penyelenggaraan Perlindungan dan Pengelolaan "
    "Lingkungan Hidup;",
    "Peraturan Menteri Lingkungan Hidup dan Kehutanan Nomor P.22/MENLHK/SETJEN/KUM.1/3/2017 tentang Tata "
    "Cara Pengelolaan "
    "Pengaduan Dugaan Pencemaran dan/atau Perusakan Lingkungan Hidup dan/atau Perusakan Hutan;",
)
"""Standing law of a task letter; the complaint itself is added as the last basis."""

STATEMENTS = {
    MinutesKind.REFUSAL_OF_ENTRY: (
        "Kepada pihak yang menolak telah dijelaskan bahwa menurut Pasal 74 ayat (3) Undang-Undang Nomor 32 "
        "Tahun 2009 "
        "penanggung jawab usaha dan/atau kegiatan dilarang menghalangi pelaksanaan tugas pejabat pengawas "
        "lingkungan hidup.",
    ),
    MinutesKind.STATEMENT: (
        "Keterangan di atas telah dibacakan kembali kepada pemberi keterangan dan dibenarkannya tanpa "
        "paksaan dari pihak mana pun.",
    ),
    MinutesKind.SAMPLE_HANDOVER: (
        "Sejak serah terima ini tanggung jawab atas contoh uji beralih kepada pihak yang menerima.",
    ),
    MinutesKind.REFUSAL_TO_SIGN: (
        "Penolakan tanda tangan tidak menghapus isi berita acara yang dibacakan. Salinannya tetap "
        "diserahkan kepada pihak yang menolak.",
    ),
}
"""What the minutes of some kinds state before the signatures, unless the caller says otherwise."""


NO_END = VisitEnd()


def task_letter(
    *,
    office: Office,
    number: str,
    matter: Matter,
    team: Sequence[Officer],
    planned_at: datetime,
    signer: Signer,
    check_url: str,
    issued_at: datetime,
    until: date | None = None,
    bases: Sequence[str] = TASK_BASES,
    tasks: Sequence[str] = (),
    report_within: int = 5,
    copies: Sequence[str] = (),
) -> bytes:
    """Surat tugas: on what ground, who, for what.

    tasks: instead of the usual four; report_within: working days.
    """
    facts = {
        "title": f"Surat tugas {number}",
        "office": office.facts(),
        "issued_at": issued_at,
        "date": words.plain_date(issued_at),
        "number": number,
        "bases": [*bases, _complaint_basis(matter)],
        "team": [officer.facts(duties=len(team) > 1) for officer in team],
        "tasks": list(tasks or _usual_tasks(matter, planned_at, report_within)),
        "period": _period(planned_at, until),
        "signer": signer.facts(),
        "check_address": address(check_url),
        "copies": list(copies),
    }
    return phrases.printed("task_letter", facts)


def minutes(
    *,
    office: Office,
    kind: str,
    number: str,
    at: datetime,
    place: str,
    matter: Matter,
    order: Order,
    team: Sequence[Officer],
    text: str,
    parties: Sequence[Party],
    check_url: str,
    samples: Sequence[SampleLine] = (),
    exhibits: Sequence[Exhibit] = (),
    about: str = "",
    statements: Sequence[str] | None = None,
    sheets: int = 2,
    issued_at: datetime | None = None,
) -> bytes:
    """Berita acara of any of the six kinds.

    about: the paper refused (refusal_to_sign); statements: instead of those of the kind;
    sheets: how many were made.
    """
    code = MinutesKind(kind)
    facts = {
        "title": f"{code.label} {number}",
        "headline": code.label.upper(),
        "office": office.facts(),
        "issued_at": issued_at or at,
        "kind": code.value,
        "number": number,
        "spoken": spoken_date(words.local(at)),
        "time": words.clock_time(at),
        "place": place,
        "matter": matter.facts(),
        "order": order.facts(),
        "team": [officer.facts(duties=len(team) > 1) for officer in team],
        "text": text,
        "samples": [line.facts() for line in samples],
        "exhibits": [exhibit.facts() for exhibit in exhibits],
        "about": about or "berita acara",
        "law": list(STATEMENTS.get(code, ()) if statements is None else statements),
        "copies_made": phrases.counted(sheets, "rangkap"),
        "parties": [party.facts() for party in parties],
        "check_address": address(check_url),
    }
    return phrases.printed("minutes", facts)


def report(
    *,
    office: Office,
    number: str,
    matter: Matter,
    order: Order,
    team: Sequence[Officer],
    visited_at: datetime,
    finding: str,
    facts: str,
    legal_reading: str,
    recommendation: str,
    lead: Signer,
    approver: Signer,
    check_url: str,
    issued_at: datetime,
    allegation: str = "",
    samples: Sequence[LabSample] = (),
    dilution_note: str = "",
    annexes: Sequence[str] = (),
    visit: VisitEnd = NO_END,
) -> bytes:
    """Laporan hasil verifikasi, signed by the lead and approved by the head.

    allegation: the reviewer's public wording; visit: outcome and checklist of the field work.
    """
    content = {
        "title": f"Laporan hasil verifikasi {number}",
        "office": office.facts(),
        "issued_at": issued_at,
        "date": words.plain_date(issued_at),
        "number": number,
        "matter": matter.facts(),
        "order": order.facts(),
        "team": [officer.facts(duties=len(team) > 1) for officer in team],
        "visited": phrases.moment(visited_at),
        "finding": Finding(finding).label,
        "findings": facts,
        "legal_reading": legal_reading,
        "recommendation": recommendation,
        "allegation": allegation,
        "samples": [sample.facts() for sample in samples],
        "dilution_note": dilution_note,
        "annexes": list(annexes),
        "visit": visit.facts(),
        "lead": lead.facts(),
        "approver": approver.facts(),
        "check_address": address(check_url),
    }
    return phrases.printed("report", content)


def _complaint_basis(matter: Matter) -> str:
    told = matter.facts()
    return f"Pengaduan nomor {told['number']} dari {told['reporter']} yang diterima pada {told['received']}."


def _usual_tasks(matter: Matter, planned_at: datetime, report_within: int) -> tuple[str, ...]:
    return (
        f"melakukan verifikasi lapangan atas pengaduan “{matter.subject}” di {matter.place} pada "
        f"{phrases.moment(planned_at)};",
        "meminta keterangan, mengambil foto atau video, dan mengambil contoh uji bila diperlukan, serta "
        "menuangkannya "
        "ke dalam berita acara;",
        "menjaga kerahasiaan identitas pengadu; dan",
        f"menyusun laporan hasil verifikasi paling lambat {phrases.counted(report_within, 'hari kerja')} "
        "setelah verifikasi "
        "lapangan atau setelah hasil laboratorium terakhir diterima.",
    )


def _period(planned_at: datetime, until: date | None) -> str:
    start = words.plain_date(planned_at)
    if until is None or until == words.local(planned_at).date():
        return f"pada {start}"
    return f"mulai {start} sampai dengan {words.plain_date(until)}"

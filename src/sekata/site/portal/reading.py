"""What the portal's pages read."""

from datetime import datetime, timedelta

from sekata.kernel.cases import queries as cases
from sekata.kernel.cases.models import NEVER, Case
from sekata.kernel.catalog import queries as catalog
from sekata.kernel.search.queries import Hit
from sekata.lib.actor import Actor
from sekata.lib.manifest import PILLARS
from sekata.lib.workflow import Phase
from sekata.site.registry import REGISTRY

PERIOD = timedelta(days=90)
PAGE = 20
BLURBS = {
    "governance": "Surat, izin, anggaran, hukum, kir, timbangan pasar",
    "branding": "Ombak Bono, Istana Sayap, dan komunitas penjaganya",
    "economy": "Desa, BUMDes, pelatihan kerja, pajak daerah",
    "living": "Puskesmas, rumah sehat, pangan aman, penyeberangan, anak",
    "society": "Perpustakaan darat dan terapung, hari bebas kendaraan, komunitas",
    "environment": "Pengaduan lingkungan, bank sampah, sekolah Adiwiyata",
}


def start_page(now: datetime) -> dict[str, object]:
    """Services, pillars with what runs in them, promise and reality, the figures of the last 90 days."""
    services = list(catalog.services())
    workflows = list(REGISTRY.workflows)
    kept = cases.punctuality(workflows, now - PERIOD, now)
    air = REGISTRY.provided().get("air.latest")
    return {
        "services": services[:6],
        "count": len(services),
        "pillars": [
            {
                "code": code,
                "label": label,
                "blurb": BLURBS[code],
                "services": [s for s in services if s.pillar == code][:3],
            }
            for code, label in PILLARS.items()
        ],
        "flagships": [s for s in services if s.flagship],
        "kept": kept,
        "running": len(REGISTRY.systems),
        "air": air() if air else None,
        "now": now,
    }


def my_cases(person: int, before: str) -> dict[str, object]:
    """A page of a citizen's own cases. before: number of the last case of the page before."""
    rows = cases.of_applicant(person)
    mark = cases.by_number(before) if before else None
    if mark and mark.applicant_id == person:
        rows = rows.filter(received_at__lt=mark.received_at)
    found = list(rows[: PAGE + 1])
    more = len(found) > PAGE
    lines = [_line(case) for case in found[:PAGE]]
    return {"lines": lines, "next": lines[-1]["number"] if more else ""}


def _line(case: Case) -> dict[str, object]:
    state = REGISTRY.workflows[case.workflow].state(case.state)
    return {
        "number": case.number,
        "title": case.title,
        "says": state.says,
        "open": state.phase in (Phase.OPEN, Phase.WAITING),
        "waiting": state.phase is Phase.WAITING,
        "due": case.due_at if case.due_at < NEVER and not case.paused_at else None,
        "received_at": case.received_at,
        "unit": case.unit.name,
    }


def by_number(text: str, actor: Actor) -> list[Hit]:
    """The case whose number was typed, if it lies on one of the officer's desks."""
    case = cases.by_number(text.upper()) if actor.is_officer else None
    if case is None or not cases.SEE.allows(actor, case):
        return []
    return [
        Hit(
            "case",
            case.number,
            f"{case.number} {case.title}",
            case.unit.name,
            f"/kerja/?kasus={case.pk}",
            1.0,
        )
    ]

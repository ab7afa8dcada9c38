"""The pages that citizens see, and what leads to each: a draft half filled in, one's own case, a paper."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace

from django.test import Client

from sekata.kernel.catalog import actions as catalog
from sekata.kernel.documents import actions as documents
from sekata.lib import clock
from sekata.pillars.environment.complaints import actions
from sekata.pillars.environment.complaints.tests.conftest import WHERE
from sekata.site.registry import REGISTRY

STEPS = ("foto", "tempat", "jenis", "kejadian", "perlakuan", "periksa")
MAPS = ("/pengaduan/", "/lapor/tempat/")
PLACE = {"lat": WHERE.lat, "lon": WHERE.lon, "landmark": "hilir jembatan kayu"}


@dataclass(frozen=True)
class Town:
    """What stands ready: addresses, the code of a case, cookies of a browser that has a draft."""

    pages: tuple[str, ...]
    code: str
    number: str
    cookies: dict[str, str]


def event() -> dict[str, object]:
    """What the page about the event asks for, seen yesterday: an hour of today may still lie ahead."""
    return {
        "description": "Air sungai hitam dan berbau sejak subuh, ikan baung mengapung.",
        "seen_on": (clock.today() - timedelta(days=1)).isoformat(),
        "seen_at": "20.10",
        "media": ["water"],
        "q_FISH_DEAD": "many",
    }


def fill(client: Client) -> None:
    """Answer all question pages of a report."""
    client.get("/lapor/?jenis=W01")
    client.post("/lapor/tempat/", PLACE)
    client.post("/lapor/jenis/", {"kind": "W01"})
    client.post("/lapor/kejadian/", event())
    client.post("/lapor/perlakuan/", {"mode": "anonymous"})


def publish(
    regency: SimpleNamespace, filed: Callable[..., actions.Filed], amount: int
) -> list[actions.Filed]:
    """So many reports of today, taken up, asked about and shown to the public."""
    at = clock.now().astimezone(clock.WIB)
    seen = at - timedelta(minutes=20)
    made = [filed(at.strftime("%Y-%m-%d %H:%M"), first_seen_at=seen) for _ in range(amount)]
    for one in made:
        actions.take_up(actor=regency.reviewer, complaint=one.complaint)
        actions.ask(
            actor=regency.reviewer, complaint=one.complaint, text="Apakah bau tercium pada malam hari?"
        )
        actions.publish(
            actor=regency.reviewer,
            complaint=one.complaint,
            public_text="Air sungai berubah warna di hilir jembatan.",
        )
    return made


def build(
    client: Client, regency: SimpleNamespace, filed: Callable[..., actions.Filed], amount: int = 3
) -> Town:
    """Fill the town and give the addresses of all citizens' pages; `client` holds the keys to them."""
    catalog.sync(REGISTRY.systems, clock.now())
    made = publish(regency, filed, amount)
    first = made[0]
    paper = documents.new_check_code()
    documents.issue(
        kind="complaints.receipt", title="Tanda terima", unit=regency.desk.pk, content=b"%PDF-1.7 x",
        at=clock.now(), check_code=paper, case=first.complaint.case_id, public=True,
    )  # fmt: skip
    sender = Client()
    fill(sender)
    sent = sender.post("/lapor/periksa/")["Location"]
    fill(client)
    client.post("/lacak/", {"kode": first.code})
    number = first.complaint.case.number
    pages = (
        *("/", "/layanan/", "/layanan/pengaduan-lingkungan/", "/pilar/environment/", "/pilar/economy/"),
        *("/cari/", "/cari/?q=pencemaran", "/lacak/", "/periksa/", f"/periksa/{paper}/", "/pengaduan/"),
        *(f"/lapor/{step}/" for step in STEPS),
        *("/lapor/serupa/", "/lapor/tersimpan/", "/lapor/lanjutkan/", sent, f"/lacak/{number}/"),
        *("/akun/login/", "/akun/signup/", "/luring/", "/kotak-keluar/"),
    )
    return Town(pages, first.code, number, {name: morsel.value for name, morsel in client.cookies.items()})

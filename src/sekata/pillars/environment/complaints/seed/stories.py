"""What happened where and when: invented, with the seasons and the river of the place."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from sekata.kernel.places import queries as places
from sekata.lib import clock
from sekata.pillars.environment.complaints import actions
from sekata.pillars.environment.complaints.codes import Channel, GroundResult, ReporterMode
from sekata.pillars.environment.complaints.models import Cluster
from sekata.pillars.environment.complaints.seed.papers import picture
from sekata.pillars.environment.complaints.standards.firms import HotspotRow

SEED = 140526
DAYS = 730
DRY = {2: 3.0, 3: 2.5, 7: 2.0, 8: 3.5, 9: 4.0, 10: 2.0}
"""Month -> how much likelier fire and smoke are than in a wet month."""

WEIGHTS = {"W01": 9, "W02": 10, "W03": 6, "W04": 3, "W05": 1, "A01": 7, "A02": 4, "A03": 7, "F01": 4, "F02": 4,
           "F03": 2, "S01": 10, "S02": 12, "B01": 1, "L01": 4, "L02": 3, "L03": 4,
           "L04": 2, "P01": 3, "O99": 4}  # fmt: skip
TEXTS = {
    "W01": ("Air Sungai {river} berubah hitam dan berbau sejak pagi, ikan baung dan selais mengapung di tepi.",
            "Sungai {river} berbusa putih dari hulu sampai jembatan, warga tidak berani mandi."),
    "W02": ("Kolam limbah pabrik di {village} meluap ke parit warga setelah hujan semalam.",
            "Dari pipa di belakang pabrik keluar air cokelat pekat ke Sungai {river} setiap malam."),
    "W03": ("Air cucian dari pasar {village} mengalir ke parit depan rumah, berbau busuk.",
            "Limbah binatu dan rumah makan dibuang ke got {village}, got tersumbat dan berbusa."),
    "W04": ("Air sumur di {village} berminyak dan berbau sejak dua minggu, sudah tiga rumah mengalami.",),
    "W05": ("Ada tumpahan minyak di tepian Sungai {river}, lapisan mengilap sepanjang dermaga {village}.",),
    "A01": ("Bau menyengat dari cerobong pabrik dekat {village} setiap malam, anak-anak batuk.",
            "Debu boiler turun ke jemuran dan atap rumah di {village} sejak sebulan ini."),
    "A02": ("Mesin genset di {village} bising sampai tengah malam, warga tidak bisa tidur.",),
    "A03": ("Sampah dibakar di lahan kosong {village} setiap sore, asapnya masuk ke sekolah.",),
    "F01": ("Api menyala di lahan gambut belakang {village}, merambat ke kebun sawit.",
            "Terlihat api memanjang di semak {village}, angin kencang ke arah rumah."),
    "F02": ("Asap tebal menutupi {village} sejak subuh, sumber api belum terlihat.",),
    "F03": ("Sekat kanal di {village} dijebol alat berat, air gambut turun cepat.",),
    "S01": ("Sampah dibuang di tepi jalan lintas dekat {village}, sudah dua truk tumpukannya.",
            "Ada yang membuang bangkai dan sampah pasar ke semak {village} malam hari."),
    "S02": ("TPS di {village} meluap, sudah seminggu tidak diangkut dan berulat.",
            "Sampah di depan pasar {village} tidak diangkut sejak hari Jumat."),
    "B01": ("Drum oli bekas dan lumpur hitam dibuang di kebun {village}.",),
    "L01": ("Alat berat menggali pasir di Sungai {river} tanpa papan izin, tebing longsor.",),
    "L02": ("Tepi Sungai {river} dibuka untuk kebun sampai ke air, pohon rengas ditebang.",),
    "L03": ("Terdengar gergaji mesin dan terlihat truk kayu keluar dari hutan dekat {village}.",),
    "L04": ("Gajah masuk kebun di {village} dan ada jerat di jalurnya.",),
    "P01": ("Ada gudang pengolahan limbah plastik di {village} yang tidak punya izin lingkungan.",),
    "O99": ("Warga {village} menanyakan bau yang tidak jelas asalnya setiap dini hari.",),
}  # fmt: skip
RIVERS = ("Kampar", "Segati", "Nilo", "Kerumutan", "Napuh")
CHECKED = (
    "Regu tanggap api memeriksa titik panas ini di lapangan, memadamkan sisa api, dan mencatat luasnya. Lahan diawasi "
    "bersama Masyarakat Peduli Api."
)
NAMES = (
    "Nurlela",
    "Syahrul",
    "Rosmawati",
    "Darwis",
    "Yusnita",
    "Hasan Basri",
    "Marlina",
    "Zulkifli",
    "Ernawati",
    "Jufri",
)


@dataclass(frozen=True)
class Story:
    """A report that will be lived through. pace: how slowly the office works on it (1 = in time)."""

    at: datetime
    service: str
    lat: float
    lon: float
    text: str
    mode: ReporterMode
    name: str
    phone: str
    channel: Channel
    pace: float
    fate: str
    dice: int


def stories(count: int, at: datetime) -> list[Story]:
    """`count` stories up to `at`, the same every time for the same day."""
    dice = random.Random(SEED)  # noqa: S311 - invented data
    villages = places.layer("village")
    found = [_story(dice, villages, at) for _ in range(count)]
    return sorted(found, key=lambda story: story.at)


def _story(dice: random.Random, villages: list, at: datetime) -> Story:
    moment = at - timedelta(days=dice.random() ** 1.15 * DAYS, minutes=dice.randrange(30, 600))
    weights = {
        code: w * (DRY.get(moment.month, 1.0) if code[0] == "F" else 1.0) for code, w in WEIGHTS.items()
    }
    service = dice.choices(list(weights), list(weights.values()))[0]
    village = dice.choice(villages)
    lat, lon = village.properties.get("lat"), village.properties.get("lon")
    text = dice.choice(TEXTS[service]).format(village=village.name, river=dice.choice(RIVERS))
    mode = dice.choices(list(ReporterMode), (5, 3, 4))[0]
    return Story(
        at=moment,
        service=service,
        lat=round(lat + dice.uniform(-0.012, 0.012), 5),
        lon=round(lon + dice.uniform(-0.012, 0.012), 5),
        text=text,
        mode=mode,
        name=dice.choice(NAMES),
        phone=f"+62812{dice.randrange(10_000_000, 99_999_999)}",
        channel=dice.choices((Channel.WEB, Channel.WHATSAPP, Channel.PHONE, Channel.WALK_IN), (6, 4, 2, 1))[
            0
        ],
        pace=dice.choices((0.5, 0.8, 1.2, 5.5), (4, 4, 3, 2))[0],
        fate=dice.choices(
            ("field", "desk", "refer", "forward", "incomplete", "reject", "withdraw"), (10, 7, 3, 1, 1, 1, 1)
        )[0],
        dice=dice.randrange(1_000_000),
    )


def fires(office, at: datetime) -> None:
    """Hotspots of the last dry weeks and of yesterday."""
    dice = random.Random(SEED + 1)  # noqa: S311 - invented data
    peat = places.layer("village")
    rows = []
    for back in (1, 1, 2, 5, 9, 30, 62, 75, 90):
        village = dice.choice(peat)
        seen = (
            (at - timedelta(days=back))
            .astimezone(UTC)
            .replace(hour=6, minute=dice.randrange(0, 50), second=0, microsecond=0)
        )
        for step in range(dice.randrange(1, 4)):
            rows.append(
                HotspotRow("N", "VIIRS", seen, round(village.properties["lat"] + step * 0.001, 5),
                           round(village.properties["lon"], 5), dice.choice("lnnh"), round(dice.uniform(1, 20), 1))
            )  # fmt: skip
    by_day: dict[datetime, list[HotspotRow]] = {}
    for row in rows:
        by_day.setdefault(row.acquired_at, []).append(row)
    for seen, found in sorted(by_day.items()):
        with clock.frozen(seen + timedelta(hours=2)):
            actions.import_hotspots(actor=office.intake, rows=found, source="peragaan")
    for cluster in Cluster.objects.filter(last_at__lt=at - timedelta(days=2)).select_related(
        "complaint__case"
    ):
        _respond(cluster, office)


def _respond(cluster: Cluster, office) -> None:
    """The responders went there, and the report of the satellite is answered."""
    there = cluster.last_at + timedelta(hours=9)
    burnt = cluster.confidence == "high"
    with clock.frozen(there + timedelta(hours=1)):
        actions.check_ground(
            actor=office.responder, cluster=cluster, result=GroundResult.FIRE if burnt else GroundResult.OLD_BURN,
            area_ha=Decimal("1.5") if burnt else None, checked_at=there,
        )  # fmt: skip
        complaint = cluster.complaint
        if complaint is None:
            return
        actions.take_up(actor=office.reviewer, complaint=complaint)
        actions.attach(actor=office.intake, complaint=complaint, files=(picture(cluster.pk, "F"),))
        actions.answer(actor=office.reviewer, complaint=complaint, message=CHECKED, finding="no_violation")


def air(office, at: datetime) -> None:
    """A month of PM2.5 at the station of Pangkalan Kerinci, smoky three weeks ago."""
    dice = random.Random(SEED + 2)  # noqa: S311 - invented data
    for back in range(30, -1, -1):
        morning = (
            (at - timedelta(days=back))
            .astimezone(clock.WIB)
            .replace(hour=7, minute=0, second=0, microsecond=0)
        )
        if morning > at:
            continue
        smoke = 55 if 18 <= back <= 22 else 0
        pm25 = Decimal(str(round(dice.uniform(14, 38) + smoke, 1)))
        with clock.frozen(morning + timedelta(minutes=5)):
            actions.record_air(
                actor=office.intake, station="Pangkalan Kerinci", measured_at=morning, pm25=pm25
            )

"""Waste savings bank: what this room gives the house."""

from sekata.lib.manifest import Job, Page, ServiceSeed, System
from sekata.pillars.environment.wastebank.actions import billing, notices, upkeep, withdrawals
from sekata.pillars.environment.wastebank.figures import DATASETS, INDICATORS
from sekata.pillars.environment.wastebank.rights import OVERSEE, RIGHTS, ROLES, SEE
from sekata.pillars.environment.wastebank.tables import TABLES
from sekata.pillars.environment.wastebank.workflow import (
    BANK,
    DEPOSIT,
    PERIOD,
    PICKUP,
    SALE,
    TRANSFER,
    WITHDRAWAL,
)

JOBS = (
    Job("wastebank.thresholds", upkeep.count_thresholds, every="40 1 * * *"),
    Job(notices.TELL, notices.tell_deposits),
    Job(billing.PAY, billing.pay_out),
    Job("wastebank.inquire", billing.inquire, every="*/5 * * * *"),
    Job("wastebank.expire", withdrawals.expire, every="20 1 * * *"),
    Job("wastebank.sleep", upkeep.put_to_sleep, every="50 1 * * *"),
    Job("wastebank.list_unclaimed", upkeep.list_unclaimed, every="0 2 * * *"),
)

SAVING = ServiceSeed(
    code="bank-sampah",
    name="Menabung sampah",
    name_en="Save with sorted waste",
    summary="Sampah terpilah ditimbang, dihargai, dan menjadi tabungan di bank sampah terdekat.",
    url="/bank-sampah/",
    keywords="bank sampah sigemas tabungan kardus botol plastik minyak jelantah daur ulang harga jemput",
    duration="langsung saat ditimbang",
    needs=("Sampah yang sudah dipilah", "Kartu keluarga untuk membuka rekening"),
    steps=(
        ("Lihat harga dan bank terdekat", "Harga tampil sebelum Anda berangkat."),
        ("Timbang", "Petugas menimbang di depan Anda; struk langsung diberikan, juga tanpa sinyal."),
        ("Tabungan bertambah", "Harga yang sudah ditunjukkan tidak pernah diturunkan sesudahnya."),
    ),
)

PAGES = (
    Page("workspace", "Bank sampah", "wastebank:choose", SEE, "recycle"),
    Page("workspace", "Bank sampah se-kabupaten", "wastebank:overview", OVERSEE, "chart-column"),
)

SYSTEM = System(
    code="wastebank",
    pillar="environment",
    label="Bank sampah",
    label_en="Waste savings bank",
    owner="dlh",
    summary="Sigemas, gemar menabung sampah: sampah terpilah ditimbang, dihargai, dan menjadi tabungan.",
    workflows=(BANK, DEPOSIT, WITHDRAWAL, PICKUP, SALE, TRANSFER, PERIOD),
    roles=ROLES,
    rights=RIGHTS,
    tables=TABLES,
    jobs=JOBS,
    datasets=DATASETS,
    indicators=INDICATORS,
    services=(SAVING,),
    pages=PAGES,
    case_url="wastebank:case",
    seed="sekata.pillars.environment.wastebank.seed.seed",
    urls="sekata.pillars.environment.wastebank.urls",
    api="sekata.pillars.environment.wastebank.api.router",
)

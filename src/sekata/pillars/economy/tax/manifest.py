"""Regional tax: what this room gives the house."""

from sekata.lib.manifest import Job, Page, ServiceSeed, System
from sekata.pillars.economy.tax.actions import (
    assessing,
    books,
    instalments,
    looking,
    mass_run,
    printing,
    relief,
    reminding,
)
from sekata.pillars.economy.tax.figures import DATASETS, INDICATORS
from sekata.pillars.economy.tax.queries.revenue import village_share
from sekata.pillars.economy.tax.rights import (
    APPROVE,
    ASK,
    ASSESS,
    AUDIT,
    COLLECT,
    HEAD,
    LEAD,
    OFFICER,
    PPAT,
    RIGHTS,
    ROLES,
)
from sekata.pillars.economy.tax.tables import TABLES
from sekata.pillars.economy.tax.workflow import WORKFLOWS

JOBS = (
    Job("tax.mass", mass_run.run, retries=20),
    Job("tax.print", printing.print_letters, retries=20),
    Job("tax.fall_due", assessing.fall_due, every="5 0 * * *"),
    Job("tax.expire", assessing.expire_lapsed, every="15 0 * * *"),
    Job("tax.break", instalments.break_overdue, every="25 0 * * *"),
    Job("tax.silence", relief.grant_silent, every="35 0 * * *"),
    Job("tax.unappealed", relief.close_unappealed, every="40 0 * * *"),
    Job("tax.remind", reminding.remind, every="10 1 * * *"),
    Job("tax.warn", reminding.warn, every="15 1 * * *"),
    Job("tax.estimate", reminding.estimate, every="20 1 * * *"),
    Job("tax.stpd", reminding.bill_late, every="25 1 * * *"),
    Job("tax.chart", books.keep_chart, every="1 0 * * *"),
)

PAGES = (
    Page("workspace", "Penetapan PBB-P2", "tax:years", ASSESS | HEAD, "calculator"),
    Page("workspace", "Piutang pajak", "tax:receivables", OFFICER, "wallet"),
    Page("portal", "Pajak saya", "tax:mine", ASK, "wallet"),
    Page("workspace", "Tarif, zona, target", "tax:tariffs", ASSESS | HEAD, "scale"),
    Page("workspace", "Reklame", "tax:billboards", ASSESS, "map-pin"),
    Page("workspace", "Air tanah", "tax:wells", ASSESS, "droplets"),
    Page("workspace", "Pemeriksaan pajak", "tax:worksheet", AUDIT | APPROVE | ASSESS, "file-search"),
    Page("workspace", "Penagihan pajak", "tax:kanban", COLLECT | HEAD, "gavel"),
    Page("workspace", "Laporan akta", "tax:deeds", PPAT | HEAD, "stamp"),
    Page("bridge", "Penerimaan pajak", "tax:revenue_board", LEAD, "chart-column"),
    Page("workspace", "BPHTB saya", "tax:board", PPAT, "file-text"),
)

SERVICES = (
    ServiceSeed(
        code="cek-pbb",
        name="Cek tagihan PBB-P2",
        name_en="Look up land tax",
        summary="Berapa PBB yang harus dibayar, dan berapa kalau dibayar nanti.",
        url="/pajak/",
        keywords="pajak bumi bangunan pbb nop sppt denda tagihan",
        duration="langsung",
    ),
    ServiceSeed(
        code="lapor-sptpd",
        name="Lapor pajak (SPTPD)",
        name_en="File a tax return",
        summary="Rumah makan, hotel, parkir, hiburan, listrik, galian, walet: lapor omzet tiap bulan.",
        url="/pajak/sptpd/",
        keywords="sptpd pbjt restoran hotel parkir hiburan listrik mblb walet omzet",
        duration="langsung",
    ),
    ServiceSeed(
        code="daftar-pajak",
        name="Daftar wajib pajak daerah",
        name_en="Register as a regional taxpayer",
        summary="Dapatkan NPWPD untuk diri sendiri atau badan usaha.",
        url="/pajak/daftar/",
        keywords="npwpd nopd daftar wajib pajak usaha",
        duration="1 hari kerja; 3 hari kerja bila diperiksa di lapangan",
    ),
    ServiceSeed(
        code="spop",
        name="Lapor objek PBB-P2 (SPOP)",
        name_en="Declare land and buildings",
        summary="Objek baru, perubahan luas atau bangunan, dan penghapusan.",
        url="/pajak/spop/",
        keywords="spop lspop objek pajak tanah bangunan luas mutasi",
        duration="3 hari kerja; 10 hari kerja bila diperiksa di lapangan",
    ),
    ServiceSeed(
        code="sspd-bphtb",
        name="Susun SSPD-BPHTB",
        name_en="Declare property-transfer duty",
        summary="Susun, serahkan kepada PPAT, dan ikuti penelitiannya.",
        url="/pajak/bphtb/baru/",
        keywords="sspd bphtb ppat akta validasi",
        duration="1 hari kerja sejak berkas lengkap",
    ),
    ServiceSeed(
        code="keringanan-pajak",
        name="Keberatan, pengurangan, angsuran, pengembalian",
        name_en="Objection, reduction, instalments, refund",
        summary="Pilih ketetapan Anda, lalu ajukan permohonannya.",
        url="/pajak/saya/",
        keywords="keberatan pengurangan angsuran restitusi kelebihan bayar",
        duration="sesuai jenis permohonan",
    ),
    ServiceSeed(
        code="hitung-bphtb",
        name="Hitung BPHTB",
        name_en="Compute property-transfer duty",
        summary="Bea perolehan hak atas tanah dan bangunan sebelum Anda ke PPAT.",
        url="/pajak/bphtb/",
        keywords="bphtb jual beli tanah rumah waris hibah",
        duration="langsung",
    ),
)

SYSTEM = System(
    code="tax",
    pillar="economy",
    label="Pajak daerah",
    label_en="Regional tax",
    owner="bapenda",
    summary="Daftar, lapor, dan bayar pajak daerah.",
    workflows=WORKFLOWS,
    roles=ROLES,
    rights=RIGHTS,
    tables=TABLES,
    jobs=JOBS,
    indicators=INDICATORS,
    datasets=DATASETS,
    api="sekata.pillars.economy.tax.api.router",
    pages=PAGES,
    services=SERVICES,
    case_url="tax:request",
    provides={"tax.village_share": village_share, "tax.clearance": looking.clearance},
    urls="sekata.pillars.economy.tax.urls",
    seed="sekata.pillars.economy.tax.seed.seed",
)

"""Environmental complaints: what this room gives the house."""

from sekata.lib.manifest import Job, Page, ServiceSeed, System
from sekata.pillars.environment.complaints import actions
from sekata.pillars.environment.complaints.figures import DATASETS, INDICATORS
from sekata.pillars.environment.complaints.rights import BRIDGE, FIRE, INSPECT, RIGHTS, ROLES, SEE, TAKE_IN
from sekata.pillars.environment.complaints.tables import TABLES
from sekata.pillars.environment.complaints.views.officer import pane
from sekata.pillars.environment.complaints.workflow import COMPLAINT

REPORT = ServiceSeed(
    code="pengaduan-lingkungan",
    name="Laporkan pencemaran, sampah, atau asap",
    name_en="Report pollution, waste or smoke",
    summary="Sungai berubah warna, limbah, bau, sampah, api, atau asap: laporkan, lalu ikuti sampai selesai.",
    url="/lapor/",
    keywords="pengaduan lingkungan pencemaran limbah sungai ikan mati sampah asap kabut api kebakaran bau sumur satwa",
    duration="jawaban paling lama 30 hari kerja",
    needs=(
        "Tempat kejadian: titik di peta, atau desa dan patokannya",
        "Apa yang terjadi dan kapan Anda melihatnya",
        "Foto kalau ada; tidak wajib",
    ),
    steps=(
        (
            "Kirim laporan",
            "Dengan nama, nama dirahasiakan, atau tanpa nama. Anda langsung menerima nomor dan kode lacak.",
        ),
        (
            "Kami telaah dalam 5 hari kerja",
            "Kalau kewenangan kantor lain, kami yang meneruskan dan tetap mengikuti.",
        ),
        ("Petugas datang ke lokasi", "Paling sedikit dua pengawas. Keadaan darurat: dalam 24 jam."),
        ("Anda menerima jawaban", "Paling lambat hari kerja ke-30, berikut kesimpulan dan tindak lanjutnya."),
    ),
    standard={
        "Dasar hukum": "UU 32/2009 pasal 65 dan 66; Permen LHK P.22/2017",
        "Persyaratan": "Tempat, kejadian, waktu, dan apa yang terdampak. Identitas boleh tidak diisi.",
        "Sistem, mekanisme, dan prosedur": "Diterima, ditelaah, diverifikasi di lapangan, ditindaklanjuti, dijawab.",
        "Jangka waktu penyelesaian": "30 hari kerja; meneruskan ke instansi lain 5 hari kerja",
        "Biaya": "Tidak dipungut biaya",
        "Produk pelayanan": "Tanda terima, laporan hasil verifikasi, surat jawaban",
        "Sarana dan prasarana": "Situs ini, WhatsApp, telepon, loket P3SLH, aplikasi Open311",
        "Kompetensi pelaksana": "Pejabat Pengawas Lingkungan Hidup Daerah (PPLHD)",
        "Pengawasan internal": "Eskalasi otomatis ke kepala dinas, sekretaris daerah, dan bupati",
        "Penanganan pengaduan, saran, dan masukan": "Minta dibuka kembali sampai 60 hari sesudah ditutup",
        "Jumlah pelaksana": "Petugas pos, penelaah, dan paling sedikit dua pengawas per verifikasi",
        "Jaminan pelayanan": "Setiap batas waktu tampil di halaman lacak",
        "Jaminan keamanan dan keselamatan": "Identitas tersimpan terenkripsi; boleh tanpa nama",
        "Evaluasi kinerja": "Lima indikator dihitung dari catatan, terbuka untuk umum",
    },
    flagship=True,
)

JOBS = (
    Job("complaints.compare", actions.compare),
    Job("complaints.reassess", actions.reassess),
    Job("complaints.escalate", actions.escalate, every="*/10 * * * *"),
    Job("complaints.chase", actions.chase, every="5 * * * *"),
    Job("complaints.forget", actions.forget_identities, every="30 1 * * *"),
)

PAGES = (
    Page("workspace", "Pengaduan", "complaints:board", SEE, "inbox"),
    Page("workspace", "Kunjungan", "complaints:agenda", INSPECT, "map-pin"),
    Page("workspace", "Titik panas", "complaints:hotspots", FIRE | TAKE_IN, "flame"),
    Page("bridge", "Kinerja pengaduan", "complaints:figures", BRIDGE, "chart-column"),
)

SYSTEM = System(
    code="complaints",
    pillar="environment",
    label="Pengaduan lingkungan",
    label_en="Environmental complaints",
    owner="dlh",
    summary="Pencemaran, kerusakan, sampah, api, dan asap: dari laporan sampai tindak lanjut.",
    workflows=(COMPLAINT,),
    roles=ROLES,
    rights=RIGHTS,
    tables=TABLES,
    services=(REPORT,),
    jobs=JOBS,
    pages=PAGES,
    datasets=DATASETS,
    indicators=INDICATORS,
    pane=pane,
    case_url="complaints:case",
    seed="sekata.pillars.environment.complaints.seed.seed",
    styles=("complaints/officer.css",),
    urls="sekata.pillars.environment.complaints.urls",
    api="sekata.pillars.environment.complaints.api.router",
)

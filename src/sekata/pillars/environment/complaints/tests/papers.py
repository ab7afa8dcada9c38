"""One specimen of every printable, with invented people and events in real places."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from sekata.pillars.environment.complaints import documents as d
from sekata.pillars.environment.complaints.codes import MinutesKind
from sekata.pillars.environment.complaints.tests.material import wib

NUMBER = "PLH-1405-2026-000412"
SECRET = "Rosmawati Siahaan"
HOST = "https://sekata.pelalawankab.go.id"
CHECK = f"{HOST}/c/6f1a9e27c41d"
TRACK = f"{HOST}/lacak"
GLASS = (
    "M10 60C20 10 40 10 45 50 48 80 60 80 70 40 75 20 90 20 88 55 86 80 110 70 120 45L135 60 150 40 230 50"
)

OFFICE = d.Office(
    government="Pemerintah Kabupaten Pelalawan",
    name="Dinas Lingkungan Hidup",
    address="Kompleks Perkantoran Bhakti Praja, Pangkalan Kerinci 28381",
    contact="dlh@pelalawankab.go.id",
    seat="Pangkalan Kerinci",
)
MATTER = d.Matter(
    number=NUMBER,
    received_at=wib("2026-11-18 09:42"),
    subject="Air Sungai Segati hitam dan ikan mati",
    place="Desa Segati, Kecamatan Langgam",
    kind="Sungai atau danau berubah warna, berbusa, atau ikan mati",
)
HEAD = d.Signer(
    name="Ir. Zulhendri Marpaung, M.Si.",
    position="Kepala Dinas Lingkungan Hidup",
    rank="Pembina Utama Muda",
    nip="197104121998031004",
    seal=d.Seal(wib("2026-11-20 14:07"), CHECK),
)
DIVISION = d.Signer(
    name="Yulia Rahmadani, S.T., M.Ling.",
    position="Kepala Bidang Penaatan dan Penegakan Hukum Lingkungan",
    rank="Pembina",
    nip="198003152006042011",
    acting="plt",
    seal=d.Seal(wib("2026-11-19 08:15"), CHECK),
)
INSPECTOR = "Pengawas Lingkungan Hidup Ahli Muda"
LEAD = d.Signer("Fajar Hidayatullah, S.Si.", INSPECTOR, nip="198607222010011008", rank="Penata Tingkat I")
TEAM = (
    d.Officer(
        "Fajar Hidayatullah, S.Si.", INSPECTOR, "198607222010011008", "Penata Tingkat I (III/d)", lead=True
    ),
    d.Officer(
        "Mega Puspita Lestari, A.Md.",
        "Pengawas Lingkungan Hidup Terampil",
        "199402172019032005",
        "Pengatur (II/c)",
    ),
)
ORDER = d.Order("600.4.16/ST/DLH/2026/0871", date(2026, 11, 19))
PROMISES = (
    "Laporan mulai ditelaah paling lambat Kamis, 19 November 2026. Kalau menjadi kewenangan instansi lain, "
    "kami teruskan paling lambat Rabu, 25 November 2026.",
    "Petugas datang ke lokasi paling lambat Senin, 23 November 2026.",
    "Jawaban akhir kami kirim paling lambat Senin, 4 Januari 2027 (hari kerja ke-30).",
)
PARTIES = (
    d.Party("Fajar Hidayatullah, S.Si.", "Ketua tim", INSPECTOR, "198607222010011008", signature=GLASS),
    d.Party(
        "Mega Puspita Lestari, A.Md.",
        "Anggota",
        "Pengawas Lingkungan Hidup Terampil",
        "199402172019032005",
        GLASS,
    ),
    d.Party(
        "Hendra Gunawan",
        "Perwakilan usaha",
        "Manajer pabrik PT Contoh Sawit Sejahtera",
        signature=d.REFUSED,
        reason="menunggu izin kantor pusat",
    ),
    d.Party("Darmawi", "Saksi", "Kepala Dusun II Desa Segati", signature=GLASS),
)
SHA = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
EXHIBITS = tuple(
    d.Exhibit(f"Foto {i}: buih di tepi sungai", SHA, wib(f"2026-11-18 08:{i:02}")) for i in range(1, 4)
)
SAMPLES = tuple(
    d.SampleLine(
        f"PLW-20261119-0{i}",
        matrix,
        position,
        wib(f"2026-11-19 10:{10 * i}"),
        "botol polietilena 1 liter",
        "didinginkan ≤ 6 °C",
        f"S-88{i}",
    )
    for i, (matrix, position) in enumerate(
        (("effluent", "outfall"), ("surface_water", "upstream"), ("surface_water", "downstream")), start=1
    )
)
SAID = {
    MinutesKind.VERIFICATION: "Air sungai di titik pengaduan berwarna cokelat kehitaman dan berbuih "
    "sepanjang sekitar 300 meter. "
    "Ditemukan ikan baung dan selais mati, sekurangnya 40 ekor.\n\nSaluran keluar kolam 6 mengalirkan air "
    "limbah "
    "berwarna hitam ke parit yang bermuara di Sungai Segati. pH di saluran keluar 5,1; di hulu 6,4; di "
    "hilir 5,3.",
    MinutesKind.REFUSAL_OF_ENTRY: "Petugas keamanan menutup pintu gerbang pada pukul 09.20 WIB dan "
    "menyatakan bahwa pimpinan tidak "
    "berada di tempat. Tim menunggu sampai pukul 10.45 WIB tanpa hasil.",
    MinutesKind.SAMPLE_HANDOVER: "Contoh uji di bawah ini diserahkan dalam kotak pendingin bersegel kepada "
    "laboratorium.",
    MinutesKind.PHOTO_VIDEO: "Pengambilan gambar dilakukan di tepi sungai dari arah hulu ke hilir dengan "
    "persetujuan pendamping.",
    MinutesKind.STATEMENT: "1. Sejak kapan air berubah warna?\nSejak Selasa sore, setelah hujan lebat.\n\n"
    "2. Apakah kolam penampung meluap?\nYa, kolam 6 meluap sekitar dua jam.",
    MinutesKind.REFUSAL_TO_SIGN: "Perwakilan usaha menyatakan harus meminta izin kantor pusat lebih dahulu "
    "dan menolak tanda tangan.",
}


def receipt(**changes: object) -> bytes:
    facts = dict(
        office=OFFICE,
        number=NUMBER,
        code="K7Q29-F3MXB",
        received_at=MATTER.received_at,
        channel="web",
        subject="Air Sungai Segati hitam dan ikan mati",
        place=MATTER.place,
        reporter_mode="confidential",
        attachments=("photo", "photo"),
        promises=PROMISES,
        check_url=CHECK,
        track_url=f"{TRACK}?kode=K7Q29-F3MXB",
    )
    return d.receipt(**facts | changes)


def task_letter(**changes: object) -> bytes:
    facts = dict(
        office=OFFICE,
        number=ORDER.number,
        matter=MATTER,
        team=TEAM,
        planned_at=wib("2026-11-19 09:00"),
        until=date(2026, 11, 20),
        signer=DIVISION,
        check_url=CHECK,
        issued_at=wib("2026-11-19 08:15"),
        copies=("Kepala Dinas Lingkungan Hidup (sebagai laporan)", "Kepala Desa Segati"),
    )
    return d.task_letter(**facts | changes)


def minutes(kind: str = "verification", **changes: object) -> bytes:
    facts = dict(
        office=OFFICE,
        kind=kind,
        number="BA-0193/DLH/2026",
        at=wib("2026-11-19 11:35"),
        matter=MATTER,
        order=ORDER,
        place="tepi Sungai Segati, Dusun II Desa Segati, Kecamatan Langgam",
        team=TEAM,
        text=SAID[MinutesKind(kind)],
        parties=PARTIES,
        check_url=CHECK,
        samples=SAMPLES if kind == "sample_handover" else (),
        exhibits=EXHIBITS if kind == "photo_video" else (),
        about="Berita Acara Verifikasi Nomor BA-0193/DLH/2026" if kind == "refusal_to_sign" else "",
    )
    return d.minutes(**facts | changes)


def report(**changes: object) -> bytes:
    lines = (
        d.LabLine("BOD", "412", "mg/L", "100", "SNI 6989.72:2009", over=True),
        d.LabLine("COD", "1.180", "mg/L", "350", "SNI 6989.2:2019", over=True),
        d.LabLine("pH", "5,1", "–", "6,0–9,0", "SNI 6989.11:2019", over=True),
        d.LabLine(
            "Minyak dan lemak", "11", "mg/L", "25", "SNI 6989.10:2011", "diterima laboratorium hari ke-2"
        ),
    )
    samples = tuple(
        d.LabSample(
            s.label, s.matrix, s.position, s.taken_at, "UPT Laboratorium Lingkungan", "LP-1023-IDN", lines
        )
        for s in SAMPLES[:2]
    )
    facts = dict(
        office=OFFICE,
        number="600.4.16/LHV/DLH/2026/0094",
        matter=MATTER,
        order=ORDER,
        team=TEAM,
        visited_at=wib("2026-11-19 09:30"),
        finding="pollution_or_damage_proven",
        facts=SAID[MinutesKind.VERIFICATION],
        legal_reading="Kadar BOD dan COD di titik keluar melampaui baku mutu air limbah industri minyak "
        "sawit. Perbuatan "
        "tersebut melanggar kewajiban menaati baku mutu dalam persetujuan lingkungan.",
        recommendation="1. Sanksi administratif berupa paksaan pemerintah: menutup saluran keluar kolam 6.\n"
        "2. Pemulihan sungai dan penebaran benih ikan bersama warga.",
        allegation="Warga melaporkan air sungai hitam dan berbau sejak Selasa sore, serta ikan mati.",
        samples=samples,
        dilution_note="Contoh diambil 19 jam setelah kejadian diketahui; pengenceran oleh hujan mungkin "
        "terjadi.",
        annexes=(
            "Berita Acara Verifikasi Nomor BA-0193/DLH/2026",
            "Sertifikat hasil uji",
            "Foto lokasi, 3 (tiga) lembar",
        ),
        lead=replace(LEAD, seal=d.Seal(wib("2026-11-30 10:02"), CHECK)),
        approver=replace(DIVISION, seal=d.Seal(wib("2026-11-30 15:40"), CHECK)),
        check_url=CHECK,
        issued_at=wib("2026-11-30 15:40"),
    )
    return d.report(**facts | changes)


def answer_letter(**changes: object) -> bytes:
    heading = d.Heading(
        "600.4.16/DLH/2026/1240",
        date(2026, 12, 1),
        "Jawaban atas pengaduan air Sungai Segati",
        ("Pengadu 0412", "melalui laman lacak pengaduan"),
        attachments="1 (satu) berkas",
    )
    facts = dict(
        office=OFFICE,
        heading=heading,
        matter=MATTER,
        finding="pollution_or_damage_proven",
        signer=HEAD,
        check_url=CHECK,
        message="Tim kami memeriksa lokasi pada 19 November 2026, kurang dari satu hari setelah laporan "
        "Saudara masuk. Air di "
        "saluran keluar sebuah pabrik melebihi baku mutu, dan kolam penampungnya meluap setelah hujan.",
        actions=(
            "Saluran keluar kolam 6 ditutup sejak 1 Desember 2026.",
            "Pabrik wajib memulihkan sungai paling lambat 31 Januari 2027; kami memeriksanya setiap pekan.",
        ),
        track_url=TRACK,
        issued_at=wib("2026-12-01 14:07"),
        objection_until=date(2026, 12, 15),
        reopen_until=date(2027, 1, 30),
        copies=("Bupati Pelalawan (sebagai laporan)", "Camat Langgam"),
    )
    return d.answer_letter(**facts | changes)


def passing(**changes: object) -> d.Passing:
    facts = dict(
        authority="Dinas Lingkungan Hidup dan Kehutanan Provinsi Riau",
        why="Persetujuan lingkungan usaha yang diduga diterbitkan gubernur.",
        text="Warga melaporkan air sungai hitam dan berbau sejak Selasa sore, serta ikan mati.",
        lat=0.39421,
        lon=101.84378,
        first_seen_at=wib("2026-11-17 16:30"),
        media=("water", "community_health"),
        suspected_source="Saluran keluar pabrik di hulu",
        evidence=EXHIBITS,
        reply_by=date(2026, 12, 9),
    )
    return d.Passing(**facts | changes)


def referral_letter(**changes: object) -> bytes:
    heading = d.Heading(
        "600.4.16/DLH/2026/1187",
        date(2026, 11, 20),
        "Pelimpahan pengaduan pencemaran air",
        ("Kepala Dinas Lingkungan Hidup dan Kehutanan Provinsi Riau", "di Pekanbaru"),
        "Segera",
        "1 (satu) berkas",
    )
    facts = dict(
        office=OFFICE,
        heading=heading,
        matter=MATTER,
        passing=passing(),
        signer=HEAD,
        check_url=CHECK,
        issued_at=wib("2026-11-20 14:07"),
        packet_hash=SHA,
        first_response="Tanggap pertama dan pengambilan contoh uji tetap kami laksanakan.",
        copies=("Bupati Pelalawan (sebagai laporan)", "Pengadu 0412 melalui laman lacak"),
    )
    return d.referral_letter(**facts | changes)


def forwarding_letter(**changes: object) -> bytes:
    heading = d.Heading(
        "600.4.16/DLH/2026/1188",
        date(2026, 11, 20),
        "Penerusan pengaduan jalan berlubang",
        ("Kepala Dinas Pekerjaan Umum dan Penataan Ruang", "di Pangkalan Kerinci"),
    )
    told = passing(
        authority="Dinas Pekerjaan Umum dan Penataan Ruang",
        why="Yang diadukan adalah kerusakan jalan kabupaten.",
        text="Jalan di depan pasar berlubang dan tergenang.",
        media=(),
        suspected_source="",
        evidence=EXHIBITS[:1],
    )
    matter = replace(MATTER, subject="Jalan berlubang di depan pasar", kind="Lainnya")
    facts = dict(
        office=OFFICE,
        heading=heading,
        matter=matter,
        passing=told,
        signer=replace(HEAD, acting="plh"),
        check_url=CHECK,
        issued_at=wib("2026-11-20 14:07"),
        copies=("Pengadu 0412 melalui laman lacak",),
    )
    return d.forwarding_letter(**facts | changes)


def rows(count: int) -> list[d.RegisterRow]:
    return [
        d.RegisterRow(
            f"PLH-1405-2026-{400 + i:06}",
            wib(f"2026-11-{1 + i % 28:02} 09:{i % 60:02}"),
            "WhatsApp",
            "Air sungai atau danau",
            "Air Sungai Segati hitam dan ikan mati",
            "Desa Segati, Kecamatan Langgam",
            "Dinas Lingkungan Hidup",
            "Tindak lanjut" if i % 3 else "Ditutup",
            date(2027, 1, 4),
            None if i % 3 else date(2026, 11, 29),
            "" if i % 3 else "Pelanggaran administratif",
            late=i % 7 == 3,
        )
        for i in range(1, count + 1)
    ]


def register(**changes: object) -> bytes:
    facts = dict(
        office=OFFICE,
        month=date(2026, 11, 1),
        rows=rows(14),
        signer=replace(DIVISION, seal=None),
        check_url=CHECK,
        totals=(("Pengaduan diterima", 1214), ("Kejadian", 1102), ("Dijawab tepat waktu", "91,1 %")),
        issued_at=wib("2026-12-01 08:00"),
    )
    return d.register(**facts | changes)


def bulletin(**changes: object) -> bytes:
    facts = dict(
        office=OFFICE,
        month=date(2026, 11, 1),
        headline="Sembilan dari sepuluh pengaduan dijawab tepat waktu",
        lead="Pada November 2026 warga mengirim 47 pengaduan tentang 41 kejadian. Yang terbanyak tentang "
        "air: 18 pengaduan, "
        "separuhnya dari Langgam dan Pangkalan Kuras setelah hujan lebat pekan kedua.",
        figures=(
            d.Figure("Pengaduan masuk", "47", "41 kejadian"),
            d.Figure("Dijawab tepat waktu", "91,1 %", "batas: 30 hari kerja"),
            d.Figure("Laporan sampai contoh air pertama", "19 jam", "nilai tengah; sasaran 24 jam"),
            d.Figure("Pelanggaran terbukti", "38,5 %", "dari 26 kejadian yang diverifikasi"),
            d.Figure("Dibuka kembali", "4,2 %", "dari yang ditutup"),
            d.Figure("Titik panas diperiksa", "88,0 %", "dalam 24 jam, dari 25"),
        ),
        groups=(
            d.Bar("Air", 18),
            d.Bar("Sampah", 12),
            d.Bar("Udara dan kebisingan", 9),
            d.Bar("Kebakaran dan gambut", 6),
            d.Bar("Limbah B3", 2, "<3"),
        ),
        districts=(
            d.DistrictRow("Langgam", "11", "8", "0"),
            d.DistrictRow("Pangkalan Kuras", "9", "7", "<3"),
            d.DistrictRow("Pangkalan Kerinci", "14", "12", "0"),
            d.DistrictRow("Teluk Meranti", "6", "4", "0"),
            d.DistrictRow("Kuala Kampar", "<3", "<3", "0"),
            d.DistrictRow("Ukui", "5", "4", "0"),
        ),
        stories=(
            d.Story(
                "Sungai Segati pulih setelah saluran kolam ditutup",
                "Warga melapor Rabu pagi; contoh air diambil "
                "19 jam kemudian. Pabrik menutup saluran keluar dan menebar 5.000 benih ikan bersama warga.",
            ),
            d.Story(
                "Tumpukan sampah di jalan lintas terangkut",
                "Empat laporan digabung menjadi satu kejadian. Sampah "
                "diangkut dalam dua hari, dan bak baru dipasang di simpang pasar.",
            ),
        ),
        data_url=f"{HOST}/data",
        check_url=CHECK,
        issued_at=wib("2026-12-01 08:00"),
    )
    return d.bulletin(**facts | changes)


ALL: dict[str, Callable[..., bytes]] = {
    "receipt": receipt,
    "task_letter": task_letter,
    **{f"minutes_{kind}": (lambda kind=kind, **c: minutes(kind, **c)) for kind in MinutesKind},
    "report": report,
    "answer_letter": answer_letter,
    "referral_letter": referral_letter,
    "forwarding_letter": forwarding_letter,
    "register": register,
    "bulletin": bulletin,
}

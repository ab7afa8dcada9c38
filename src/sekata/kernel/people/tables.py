"""What may change by decision and not by release: limits of codes, clocks of rights, purposes, words of messages."""

from datetime import date

from sekata.kernel.reference import queries as reference
from sekata.kernel.reference.queries import Value
from sekata.lib.manifest import Row, Table

HOURS = 72
CODES = "people.codes"
CLOCKS = "people.clocks"
PURPOSES = "people.purposes"
MANDATES = "people.mandates"
MERGES = "people.merges"
LAW = "UU 27/2022"

TABLES = (
    Table(
        CODES,
        "Batas kode sekali pakai",
        {
            "minutes": "Berlaku (menit)",
            "tries": "Percobaan per kode",
            "wait_seconds": "Jeda antarkirim (detik)",
            "per_day": "Kiriman sehari per nomor",
            "per_source_day": "Kiriman sehari per alamat jaringan",
        },
        (
            Row(
                "otp",
                {"minutes": 5, "tries": 5, "wait_seconds": 60, "per_day": 10, "per_source_day": 300},
                basis="Tata kelola keamanan akun daerah",
            ),
        ),
    ),
    Table(
        CLOCKS,
        "Tenggat hak subjek data",
        {"hours": "Jam sejak diterima", "article": "Pasal"},
        (
            Row("correct", {"hours": HOURS, "article": "30"}, basis=f"{LAW} Pasal 30"),
            Row("access", {"hours": HOURS, "article": "32"}, basis=f"{LAW} Pasal 32"),
            Row("withdraw", {"hours": HOURS, "article": "40"}, basis=f"{LAW} Pasal 40"),
            Row("restrict", {"hours": HOURS, "article": "41"}, basis=f"{LAW} Pasal 41"),
            Row("erase", {"hours": HOURS, "article": "43"}, basis=f"{LAW} Pasal 43 dan 44", confirmed=False),
        ),
        help="Jam kalender dari penerimaan permintaan; hari libur ikut terhitung.",
    ),
    Table(
        PURPOSES,
        "Tujuan pemrosesan data pribadi",
        {
            "label": "Tujuan",
            "text": "Kalimat untuk warga",
            "label_en": "Tujuan (Inggris)",
            "text_en": "Kalimat untuk warga (Inggris)",
            "ground": "consent | legal_duty | public_task",
        },
        (
            Row(
                "identity",
                {
                    "label": "Identitas kependudukan",
                    "text": "NIK, nama, dan tanggal lahir disimpan agar satu orang punya satu catatan.",
                    "label_en": "Population identity",
                    "text_en": "NIK, name and birth date are kept so that one person has one record.",
                    "ground": "legal_duty",
                },
                basis=f"{LAW} Pasal 20 ayat (2) huruf c; UU 24/2013",
            ),
            Row(
                "services",
                {
                    "label": "Menyelesaikan urusan Anda",
                    "text": "Isi permohonan dan pengaduan dipakai petugas yang menanganinya.",
                    "label_en": "Dealing with your cases",
                    "text_en": "What you write in applications and reports is used by the officers in charge.",
                    "ground": "public_task",
                },
                basis=f"{LAW} Pasal 20 ayat (2) huruf e; UU 25/2009",
            ),
            Row(
                "news",
                {
                    "label": "Kabar layanan baru",
                    "text": "Nomor HP Anda dipakai mengabari layanan dan kegiatan daerah, sekali sebulan.",
                    "label_en": "News about services",
                    "text_en": "Your phone number is used to tell you about services and events, at most once a month.",
                    "ground": "consent",
                },
                basis=f"{LAW} Pasal 20 ayat (2) huruf a",
            ),
            Row(
                "surveys",
                {
                    "label": "Survei kepuasan",
                    "text": "Sesudah urusan selesai, kami boleh menanyakan pendapat Anda lewat pesan.",
                    "label_en": "Satisfaction surveys",
                    "text_en": "After a case is closed we may ask for your opinion by message.",
                    "ground": "consent",
                },
                basis=f"{LAW} Pasal 20 ayat (2) huruf a",
            ),
            Row(
                "suggestions",
                {
                    "label": "Saran layanan menurut data Anda",
                    "text": "Data Anda dibandingkan dengan syarat bantuan dan layanan, lalu yang cocok disarankan.",
                    "label_en": "Services suggested from your data",
                    "text_en": "Your data is compared with the conditions of aid and services; what fits is suggested.",
                    "ground": "consent",
                },
                basis=f"{LAW} Pasal 20 ayat (2) huruf a",
            ),
        ),
    ),
    Table(
        MANDATES,
        "Masa kuasa antarwarga",
        {"months": "Paling lama (bulan)"},
        (
            Row(
                "citizen",
                {"months": 12},
                basis="Tata kelola akun warga; KUH Perdata Pasal 1792",
                confirmed=False,
            ),
        ),
    ),
    Table(
        MERGES,
        "Penggabungan catatan orang",
        {"days": "Dapat dibatalkan selama (hari)"},
        (Row("person", {"days": 30}, basis="Tata kelola identitas daerah"),),
    ),
    Table(
        "notify.template",
        "Naskah kabar",
        {"subject": "Perihal", "body": "Isi"},
        (
            Row(
                "people.code/id",
                {
                    "subject": "Kode Sekata",
                    "body": "Kode Sekata Anda ${code}, berlaku ${minutes} menit. Jangan berikan kepada siapa pun, "
                    "petugas tidak pernah menanyakannya.",
                },
                basis="Tata kelola keamanan akun daerah",
            ),
            Row(
                "people.code/en",
                {
                    "subject": "Sekata code",
                    "body": "Your Sekata code is ${code}, valid for ${minutes} minutes. Give it to nobody: officers "
                    "never ask for it.",
                },
                basis="Tata kelola keamanan akun daerah",
            ),
            Row(
                "people.recovery/id",
                {
                    "subject": "Ada yang mendaftar dengan NIK Anda",
                    "body": "Seseorang mencoba mendaftar di Sekata dengan NIK Anda. Kalau itu Anda, masuk saja dengan "
                    "nomor ini. Kalau bukan, NIK Anda tetap aman; datanglah ke loket bila ragu.",
                },
                basis="Tata kelola keamanan akun daerah",
            ),
            Row(
                "people.recovery/en",
                {
                    "subject": "Somebody registered with your NIK",
                    "body": "Somebody tried to register at Sekata with your NIK. If it was you, sign in with this "
                    "number. If not, your NIK is safe; come to a counter if in doubt.",
                },
                basis="Tata kelola keamanan akun daerah",
            ),
            Row(
                "people.rights/id",
                {
                    "subject": "Permintaan data: ${kind}",
                    "body": "Seorang warga meminta ${kind}. Jawab paling lambat ${due} WIB.",
                },
                basis=f"{LAW} Pasal 30 sampai dengan 43",
            ),
            Row(
                "people.rights.answered/id",
                {
                    "subject": "Permintaan data Anda dijawab",
                    "body": "Permintaan ${kind} Anda: ${state}. Jawabannya dapat dibaca di Data saya.",
                },
                basis=f"{LAW} Pasal 30 sampai dengan 43",
            ),
        ),
    ),
)


def in_force(table: str, on: date) -> dict[str, Value]:
    """key -> value of one of these tables on a day."""
    return reference.at(table, on)

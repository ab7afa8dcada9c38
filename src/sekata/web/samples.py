"""What the component page shows: invented people and numbers, real places."""

from datetime import UTC, datetime, timedelta

from django import forms as django_forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from sekata.lib.result import Reason
from sekata.web import charts, forms, maps
from sekata.web.components.clocks import ClockBadge

NOW = datetime(2026, 11, 18, 2, 42, tzinfo=UTC)


class SampleForm(forms.Form):
    """One field of each kind."""

    kelompok = django_forms.CharField(
        label="Nama kelompok tani", help_text="Seperti tertulis di surat pengukuhan"
    )
    nik = django_forms.RegexField(
        r"^\d{16}$",
        label="NIK",
        help_text="16 angka di KTP",
        error_messages={"invalid": "NIK harus 16 angka; yang Anda tulis 15"},
        widget=django_forms.TextInput({"inputmode": "numeric", "class": "w10"}),
    )
    luas = forms.NumberField(label="Luas lahan", unit="hektare")
    harga = forms.RupiahField(label="Harga jual", required=False)
    kecamatan = django_forms.ChoiceField(
        label="Kecamatan",
        choices=[(name, name) for name in ("Bunut", "Langgam", "Pangkalan Kerinci", "Pelalawan", "Ukui")],
    )
    desa = django_forms.CharField(
        label="Desa atau kelurahan",
        help_text="Misalnya Segati, Sotol, atau Langgam",
        widget=forms.DataListInput(options=("Gondai", "Langgam", "Penarikan", "Segati", "Sotol", "Tambak")),
    )
    lahir = forms.DateField(label="Tanggal lahir anak", help_text="Misalnya 7 11 2026 atau 7 November 2026")
    nama_terbuka = django_forms.ChoiceField(
        label="Bagaimana Anda ingin diperlakukan?",
        choices=[("terbuka", "Nama terbuka"), ("rahasia", "Nama dirahasiakan"), ("tanpa", "Tanpa nama")],
        widget=forms.CardRadios(
            hints={
                "terbuka": "Petugas dapat menghubungi Anda langsung",
                "rahasia": "Hanya dua petugas yang dapat membukanya",
                "tanpa": "Kami tidak menyimpan apa pun tentang Anda",
            }
        ),
    )
    terdampak = django_forms.MultipleChoiceField(
        label="Yang terdampak",
        required=False,
        choices=[("sungai", "Air sungai"), ("sumur", "Sumur warga")],
        widget=django_forms.CheckboxSelectMultiple,
    )
    patokan = django_forms.CharField(
        label="Patokan tempat",
        required=False,
        help_text="Yang mudah dikenali orang yang baru datang",
        widget=django_forms.Textarea({"rows": 3, "class": "short"}),
    )
    foto = forms.FilesField(
        label="Foto tempatnya",
        required=False,
        help_text="Paling banyak 10 foto, masing-masing sampai 15 MB",
        kinds=forms.PHOTOS,
    )
    benar = django_forms.BooleanField(label="Isian di atas benar sejauh yang saya ketahui")


def filled_form() -> SampleForm:
    """The form as someone left it, with four things to put right."""
    data = {
        "kelompok": "Tani Makmur Sorek Satu",
        "nik": "140502520890003",
        "luas": "1,5",
        "kecamatan": "Langgam",
        "desa": "",
        "lahir_hari": "31",
        "lahir_bulan": "Februari",
        "lahir_tahun": "2026",
        "nama_terbuka": "rahasia",
        "terdampak": ["sungai"],
        "benar": "on",
    }
    files = MultiValueDict({"foto": [SimpleUploadedFile("catatan.exe", b"MZ")]})
    query = MultiValueDict(
        {name: value if isinstance(value, list) else [value] for name, value in data.items()}
    )
    return SampleForm(query, files)


def _charts() -> dict[str, object]:
    months = (("Jun", 31), ("Jul", 44), ("Agu", 78), ("Sep", 96), ("Okt", 58), ("Nov", 37))
    points = [charts.Point(label, value, "#c-cha") for label, value in months]
    years = [charts.Point(str(2022 + k), v) for k, v in enumerate((2.9, 3.05, 3.22, 3.36, 3.52))]
    periods = ("Jun", "Jul", "Agu", "Sep", "Okt", "Nov")
    districts = [
        charts.Series("Langgam", (88, 90, 86, 91, 93, 92), "#c-cha"),
        charts.Series("Kerumutan", (75, 74, 78, 77, 80, 79), "#c-cha"),
        charts.Series("Teluk Meranti", (83, 80, 76, 71, 68, 66), "#c-cha", worse=True),
    ]
    parts = [("Keadaan awal", 3.42, "10 %"), ("Hasil", 3.18, "30 %"), ("Dampak", 3.05, "20 %")]
    shares = (("Dihitung dari catatan", 81), ("Angka resmi luar", 9), ("Isian sendiri", 7), ("Belum ada", 3))
    squares = (
        ("Pelalawan", 90, 1),
        ("Bunut", 88, 2),
        ("Kerumutan", 79, 4),
        ("", 0, 1),
        ("Teluk Meranti", 66, 5),
    )
    return {
        "bars": charts.bars(
            "Laporan asap memuncak pada September, lalu turun lebih dari separuh",
            points,
            head="Laporan",
            first="Bulan 2026",
        ),
        "line": charts.sparkline("Tata kelola naik setiap tahun", years, head="Nilai", places=2),
        "multiples": charts.multiples(
            "Teluk Meranti terus menurun", districts, periods, low=55, high=100, goal=90, note="tepat waktu"
        ),
        "levels": charts.levels(
            "Dampak paling lemah",
            [charts.Point(name, value, "#c-cha", f"bobot {weight}") for name, value, weight in parts],
            top=4,
            head="Nilai",
            places=2,
        ),
        "evidence": charts.evidence(
            "Seberapa terbukti angka ini?", [charts.Point(label, value, "#c-cha") for label, value in shares]
        ),
        "dots": charts.dots("22 dari 28 perangkat daerah mempunyai layanan unggulan yang berjalan", 22, 28),
        "meter": charts.meter("Udara sedang", 2),
        "boxes": charts.box_map(
            "Tepat waktu menurut kecamatan, November",
            [charts.Box(name, str(value), shade, "#c-cha" if name else "") for name, value, shade in squares],
            head="Tepat waktu (%)",
        ),
    }


def base_map() -> maps.Base:
    """A sketch of the Kampar and its tributary near Langgam."""
    kampar = [(101.6, 0.47), (101.72, 0.44), (101.8, 0.41), (101.9, 0.44), (102.0, 0.4), (102.15, 0.36)]
    segati = [(101.75, 0.28), (101.8, 0.34), (101.84, 0.394), (101.86, 0.43)]
    border = [(101.72, 0.25), (101.73, 0.35), (101.71, 0.42), (101.74, 0.5)]
    return maps.Base(
        borders=({"type": "LineString", "coordinates": border},),
        rivers=(
            ({"type": "LineString", "coordinates": kampar}, 11),
            ({"type": "LineString", "coordinates": segati}, 5),
        ),
        labels=(
            maps.Label("Sungai Kampar", 101.91, 0.452),
            maps.Label("Sungai Segati", 101.815, 0.325, soft=True),
            maps.Label("Langgam", 101.755, 0.36, soft=True, far=True),
        ),
    )


def _maps() -> dict[str, object]:
    places = [
        maps.Place("Segati, Langgam", 101.8438, 0.3942, "terbuka 12 hari", "#c-map"),
        maps.Place("Sotol, Langgam", 101.79, 0.35, "terbuka 4 hari", "#c-map"),
        maps.Place("Kuala Terusan, Pangkalan Kerinci", 101.93, 0.425, "terbuka 1 hari", "#c-map"),
    ]
    return {
        "places": maps.places_map("Tiga laporan terbuka di sekitar Sungai Kampar", places, base_map()),
        "point": maps.point_map(
            "Satu penanda di Sungai Segati, 300 meter di hilir jembatan",
            (101.8438, 0.3942),
            base_map(),
            frame=maps.Frame(101.76, 0.34, 101.93, 0.45),
        ),
    }


def _journey() -> list[dict[str, str]]:
    return [
        {
            "title": "Diterima",
            "when": "Rabu, 18 November 2026, 09.42",
            "text": "Tanda terima dikirim.",
            "state": "done",
        },
        {"title": "Ditelaah", "when": "paling lambat 25 November", "state": "now"},
        {"title": "Dijawab", "when": "paling lambat Senin, 4 Januari 2027", "state": "next"},
    ]


def everything() -> dict[str, object]:
    """The context of the component page."""
    return {
        "sample": filled_form(),
        "reasons_shown": [Reason("too_late", "Pencabutan hanya sampai hari kerja ke-10")],
        "pillars": _pillars(),
        "clocks": [
            ClockBadge("green", "10 hari lagi", 72),
            ClockBadge("amber", "2 hari lagi", 14),
            ClockBadge("red", "lewat 38 menit"),
            ClockBadge("paused", "dijeda, menunggu pelapor"),
        ],
        "answers": [
            {"label": "Nama usaha", "value": "Keripik Nenas Bu Rosmaini", "url": "#c-task"},
            {
                "label": "Desa",
                "value": "Kuala Terusan",
                "soft": "Kecamatan Pangkalan Kerinci",
                "url": "#c-task",
            },
        ],
        "journey": _journey(),
        "how": [("Pesan jadwal", "Pilih hari dan jam."), ("Datang", "Bawa STNK asli.")],
        "trail": [{"label": "Layanan", "url": "/"}, {"label": "Kendaraan", "url": "#"}],
        "charts": _charts(),
        "maps": _maps(),
        "now": NOW,
        "soon": NOW + timedelta(days=10),
        "span": timedelta(hours=22, minutes=33),
        "tokens": TOKENS,
        "icons": ICONS,
    }


def _pillars() -> list[tuple[str, str]]:
    names = ("Tata kelola", "Citra daerah", "Ekonomi", "Kehidupan", "Masyarakat", "Lingkungan")
    return list(
        zip(("governance", "branding", "economy", "living", "society", "environment"), names, strict=True)
    )


TOKENS = (
    "paper",
    "sand",
    "wash",
    "ink",
    "accent",
    "river",
    "kuning",
    "bad",
    "warn",
    "ok",
    "q1",
    "q2",
    "q3",
    "q4",
    "q5",
)
ICONS = (
    *("arrow-right", "bell", "calendar-days", "camera", "chart-column", "check", "chevron-left", "download"),
    *("file-text", "flag", "id-card", "inbox", "info", "lock", "mail", "map-pin", "message-square", "pause"),
    *(
        "phone",
        "printer",
        "save",
        "search",
        "ship",
        "triangle-alert",
        "truck",
        "user",
        "waves-horizontal",
        "wind",
        "x",
    ),
)

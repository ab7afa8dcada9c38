"""Seeds: who is competent, how urgent, and what may be the same incident."""

from sekata.lib.manifest import Row, Table


def _route(
    key: str,
    order: int,
    condition: str,
    authority: str,
    why: str,
    *,
    basis: str = "UU 23/2014 lampiran; UU 32/2009 pasal 63",
    copy_to: tuple[str, ...] = (),
    responder: str = "",
    **params: object,
) -> Row:
    value = {
        "order": order,
        "condition": condition,
        "params": params,
        "authority": authority,
        "copy_to": list(copy_to),
        "responder": responder,
        "why": why,
    }
    return Row(key, value, basis=basis)


ROUTING_RULE = Table(
    "complaints.routing_rule",
    "Aturan kewenangan",
    {
        "order": "Urutan (yang pertama cocok menang)",
        "condition": "Syarat",
        "params": "Isi syarat",
        "authority": "Instansi berwenang (kosong: instansi pertama jenis pengaduan)",
        "copy_to": "Tembusan",
        "responder": "Tanggap pertama dan contoh tetap oleh",
        "why": "Penjelasan",
    },
    basis="UU 23/2014 lampiran; UU 32/2009 pasal 63",
    seeds=(
        _route(
            "1a",
            10,
            "in_national_park",
            "tesso_nilo",
            "Lokasi di dalam taman nasional, jadi kewenangan {authority}.",
            basis="UU 5/1990",
        ),
        _route(
            "1b",
            11,
            "conservation_or_species",
            "bbksda",
            "Lokasi di kawasan konservasi atau menyangkut satwa dilindungi, jadi kewenangan {authority}.",
            basis="UU 5/1990",
            services=["L04"],
        ),
        _route(
            "2",
            20,
            "forest_or_logging",
            "province_dlhk",
            "Lokasi di kawasan hutan atau menyangkut penebangan, jadi kewenangan {authority}.",
            services=["L03"],
        ),
        _route(
            "3",
            30,
            "mining",
            "province_energy",
            "Laporan menyangkut pertambangan, jadi kewenangan {authority}.",
            copy_to=("police",),
            services=["L01"],
        ),
        _route(
            "4a",
            40,
            "approval_by",
            "ministry",
            "Persetujuan lingkungan {facility} diterbitkan menteri, jadi kewenangan {authority}.",
            responder="dlh",
            holder="minister",
        ),
        _route(
            "4b",
            41,
            "approval_by",
            "province_dlhk",
            "Persetujuan lingkungan {facility} diterbitkan gubernur, jadi kewenangan {authority}.",
            responder="dlh",
            holder="governor",
        ),
        _route(
            "5a",
            50,
            "crosses_province",
            "ministry",
            "Dampaknya melintasi batas provinsi, jadi kewenangan {authority}.",
        ),
        _route(
            "5b",
            51,
            "crosses_regency",
            "province_dlhk",
            "Dampaknya melintasi batas kabupaten, jadi kewenangan {authority}.",
        ),
        _route("6", 60, "at_sea", "province_dlhk", "Lokasi di laut, jadi kewenangan {authority}."),
        _route(
            "7",
            70,
            "service_group",
            "dlh_waste",
            "Laporan menyangkut layanan sampah, jadi tugas {authority}.",
            groups=["waste"],
        ),
        _route(
            "8",
            80,
            "always",
            "",
            "Tidak ada aturan 1 sampai 7 yang cocok, jadi tugas instansi pertama jenis ini: {authority}.",
        ),
    ),
)


def _priority(key: str, order: int, condition: str, step: int, why: str, **params: object) -> Row:
    value = {"order": order, "condition": condition, "step": step, "params": params, "why": why}
    return Row(key, value, basis="Aturan layanan R9")


PRIORITY_RULE = Table(
    "complaints.priority_rule",
    "Aturan prioritas",
    {
        "order": "Urutan",
        "condition": "Syarat",
        "step": "Tingkat naik (+) atau turun (-)",
        "params": "Isi syarat",
        "why": "Penjelasan",
    },
    basis="Aturan layanan R9",
    help="Setiap syarat yang terpenuhi dihitung sendiri; hasilnya tidak melewati P1 dan P4.",
    seeds=(
        _priority(
            "sensitive_site",
            1,
            "near_site",
            1,
            "{site} berjarak {distance} m, tidak lebih dari {radius_m} m.",
            radius_m=500,
            kinds=["drinking_water", "school", "clinic"],
        ),
        _priority("people_ill", 2, "people_ill", 1, "Ada warga yang sakit."),
        _priority(
            "many_reporters", 3, "reporters", 1, "Kejadian ini dilaporkan {reporters} orang.", at_least=5
        ),
        _priority(
            "facility_record",
            4,
            "facility_record",
            1,
            "Usaha yang diduga {record}.",
            proven=2,
            months=12,
        ),
        _priority(
            "event_over", 5, "ended", -1, "Kejadian sudah berhenti lebih dari {days} hari lalu.", days=14
        ),
    ),
)


def _duplicate(group: str, radius_m: int, max_age_hours: int) -> Row:
    value = {
        "radius_m": radius_m,
        "max_age_hours": max_age_hours,
        "weight_distance": "0.5",
        "weight_age": "0.3",
        "weight_text": "0.2",
        "threshold": "0.60",
    }
    return Row(group, value, basis="Aturan layanan R10")


DUPLICATE_RULE = Table(
    "complaints.duplicate_rule",
    "Aturan usul penggabungan",
    {
        "radius_m": "Jarak terjauh (m)",
        "max_age_hours": "Selisih waktu terlama (jam)",
        "weight_distance": "Bobot jarak",
        "weight_age": "Bobot waktu",
        "weight_text": "Bobot kemiripan teks",
        "threshold": "Nilai terendah untuk diusulkan",
    },
    basis="Aturan layanan R10",
    help="Kunci baris: kelompok jenis pengaduan. Tanpa baris tidak ada usul. Petugas selalu memutuskan.",
    seeds=(
        _duplicate("waste", 50, 14 * 24),
        _duplicate("air", 500, 3 * 24),
        _duplicate("water", 1000, 7 * 24),
        _duplicate("fire", 2000, 72),
    ),
)

MAP_PRECISION = Table(
    "complaints.map_precision",
    "Ketelitian peta umum",
    {
        "cell_degrees": "Sisi sel peta (derajat)",
        "small_count": 'Jumlah di bawah ini ditulis "<n"',
        "exact_services": "Jenis yang boleh tampil di titik sebenarnya",
        "trusted": "Penempat titik yang dipercaya, yang pertama didahulukan",
    },
    basis="UU 27/2022; aturan layanan R13",
    seeds=(
        Row(
            "public",
            {
                "cell_degrees": "0.005",
                "small_count": 3,
                "exact_services": ["F01", "W05"],
                "trusted": ["officer", "named", "hotspot"],
            },
            basis="UU 27/2022",
        ),
    ),
)

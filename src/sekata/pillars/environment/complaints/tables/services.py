"""Seeds: the service types, their questions, and the authorities that may be competent."""

from sekata.lib.manifest import Row, Table

AUTHORITY = Table(
    "complaints.authority",
    "Instansi yang dapat berwenang",
    {
        "name": "Nama resmi",
        "level": "Tingkat: regency, province, ministry, national_park, police",
        "external": "Di luar pemerintah kabupaten (dilimpahkan lewat surat)",
    },
    basis="UU 23/2014 lampiran; UU 32/2009 pasal 63",
    seeds=tuple(
        Row(key, {"name": name, "level": level, "external": level != "regency"})
        for key, name, level in (
            ("dlh", "Dinas Lingkungan Hidup", "regency"),
            ("dlh_waste", "Dinas Lingkungan Hidup, bidang pengelolaan sampah", "regency"),
            ("bpbd", "Badan Penanggulangan Bencana Daerah", "regency"),
            ("satpol_pp", "Satuan Polisi Pamong Praja", "regency"),
            ("province_dlhk", "Dinas Lingkungan Hidup dan Kehutanan Provinsi Riau", "province"),
            ("province_energy", "Dinas Energi dan Sumber Daya Mineral Provinsi Riau", "province"),
            ("brgm_successor", "Penerus tugas Badan Restorasi Gambut dan Mangrove", "ministry"),
            ("ministry", "Kementerian Lingkungan Hidup, penegakan hukum (Gakkum)", "ministry"),
            ("bbksda", "Balai Besar Konservasi Sumber Daya Alam Riau", "ministry"),
            ("tesso_nilo", "Balai Taman Nasional Tesso Nilo", "national_park"),
            ("police", "Kepolisian Resor Pelalawan", "police"),
        )
    ),
)


def _service(
    code: str,
    name: str,
    name_en: str,
    group: str,
    priority: str,
    authority: str,
    *,
    joint: tuple[str, ...] = (),
    alternatives: tuple[str, ...] = (),
    copy_to: tuple[str, ...] = (),
    by_holder: bool = False,
    keywords: str = "",
) -> Row:
    value = {
        "name": name,
        "name_en": name_en,
        "group": group,
        "priority": priority,
        "authority": authority,
        "joint": list(joint),
        "alternatives": list(alternatives),
        "copy_to": list(copy_to),
        "by_holder": by_holder,
        "keywords": keywords,
        "replacement": "",
    }
    return Row(code, value)


SERVICE_TYPE = Table(
    "complaints.service_type",
    "Jenis pengaduan",
    {
        "name": "Nama",
        "name_en": "Nama (Inggris)",
        "group": "Kelompok",
        "priority": "Prioritas awal",
        "authority": "Instansi pertama",
        "joint": "Bersama instansi",
        "alternatives": "Atau instansi",
        "copy_to": "Tembusan",
        "by_holder": "Kewenangan mengikuti penerbit persetujuan lingkungan",
        "keywords": "Kata kunci (dipisah koma)",
        "replacement": "Kode pengganti bila tidak dipakai lagi",
    },
    basis="UU 32/2009 pasal 65(5); Permen LHK P.22/2017",
    seeds=(
        _service(
            "W01",
            "Sungai atau danau berubah warna, berbusa, atau ikan mati",
            "River or lake discoloured, foam, dead fish",
            "water",
            "P2",
            "dlh",
            keywords="sungai,danau,ikan mati,busa",
        ),
        _service(
            "W02",
            "Limbah cair pabrik meluap atau dibuang",
            "Mill or factory effluent overflow or discharge",
            "water",
            "P2",
            "dlh",
            by_holder=True,
            keywords="limbah,pabrik,kolam,sawit",
        ),
        _service(
            "W03",
            "Air limbah rumah tangga, pasar, binatu, atau hotel",
            "Domestic, market, laundry or hotel wastewater",
            "water",
            "P3",
            "dlh",
            keywords="pasar,binatu,hotel,got",
        ),
        _service(
            "W04",
            "Air sumur atau air tanah tercemar",
            "Well or groundwater polluted",
            "water",
            "P2",
            "dlh",
            keywords="sumur,air tanah",
        ),
        _service(
            "W05",
            "Tumpahan minyak atau bahan kimia",
            "Oil or chemical spill",
            "water",
            "P1",
            "dlh",
            joint=("bpbd",),
            keywords="minyak,bahan kimia,tumpah",
        ),
        _service(
            "A01",
            "Asap, debu, atau bau dari pabrik",
            "Factory smoke, dust or odour",
            "air",
            "P3",
            "dlh",
            by_holder=True,
            keywords="bau,debu,cerobong",
        ),
        _service(
            "A02",
            "Kebisingan atau getaran",
            "Noise or vibration",
            "air",
            "P4",
            "dlh",
            keywords="bising,getaran",
        ),
        _service(
            "A03",
            "Pembakaran sampah di tempat terbuka",
            "Open burning of waste",
            "air",
            "P3",
            "dlh",
            alternatives=("satpol_pp",),
            keywords="bakar sampah",
        ),
        _service(
            "F01",
            "Kebakaran lahan, hutan, atau gambut dengan api",
            "Land, forest or peat fire with flame",
            "fire",
            "P1",
            "bpbd",
            keywords="api,kebakaran,karhutla,gambut",
        ),
        _service(
            "F02",
            "Kabut asap, sumber belum terlihat",
            "Haze or smoke, source unseen",
            "fire",
            "P2",
            "bpbd",
            keywords="asap,kabut",
        ),
        _service(
            "F03",
            "Kerusakan kanal atau drainase gambut",
            "Peat canal or drainage damage",
            "fire",
            "P3",
            "province_dlhk",
            alternatives=("brgm_successor",),
            keywords="kanal,sekat,gambut",
        ),
        _service(
            "S01",
            "Pembuangan sampah sembarangan",
            "Illegal dumping",
            "waste",
            "P3",
            "dlh_waste",
            keywords="sampah,buang",
        ),
        _service(
            "S02",
            "Sampah tidak diangkut atau TPS meluap",
            "Uncollected waste or overflowing depot",
            "waste",
            "P4",
            "dlh_waste",
            keywords="TPS,angkut,sampah",
        ),
        _service(
            "B01",
            "Limbah B3 dibuang",
            "Hazardous waste dumped",
            "hazardous",
            "P1",
            "dlh",
            copy_to=("ministry",),
            keywords="B3,oli,medis",
        ),
        _service(
            "L01",
            "Penambangan pasir atau emas tanpa izin",
            "Illegal sand or gold mining",
            "land",
            "P2",
            "province_energy",
            copy_to=("police",),
            keywords="tambang,pasir,emas,PETI",
        ),
        _service(
            "L02",
            "Pembukaan tepi sungai, mangrove, atau sempadan mata air",
            "Clearing of river bank, mangrove or spring buffer",
            "land",
            "P3",
            "dlh",
            keywords="sempadan,mangrove,mata air",
        ),
        _service(
            "L03",
            "Perambahan atau penebangan di kawasan hutan",
            "Encroachment or logging in forest area",
            "forest",
            "P2",
            "province_dlhk",
            keywords="hutan,tebang,perambahan",
        ),
        _service(
            "L04",
            "Satwa dilindungi, kawasan konservasi, atau taman nasional",
            "Protected wildlife, conservation area or national park",
            "forest",
            "P2",
            "bbksda",
            alternatives=("tesso_nilo",),
            keywords="satwa,gajah,harimau,taman nasional",
        ),
        _service(
            "P01",
            "Usaha tanpa persetujuan lingkungan",
            "Business without environmental approval",
            "permit",
            "P3",
            "dlh",
            keywords="izin,AMDAL,UKL-UPL",
        ),
        _service("O99", "Lainnya", "Other", "other", "P4", "dlh"),
    ),
)

_ONE, _MANY, _TEXT = "singlevaluelist", "multivaluelist", "string"
_YES_NO = {"yes": "Ya", "no": "Tidak"}
_YES_NO_UNKNOWN = _YES_NO | {"unknown": "Tidak tahu"}
_FISH = {"none": "Tidak ada", "some": "Beberapa", "many": "Banyak"}
_FLAME = {"spot": "Satu titik", "line": "Memanjang", "wide": "Meluas"}
_VOLUME = {"bag": "Sekantong", "cart": "Segerobak", "truck": "Satu truk atau lebih"}
_WHEN = {"morning": "Pagi", "day": "Siang", "evening": "Sore", "night": "Malam"}

# service, variable, question, Open311 datatype, values in the order shown
_QUESTIONS = (
    ("W01", "FISH_DEAD", "Adakah ikan mati?", _ONE, _FISH),
    ("W01", "COLOUR", "Apa warna airnya?", _TEXT, {}),
    ("W01", "SMELL", "Seperti apa baunya?", _TEXT, {}),
    ("W01", "DRINKING_USE", "Apakah airnya dipakai untuk minum?", _ONE, _YES_NO),
    ("W02", "FISH_DEAD", "Adakah ikan mati?", _ONE, _FISH),
    ("W02", "COLOUR", "Apa warna airnya?", _TEXT, {}),
    ("W02", "SMELL", "Seperti apa baunya?", _TEXT, {}),
    ("W02", "DRINKING_USE", "Apakah airnya dipakai untuk minum?", _ONE, _YES_NO),
    ("F01", "FLAME", "Seberapa besar apinya?", _ONE, _FLAME),
    ("F01", "ON_PEAT", "Apakah di lahan gambut?", _ONE, _YES_NO_UNKNOWN),
    ("F01", "ROAD_ACCESS", "Bagaimana jalan ke lokasi?", _TEXT, {}),
    ("S01", "VOLUME", "Seberapa banyak sampahnya?", _ONE, _VOLUME),
    ("S01", "BURNT", "Apakah sampahnya dibakar?", _ONE, _YES_NO),
    ("A01", "WHEN", "Kapan terjadinya? Boleh pilih lebih dari satu.", _MANY, _WHEN),
    ("A01", "HEALTH_COMPLAINT", "Adakah warga yang sakit karenanya?", _ONE, _YES_NO),
)


def _attributes() -> tuple[Row, ...]:
    rows: list[Row] = []
    for service, code, question, datatype, values in _QUESTIONS:
        order = sum(row.value["service"] == service for row in rows) + 1
        value = {
            "service": service,
            "code": code,
            "description": question,
            "datatype": datatype,
            "required": False,
            "order": order,
            "values": [{"key": key, "name": name} for key, name in values.items()],
        }
        rows.append(Row(f"{service}.{code}", value))
    return tuple(rows)


ATTRIBUTE = Table(
    "complaints.attribute",
    "Pertanyaan tambahan per jenis pengaduan",
    {
        "service": "Jenis pengaduan",
        "code": "Kode pertanyaan",
        "description": "Pertanyaan",
        "datatype": "Jenis jawaban (Open311)",
        "required": "Wajib dijawab",
        "order": "Urutan",
        "values": "Pilihan jawaban",
    },
    seeds=_attributes(),
    help="Kunci baris: jenis pengaduan, titik, kode pertanyaan. Pertanyaan wajib sebaiknya sedikit.",
)

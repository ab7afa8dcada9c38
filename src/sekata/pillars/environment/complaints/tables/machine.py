"""Seeds: the jurisdictions that the Open311 interface serves, and what may be read off a service type."""

from sekata.lib.manifest import Row, Table

OPEN311 = Table(
    "complaints.open311",
    "Wilayah Open311",
    {
        "contact": "Kontak untuk pembuat aplikasi",
        "key_service": "Cara mendapat kunci API",
        "changeset": "Tanggal perubahan antarmuka (W3C)",
        "production": "Benar: bukan untuk percobaan",
    },
    basis="Open311 GeoReport v2",
    help="Kunci baris: jurisdiction_id.",
    seeds=(
        Row(
            "pelalawankab.go.id",
            {
                "contact": "Dinas Lingkungan Hidup Kabupaten Pelalawan, Pangkalan Kerinci",
                "key_service": "Minta kunci API kepada Bidang Penaatan, Dinas Lingkungan Hidup.",
                "changeset": "2026-01-01T00:00:00+07:00",
                "production": True,
            },
        ),
    ),
)

MEDIA_OF_GROUP = Table(
    "complaints.media_of_group",
    "Media yang terdampak menurut kelompok",
    {"media": "Media"},
    basis="Aturan layanan R3",
    help="Dipakai bila saluran tidak menanyakan media yang terdampak (Open311, WhatsApp).",
    seeds=tuple(
        Row(group, {"media": list(media)})
        for group, media in (
            ("water", ("water",)),
            ("air", ("air",)),
            ("fire", ("air",)),
            ("waste", ("soil",)),
            ("hazardous", ("soil",)),
            ("land", ("soil",)),
            ("forest", ("forest",)),
        )
    ),
)

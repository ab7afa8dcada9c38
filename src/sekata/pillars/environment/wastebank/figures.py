"""The indicators of the contract and the open datasets, all counted from what really happened."""

from sekata.lib.manifest import Dataset, Indicator
from sekata.pillars.environment.wastebank.queries import exports, indicators

INDICATORS = (
    Indicator(
        "wastebank.sold",
        "Sampah terjual atau terolah",
        "t/bulan",
        "kilogram diterima pembeli luar dikurangi tolakan, ditambah yang diolah sendiri ÷ 1000 ÷ bulan (R15)",
        indicators.sold,
    ),
    Indicator(
        "wastebank.reduction_share",
        "Bagian bank sampah dalam pengurangan",
        "%",
        "terjual atau terolah ÷ timbulan penduduk pada masa yang sama (R15 ÷ R16)",
        indicators.reduction_share,
    ),
    Indicator(
        "wastebank.households",
        "Rumah tangga aktif",
        "%",
        "rumah tangga yang menyetor dalam 90 hari terakhir ÷ rumah tangga wilayah layanan, masing-masing sekali (R20)",
        indicators.households,
    ),
    Indicator(
        "wastebank.paid",
        "Dibayarkan kepada warga",
        "Rp/bulan",
        "penarikan yang sudah dibayar, tanpa pindah antar-nasabah ÷ bulan",
        indicators.paid,
    ),
    Indicator(
        "wastebank.avoided",
        "Emisi terhindar",
        "t CO2e/tahun",
        "ton terjual 12 bulan × faktor yang berlaku (perkiraan US EPA WARM v15, bukan kredit karbon; R17)",
        indicators.avoided,
    ),
    Indicator(
        "wastebank.shrinkage",
        "Susut",
        "%",
        "kilogram hilang saat opname dan kiriman ÷ kilogram masuk",
        indicators.shrinkage,
        better="lower",
    ),
)

DATASETS = (
    Dataset(
        "wastebank-monthly",
        "Sampah bank sampah per bulan",
        {
            "month": "Bulan, tahun-bulan",
            "bank_code": "Kode bank sampah",
            "bank": "Nama bank sampah",
            "material_code": "Kode jenis",
            "material": "Jenis",
            "intake_t": "Diterima dari nasabah, ton",
            "sold_or_processed_t": "Dijual ke luar atau diolah, ton, sesudah dikurangi tolakan",
        },
        exports.monthly_rows,
    ),
    Dataset(
        "wastebank-prices",
        "Daftar harga bank sampah",
        {
            "bank_code": "Kode bank sampah",
            "bank": "Nama bank sampah",
            "material_code": "Kode jenis",
            "material": "Jenis",
            "grade": "Mutu",
            "channel": "drop_off: diantar; pickup: dijemput",
            "price": "Rupiah per satuan; kosong: tidak dibeli",
            "unit": "Satuan: kg, liter, piece",
            "valid_from": "Berlaku sejak",
            "list_version": "Nomor daftar harga",
        },
        exports.price_rows,
        frequency="weekly",
    ),
)

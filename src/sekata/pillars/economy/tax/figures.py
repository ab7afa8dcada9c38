"""The indicators of the contract and the open datasets, all counted from what really came in."""

from sekata.lib.manifest import Dataset, Indicator
from sekata.pillars.economy.tax.queries import figures

INDICATORS = (
    Indicator(
        "tax.realisation",
        "Realisasi pajak daerah",
        "%",
        "penerimaan bersih ÷ target versi yang berlaku",
        figures.realisation,
    ),
    Indicator(
        "tax.land_compliance",
        "Kepatuhan pokok PBB-P2",
        "%",
        "SPPT lunas sampai jatuh tempo ÷ SPPT terbit yang jatuh tempo pada masa itu",
        figures.land_compliance,
    ),
    Indicator(
        "tax.digital_share",
        "Penerimaan lewat kanal digital",
        "%",
        "penerimaan lewat VA, QRIS, dan host-to-host ÷ seluruh penerimaan",
        figures.digital_share,
    ),
    Indicator(
        "tax.arrears_recovered",
        "Tunggakan tertagih",
        "%",
        "tunggakan tahun lalu yang dibayar ÷ tunggakan awal",
        figures.arrears_recovered,
    ),
)

DATASETS = (
    Dataset(
        "tax-monthly",
        "Penerimaan pajak daerah per bulan",
        {
            "month": "Bulan, tahun-bulan",
            "tax": "Jenis pajak",
            "payments": "Banyaknya pembayaran; kurang dari 5 ditulis <5",
            "amount": "Rupiah bersih; sel dengan kurang dari 5 pembayaran ditulis <5",
        },
        figures.by_month,
    ),
    Dataset(
        "tax-land-villages",
        "PBB-P2 menurut desa",
        {
            "year": "Tahun pajak",
            "village_code": "Kode desa (Kemendagri)",
            "village": "Desa atau kelurahan",
            "letters": "Banyaknya SPPT; sel dengan kurang dari 5 wajib pajak ditulis <5",
            "assessed": "Ketetapan, rupiah; disembunyikan seperti di atas",
            "paid": "Dibayar, rupiah; disembunyikan seperti di atas",
        },
        figures.by_village,
        frequency="yearly",
    ),
)

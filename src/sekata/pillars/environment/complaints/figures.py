"""The five indicators of the contract and the open dataset, all counted from what really happened."""

from sekata.lib.manifest import Dataset, Indicator
from sekata.pillars.environment.complaints.queries import figures

INDICATORS = (
    Indicator(
        "complaints.on_time",
        "Pengaduan tepat waktu",
        "%",
        "laporan yang diverifikasi atau dijawab dalam batas ÷ laporan yang jatuh tempo pada masa itu",
        figures.on_time,
    ),
    Indicator(
        "complaints.first_sample",
        "Contoh air pertama",
        "jam",
        "nilai tengah jam dari laporan pertama sampai contoh pertama, kasus W01, W02, dan W05",
        figures.median_hours,
        better="lower",
    ),
    Indicator(
        "complaints.proven",
        "Pelanggaran terbukti",
        "%",
        "kejadian dengan pelanggaran terbukti ÷ kejadian yang selesai diverifikasi",
        figures.proven,
        better="neutral",
    ),
    Indicator(
        "complaints.reopened",
        "Dibuka kembali",
        "%",
        "laporan yang dibuka kembali ÷ laporan yang dijawab, diselesaikan, atau ditutup",
        figures.reopened,
        better="lower",
    ),
    Indicator(
        "complaints.ground_checked",
        "Titik panas dicek dalam 24 jam",
        "%",
        "kelompok titik panas yang dicek ≤ 24 jam ÷ kelompok berkepercayaan sedang dan tinggi di kabupaten",
        figures.ground_checked,
    ),
)

DATASETS = (
    Dataset(
        "complaints-monthly",
        "Pengaduan lingkungan per bulan",
        {
            "month": "Bulan diterima, tahun-bulan",
            "district_code": "Kode kecamatan (Kemendagri)",
            "district": "Kecamatan",
            "group": "Kelompok pengaduan",
            "complaints": "Jumlah laporan; 1 dan 2 ditulis <3",
            "incidents": "Jumlah kejadian, laporan yang digabung dihitung sekali; 1 dan 2 ditulis <3",
        },
        figures.monthly,
    ),
)

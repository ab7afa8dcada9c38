"""Invented names of people and businesses, and their numbers."""

import random
from datetime import date, timedelta

FIRST = (
    "AHMAD", "MUHAMMAD", "ABDUL", "SYAFRI", "ZULFADLI", "RIDWAN", "HENDRA", "SUGIANTO", "PARLINDUNGAN", "TENGKU",
    "SITI", "NUR", "DEWI", "RATNA", "YULI", "ERNA", "MARTA", "ROSNIDA", "SRI", "FITRI", "ASNIDAR", "JULIANA", "LINDA",
    "BUDI", "AGUS", "SUTRISNO", "PONIMAN", "RUSLI", "IRWAN", "DARMAN", "EFRIZAL", "HOTMAN", "MANGATUR", "WAHYUDI",
)  # fmt: skip
LAST = (
    "SARAGIH", "NASUTION", "HARAHAP", "SIREGAR", "CHANIAGO", "PILIANG", "KOTO", "TANJUNG", "LUBIS", "SIMBOLON",
    "HASIBUAN", "SITUMORANG", "YUSUF", "ISMAIL", "RAMLI", "HASAN", "JAMAL", "EFENDI", "SAPUTRA", "KURNIAWAN",
    "PRASETYO", "WIBOWO", "SUSANTI", "MARLINA", "ANGGRAINI", "HANDAYANI", "LESTARI", "GUNAWAN", "SETIAWAN", "PUTRA",
    "BASRI", "LATIF", "AZIZ", "MANURUNG", "SIANTURI", "PANGGABEAN", "RAJAGUKGUK", "SIHOTANG", "GINTING", "TARIGAN",
)  # fmt: skip
TRADES = {
    "03": ("RM", ("Kampar Raya", "Bono", "Sialang", "Tepian Kerumutan", "Sari Laut", "Minang Saiyo", "Ampera Sorek")),
    "04": ("PLTD", ("Sawit Mandiri", "Kayu Rimba", "Inti Serat", "Bahari Teluk")),
    "05": ("Hotel", ("Unigraha", "Grand Kerinci", "Dikara", "Teratai", "Meranti Indah", "Ukui", "Sorek Permai")),
    "06": ("Parkir", ("Pasar Baru", "RSUD Timur", "Simpang Langgam", "Plaza Kerinci", "Terminal Sorek")),
    "07": ("Hiburan", ("Bioskop Seiya", "Waterboom Langgam", "Biliar Kota", "Karaoke Nada", "Pentas Bono")),
    "08": ("Reklame", ("Kopi Lima Rasa", "Semen Garuda", "Motor Andalan", "Sekolah Insan", "Bank Rakyat", "Kita")),
    "09": ("Sumur bor", ("Cuci Mobil Bening", "Hotel Dikara", "PKS Sei Nilo", "Depot Tirta", "Laundry Bersih")),
    "10": ("Kuari", ("Pasir Sungai Kampar", "Tanah Urug Bunut", "Kerikil Segati", "Batu Gunung Sahilan")),
    "11": ("Walet", ("Rumah Walet Meranti", "Sarang Kencana", "Walet Sei Kijang", "Gua Emas Sorek")),
}  # fmt: skip


def person(dice: random.Random) -> str:
    """A person's name."""
    return f"{dice.choice(FIRST)} {dice.choice(LAST)}"


def business(dice: random.Random, tax_type: str, serial: int) -> str:
    """A business's name: unlike any other of its trade."""
    kind, names = TRADES[tax_type]
    return f"{kind} {names[serial % len(names)]}" + (
        f" {serial // len(names) + 1}" if serial >= len(names) else ""
    )


def nik(dice: random.Random, serial: int) -> str:
    """A well-formed NIK of somebody who does not exist."""
    born = date(1955, 1, 1) + timedelta(days=dice.randrange(365 * 45))
    day = born.day + 40 * dice.randrange(2)
    return f"140502{day:02}{born:%m%y}{serial % 9000 + 1000:04}"

"""Invented banks, people and buyers. Nobody of these exists."""

import random

BANKS = (
    ("central", "Bank Sampah Induk Kerinci Lestari", 0),
    ("central", "Bank Sampah Induk Sorek Hijau", 1),
    ("unit", "Bank Sampah Melati", 0),
    ("unit", "Bank Sampah Bono Berseri", 0),
    ("unit", "Bank Sampah Sialang Makmur", 0),
    ("unit", "Bank Sampah Tepian Kampar", 0),
    ("unit", "Bank Sampah Anggrek Hitam", 0),
    ("unit", "Bank Sampah Langgam Bersih", 1),
    ("unit", "Bank Sampah Sekolah Cendekia", 1),
    ("unit", "Bank Sampah Ukui Jaya", 1),
    ("unit", "Bank Sampah Bunut Asri", 1),
    ("unit", "Bank Sampah Pesisir Meranti", 1),
)
"""Kind, name, and which of the two centrals it belongs to."""
SHOWN = "Bank Sampah Melati"
"""The bank whose people can sign in."""

BUYERS = (
    ("PGL-KERINCI", "Pengepul Kerinci Jaya", False),
    ("PGL-SOREK", "Pengepul Tiga Saudara", False),
    ("DAUR-RIAU", "Daur Ulang Riau Sentosa", True),
)
FIRST = (
    "NURLELA", "SURYATI", "MARDIANA", "ROSMANIAR", "ERMAWATI", "JUMIATI", "SUKARNI", "HARTINI", "YUSNIDAR", "ELFIRA",
    "DARMAWAN", "SUPRIADI", "M. YAMIN", "ABDUL GANI", "SYAHRUL", "TUGIMAN", "EDISON", "KAMARUDDIN", "JOKO", "BAHARUDIN",
)  # fmt: skip
LAST = (
    "HASANAH", "WULANDARI", "SIREGAR", "LUBIS", "PILIANG", "RAMBE", "SAPUTRI", "NASUTION", "HARAHAP", "TAMBUNAN",
    "HIDAYAT", "MAULANA", "SUSANTO", "BATUBARA", "CHANIAGO", "RITONGA", "PRANOTO", "ISKANDAR", "SITORUS", "ADNAN",
)  # fmt: skip
NICKNAMES = (
    "Elang",
    "Sialang",
    "Bono",
    "Melur",
    "Kenanga",
    "Toman",
    "Belida",
    "Rengas",
    "Pandan",
    "Kiambang",
)


def person(dice: random.Random) -> str:
    """A name that could be one."""
    return f"{dice.choice(FIRST)} {dice.choice(LAST)}"

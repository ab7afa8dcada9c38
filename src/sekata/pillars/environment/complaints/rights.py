"""Roles and rights of the room."""

from sekata.lib.manifest import Role
from sekata.lib.rights import (
    NOTHING,
    Right,
    code_holder,
    everyone,
    machine,
    own,
    permission,
    permission_in,
    role_anywhere,
)

UNIT = "case__unit_id"

ROLES = (
    Role("complaints_intake", "Petugas pos pengaduan", ("cases.see", "complaints.see", "complaints.intake")),
    Role("complaints_reviewer", "Penelaah pengaduan", ("cases.see", "complaints.see", "complaints.review")),
    Role(
        "complaints_inspector",
        "Pengawas lingkungan hidup (PPLHD)",
        ("cases.see", "complaints.see", "complaints.inspect"),
    ),
    Role(
        "complaints_head",
        "Kepala bidang penaatan",
        ("cases.see", "complaints.see", "complaints.head", "bridge.see"),
    ),
    Role(
        "complaints_office_head",
        "Kepala Dinas Lingkungan Hidup",
        ("cases.see", "complaints.see", "complaints.head", "complaints.lead", "bridge.see"),
        strategic=("complaints.lead",),
    ),
    Role("fire_responder", "Petugas tanggap api", ("complaints.fire",)),
)

FILE = everyone("complaints.file", "siapa pun")
TAKE_IN = permission("complaints.intake", "petugas pos pengaduan")
SEE = permission_in("complaints.see", "petugas Dinas Lingkungan Hidup", unit=UNIT)
INTAKE = permission_in("complaints.intake", "petugas pos pengaduan", unit=UNIT)
REVIEW = permission_in("complaints.review", "penelaah", unit=UNIT)
DESK = INTAKE | REVIEW
INSPECT = permission_in("complaints.inspect", "pengawas lingkungan", unit=UNIT)
HEAD = permission_in("complaints.head", "kepala bidang atau kepala dinas", unit=UNIT)
FIRE = permission("complaints.fire", "petugas tanggap api")
REPORTER = code_holder("complaints.own.code", "pemegang kode lacak", "pk") | own(
    "complaints.own", "pelapor", "case__applicant_id"
)
LEAD = permission_in("complaints.lead", "kepala dinas", unit=UNIT)
TOP = role_anywhere("complaints.top", "Sekretaris Daerah atau Bupati", "secretary", "regent")
ANSWERS = {1: HEAD, 2: LEAD, 3: TOP, 4: LEAD, 5: LEAD}
"""Who answers an escalation of each level (R16)."""
CLIENT_OWN = Right(
    "complaints.client",
    "aplikasi yang mengirim laporan ini",
    lambda actor: ({"client_id": actor.client},) if actor.client else NOTHING,
)
HEADS = permission("complaints.head", "kepala bidang atau kepala dinas")
SYSTEM = machine("complaints.system", "sistem")
BRIDGE = permission("bridge.see", "pimpinan")

RIGHTS = (
    FILE,
    TAKE_IN,
    SEE,
    INTAKE,
    REVIEW,
    DESK,
    INSPECT,
    HEAD,
    FIRE,
    REPORTER,
    SYSTEM,
    BRIDGE,
    CLIENT_OWN,
    HEADS,
    LEAD,
    TOP,
)

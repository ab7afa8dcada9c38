"""Roles and rights of the room. A bank's roles are held in its unit, which is that of its registration case."""

from sekata.lib.actor import CLIENT
from sekata.lib.manifest import Role
from sekata.lib.rights import (
    EVERYTHING,
    NOTHING,
    Right,
    everyone,
    machine,
    own,
    permission,
    permission_in,
    signed_in,
)

UNIT = "case__unit_id"
HERE = "wastebank.see"

ROLES = (
    Role(
        "wastebank_registrar",
        "Petugas pengelolaan sampah DLH",
        ("cases.see", HERE, "wastebank.register", "wastebank.oversee", "bridge.see"),
    ),
    Role("wastebank_director", "Direktur bank sampah", ("cases.see", HERE, "wastebank.direct")),
    Role("wastebank_treasurer", "Bendahara bank sampah", ("cases.see", HERE, "wastebank.keep_cash"),
         conflicts=("wastebank_director", "wastebank_weigher")),
    Role("wastebank_weigher", "Petugas timbang bank sampah", (HERE, "wastebank.weigh")),
    Role("wastebank_driver", "Petugas jemput bank sampah", (HERE, "wastebank.drive")),
    Role("wastebank_auditor", "Pemeriksa buku bank sampah", (HERE, "wastebank.audit")),
)  # fmt: skip

PUBLIC = everyone("wastebank.public", "siapa pun")
CUSTOMER = signed_in("wastebank.customer", "nasabah yang masuk akun")
OWN = own("wastebank.own", "yang mengajukan", "case__applicant_id")
SEE = permission_in(HERE, "pengurus bank itu atau DLH", unit=UNIT)
REGISTER = permission_in("wastebank.register", "petugas pengelolaan sampah DLH", unit=UNIT)
DIRECT = permission_in("wastebank.direct", "direktur bank itu", unit=UNIT)
KEEP_CASH = permission_in("wastebank.keep_cash", "bendahara bank itu", unit=UNIT)
WEIGH = permission_in("wastebank.weigh", "petugas timbang bank itu", unit=UNIT)
DRIVE = permission_in("wastebank.drive", "petugas jemput bank itu", unit=UNIT)
AUDIT = permission_in("wastebank.audit", "pemeriksa buku bank itu", unit=UNIT)
OVERSEE = permission("wastebank.oversee", "petugas pengelolaan sampah DLH se-kabupaten")
DEVICE = Right(
    "wastebank.device",
    "perangkat timbang terdaftar",
    lambda actor: EVERYTHING if actor.kind == CLIENT and actor.client else NOTHING,
)
SYSTEM = machine("wastebank.system", "sistem")

AT_THE_BANK = WEIGH | DIRECT | KEEP_CASH
"""Those who serve a customer see the account; office and auditors do only for a stated reason."""
BOOKS = DIRECT | KEEP_CASH | AUDIT
"""Those who see the book itself, where customers are numbers."""

RIGHTS = (
    PUBLIC,
    CUSTOMER,
    OWN,
    SEE,
    REGISTER,
    DIRECT,
    KEEP_CASH,
    WEIGH,
    DRIVE,
    AUDIT,
    OVERSEE,
    DEVICE,
    SYSTEM,
)

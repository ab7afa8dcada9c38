"""Roles and rights of the room."""

from sekata.lib import clock
from sekata.lib.actor import CLIENT, Actor
from sekata.lib.manifest import Role
from sekata.lib.rights import (
    EVERYTHING,
    NOTHING,
    Right,
    Scope,
    everyone,
    machine,
    own,
    permission,
    permission_in,
    role_anywhere,
    signed_in,
)
from sekata.pillars.economy.tax.models import Proxy

OFFICE = ("cases.see", "tax.see")

ROLES = (
    Role("tax_registrar", "Petugas pendaftaran pajak", (*OFFICE, "tax.register")),
    Role("tax_assessor", "Petugas penetapan pajak", (*OFFICE, "tax.assess"), conflicts=("tax_treasurer",)),
    Role("tax_validator", "Peneliti BPHTB", (*OFFICE, "tax.validate")),
    Role("tax_auditor", "Pemeriksa pajak", (*OFFICE, "tax.audit"), conflicts=("tax_audit_head",)),
    Role("tax_audit_head", "Kepala bidang pemeriksaan", (*OFFICE, "tax.audit.approve")),
    Role("tax_bailiff", "Juru sita pajak", (*OFFICE, "tax.collect")),
    Role("tax_treasurer", "Bendahara penerimaan", ("tax.see", "tax.treasury")),
    Role(
        "tax_head",
        "Kepala Bapenda",
        (*OFFICE, "tax.head", "tax.audit.approve", "bridge.see"),
        strategic=("tax.head",),
    ),
    Role("tax_collector", "Petugas pemungut desa", ("tax.deliver",)),
    Role("tax_ppat", "PPAT, notaris, atau pejabat lelang", ("tax.ppat",)),
    Role("tax_inspectorate", "Inspektorat dan BPK", ("tax.see",)),
)

LOOK = everyone("tax.look")
ASK = signed_in("tax.ask")
SEE = permission_in("tax.see", "petugas Bapenda", unit="case__unit_id")
OFFICER = permission("tax.see", "petugas Bapenda")
REGISTER = permission("tax.register", "petugas pendaftaran")
ASSESS = permission("tax.assess", "petugas penetapan")
VALIDATE = permission("tax.validate", "peneliti BPHTB")
AUDIT = permission("tax.audit", "pemeriksa pajak")
APPROVE = permission("tax.audit.approve", "kepala bidang pemeriksaan atau kepala Bapenda")
COLLECT = permission("tax.collect", "juru sita")
TREASURY = permission("tax.treasury", "bendahara penerimaan")
HEAD = permission("tax.head", "kepala Bapenda")
LEAD = permission("bridge.see", "pimpinan")
DELIVER = permission("tax.deliver", "petugas pemungut desa")
PPAT = permission("tax.ppat", "PPAT")
REGENT = role_anywhere("tax.write_off", "Bupati", "regent")
SYSTEM = machine("tax.system", "sistem")
LAND_OFFICE = Right(
    "tax.land_office",
    "kantor pertanahan (mesin)",
    lambda actor: EVERYTHING if actor.kind == CLIENT else NOTHING,
)
"""About a duty: the land office by its machine, known by its key."""
OWN = own("tax.own", "pemohon", "case__applicant_id")
HOLDER = own("tax.holder", "wajib pajak sendiri", "person_id")
"""About a taxpayer: whoever signs in for it, and nobody by proxy."""
NOTARY = own("tax.notary", "PPAT yang ditunjuk", "case__tax_transfer__ppat_id")
"""About a transfer: the PPAT to whom its buyer gave it."""


def _of_taxpayer(actor: Actor) -> Scope:
    """The taxpayer, or who acts for one today under a power of attorney (kuasa)."""
    person = actor.acting_for or actor.person
    if not person:
        return NOTHING
    today = clock.today()
    powers = Proxy.objects.filter(person_id=person, revoked_at=None, starts__lte=today, ends__gte=today)
    clients = frozenset(powers.values_list("taxpayer_id", flat=True))
    own_rows = {"taxpayer__person_id": person}
    return (own_rows, {"taxpayer_id__in": clients}) if clients else (own_rows,)


MINE = Right("tax.mine", "wajib pajak atau kuasanya", _of_taxpayer)
"""About records of a taxpayer that stand in no case: assessments, returns, objects."""

RIGHTS = (
    LOOK,
    ASK,
    SEE,
    OFFICER,
    REGISTER,
    ASSESS,
    VALIDATE,
    AUDIT,
    APPROVE,
    COLLECT,
    TREASURY,
    HEAD,
    LEAD,
    DELIVER,
    PPAT,
    REGENT,
    SYSTEM,
    LAND_OFFICE,
    OWN,
    NOTARY,
    MINE,
)

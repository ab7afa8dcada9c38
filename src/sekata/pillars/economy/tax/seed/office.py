"""Who works in the demonstration's tax office. Who has an account signs in; others are invented."""

from dataclasses import dataclass
from datetime import datetime

from sekata.kernel.people import queries as people_read
from sekata.kernel.people.actions.births import new_person
from sekata.kernel.units import queries as units
from sekata.lib.actor import PERSON, Actor, Holding
from sekata.pillars.economy.tax.actions.requests import UNIT
from sekata.pillars.economy.tax.rights import ROLES

HANDLES = {
    "registrar": ("pajak.daftar", "tax_registrar", "MELDA HANDAYANI"),
    "assessor": ("pajak.tetap", "tax_assessor", "RUDI HARTAWAN"),
    "validator": ("pajak.bphtb", "tax_validator", "SUSILAWATI NAZAR"),
    "auditor": ("pajak.periksa", "tax_auditor", "BENNY SIALLAGAN"),
    "audit_head": ("pajak.kabid", "tax_audit_head", "DELIMA PURBA"),
    "bailiff": ("pajak.sita", "tax_bailiff", "ASRUL HADI"),
    "treasurer": ("pajak.bendahara", "tax_treasurer", "NURAINI DAULAY"),
    "head": ("kepala.bapenda", "tax_head", "NOVRIZAL"),
    "collector": ("pajak.desa", "tax_collector", "JUMADI"),
    "ppat": ("ppat", "tax_ppat", "CHAIRANI LUBIS"),
}
PERMISSIONS = {role.code: frozenset(role.permissions) for role in ROLES}
CITIZENS = {"warga": "RINA MARLINA", "warga2": "ZULKIFLI EFENDI"}


@dataclass(frozen=True)
class Office:
    """The officers, and the two citizens of the demonstration, as actors."""

    registrar: Actor
    assessor: Actor
    validator: Actor
    auditor: Actor
    audit_head: Actor
    bailiff: Actor
    treasurer: Actor
    head: Actor
    collector: Actor
    ppat: Actor
    warga: Actor
    warga2: Actor

    @classmethod
    def open(cls, at: datetime) -> "Office":
        """Everybody by the handle of the account, or as a new person without one."""
        known = people_read.by_usernames([*CITIZENS, *(handle for handle, _role, _name in HANDLES.values())])
        unit = units.by_code(UNIT).pk
        staff = {}
        for name, (handle, role, full_name) in HANDLES.items():
            person = known.get(handle) or _person(full_name, at)
            holding = Holding(role, unit, frozenset({unit}), permissions=PERMISSIONS[role])
            staff[name] = Actor(kind=PERSON, person=person.pk, name=person.full_name, holdings=(holding,))
        for handle, full_name in CITIZENS.items():
            person = known.get(handle) or _person(full_name, at)
            staff[handle] = Actor(kind=PERSON, person=person.pk, name=person.full_name)
        return cls(**staff)


def _person(full_name: str, at: datetime) -> people_read.Person:
    return new_person(full_name, None, at, "demo")

"""R8 Competence (kewenangan): whose matter it is, and why. An ordered table, the first match wins."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from sekata.lib.result import Reason
from sekata.pillars.environment.complaints.codes import Priority
from sekata.pillars.environment.complaints.rules.terms import Row, Rows, bare


@dataclass(frozen=True)
class PlaceFacts:
    """What the maps say about the place and the reach of the effect; None where no map could answer."""

    in_national_park: bool | None = False
    in_conservation_area: bool | None = False
    in_forest: bool | None = False
    at_sea: bool | None = False
    crosses_regency: bool | None = False
    crosses_province: bool | None = False

    def unknown(self) -> tuple[str, ...]:
        """Indonesian words for the questions that no map could answer."""
        return tuple(label for name, label in _PLACE_WORDS.items() if getattr(self, name) is None)


_PLACE_WORDS = {
    "in_national_park": "taman nasional",
    "in_conservation_area": "kawasan konservasi",
    "in_forest": "kawasan hutan",
    "at_sea": "wilayah laut",
    "crosses_regency": "dampak lintas kabupaten",
    "crosses_province": "dampak lintas provinsi",
}


@dataclass(frozen=True)
class CaseFacts:
    """What the report says. approval_holder: issuer of the suspected facility's environmental approval,
    regency | governor | minister, "" where no registered facility is suspected."""

    service_code: str
    priority: Priority
    place: PlaceFacts = field(default_factory=PlaceFacts)
    is_mining: bool = False
    is_logging: bool = False
    protected_species: bool = False
    approval_holder: str = ""
    facility: str = ""


@dataclass(frozen=True)
class Routing:
    """An answer with its grounds.

    rule: 1..8 of the contract; row: key of the table row; copies: who gets a copy; joint: who works along;
    alternatives: whom the reviewer may choose instead, where the service type's own authority applies;
    first_response: unit that goes there first where that is not the authority; sampling: unit that samples
    meanwhile; why: sentences for the officer.
    """

    authority: str
    rule: int
    row: str
    why: tuple[str, ...]
    copies: tuple[str, ...] = ()
    joint: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    first_response: str | None = None
    sampling: str | None = None


def route(facts: CaseFacts, rules: Rows, services: Rows, authorities: Rows) -> Routing:
    """R8: the first matching row of `routing_rule`; its empty authority means the service type's own."""
    service = services[facts.service_code]
    key, row = _first_match(facts, rules, service)
    authority = row["authority"] or service["authority"]
    first = _first_responder(facts, row, service, authority)
    routing = Routing(
        authority=authority,
        rule=_number(key),
        row=key,
        why=(),
        copies=_without(authority, (*row["copy_to"], *service["copy_to"])),
        joint=tuple(service["joint"]) if service["authority"] in (authority, first) else (),
        alternatives=() if row["authority"] else tuple(service["alternatives"]),
        first_response=first,
        sampling=row["responder"] or None,
    )
    return replace(routing, why=_why(routing, row["why"], facts, authorities))


def _first_match(facts: CaseFacts, rules: Rows, service: Row) -> tuple[str, Row]:
    for key, row in sorted(rules.items(), key=lambda item: item[1]["order"]):
        if CONDITIONS[row["condition"]](facts, row["params"], service):
            return key, row
    raise LookupError("routing_rule needs a last row that always matches")


def _first_responder(facts: CaseFacts, row: Row, service: Row, authority: str) -> str | None:
    """P1: the service type's first authority, whichever rule wins; else the unit the row names."""
    first = service["authority"] if facts.priority == Priority.P1 else row["responder"]
    already_there = authority == first or authority in service["alternatives"]
    return None if already_there or not first else first


def _why(routing: Routing, grounds: str, facts: CaseFacts, authorities: Rows) -> tuple[str, ...]:
    def names(*codes: str | None) -> str:
        return ", ".join(authorities[code]["name"] for code in codes if code)

    facility = facts.facility or "usaha yang diduga"
    task = "Tanggap pertama dan pengambilan contoh" if routing.sampling else "Tanggap pertama"
    one_hand = routing.sampling in (None, routing.first_response)
    sentences = (
        (
            f"Aturan {routing.rule}: {{}}",
            grounds.format(authority=names(routing.authority), facility=facility),
        ),
        (f"{task} tetap oleh {{}}.", names(routing.first_response) if one_hand else ""),
        ("Tanggap pertama tetap oleh {}.", "" if one_hand else names(routing.first_response)),
        ("Pengambilan contoh tetap oleh {}.", "" if one_hand else names(routing.sampling)),
        ("Bekerja bersama {}.", names(*routing.joint)),
        ("Dapat juga ditangani {}.", names(*routing.alternatives)),
        ("Tembusan kepada {}.", names(*routing.copies)),
        ("Belum dapat diperiksa di peta: {}.", ", ".join(facts.place.unknown())),
    )
    return tuple(sentence.format(words) for sentence, words in sentences if words)


def _number(key: str) -> int:
    return int("".join(sign for sign in key if sign.isdigit()))


def _without(authority: str, codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(code for code in dict.fromkeys(codes) if code != authority)


Condition = Callable[[CaseFacts, Row, Row], bool]

CONDITIONS: dict[str, Condition] = {
    "in_national_park": lambda facts, params, service: bool(facts.place.in_national_park),
    "conservation_or_species": lambda facts, params, service: (
        bool(facts.place.in_conservation_area)
        or facts.protected_species
        or facts.service_code in params["services"]
    ),
    "forest_or_logging": lambda facts, params, service: (
        bool(facts.place.in_forest) or facts.is_logging or facts.service_code in params["services"]
    ),
    "mining": lambda facts, params, service: facts.is_mining or facts.service_code in params["services"],
    "approval_by": lambda facts, params, service: facts.approval_holder == params["holder"],
    "crosses_province": lambda facts, params, service: bool(facts.place.crosses_province),
    "crosses_regency": lambda facts, params, service: bool(facts.place.crosses_regency),
    "at_sea": lambda facts, params, service: bool(facts.place.at_sea),
    "service_group": lambda facts, params, service: service["group"] in params["groups"],
    "always": lambda facts, params, service: True,
}
"""The questions a row of `routing_rule` may ask; officers choose among these names."""


@dataclass(frozen=True)
class Reroute:
    """What a new computation does to an assignment. proposal: an authority a person must decide on."""

    authority: str
    changed: bool
    proposal: str | None
    why: str


def reroute(current: str, manual: bool, computed: Routing, authorities: Rows) -> Reroute:
    """After a change of point, category or facility: follow the table, but never silently over a person."""
    if computed.authority == current:
        return Reroute(current, False, None, "Kewenangan tetap.")
    name = authorities[computed.authority]["name"]
    if manual:
        says = f"Kewenangan ditetapkan petugas dan tidak diubah. Menurut aturan {computed.rule}: {name}."
        return Reroute(current, False, computed.authority, says)
    return Reroute(computed.authority, True, None, f"Kewenangan berubah menjadi {name}. {computed.why[0]}")


def override_reasons(reason: str) -> tuple[Reason, ...]:
    """Choosing another authority than the table's needs a stated reason."""
    if bare(reason):
        return ()
    return (
        Reason("override_reason", "Tulis alasan memilih instansi lain dari yang ditunjuk aturan", "reason"),
    )

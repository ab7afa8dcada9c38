"""Founding the demonstration's banks through the room's own acts: people, decree, scale, prices, buyers."""

import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from shapely.geometry import shape

from sekata.kernel.people import queries as people_read
from sekata.kernel.people.actions.births import new_person
from sekata.kernel.people.queries import Account, Person, RoleGrant
from sekata.kernel.places import queries as places
from sekata.kernel.units import queries as units
from sekata.lib import clock
from sekata.lib.actor import PERSON, Actor, Holding
from sekata.pillars.environment.wastebank.actions import devices, prices, registration
from sekata.pillars.environment.wastebank.actions.registration import OFFICE
from sekata.pillars.environment.wastebank.models import Officer, Scale, WasteBank
from sekata.pillars.environment.wastebank.queries import banks
from sekata.pillars.environment.wastebank.queries.law import law
from sekata.pillars.environment.wastebank.rights import ROLES
from sekata.pillars.environment.wastebank.seed import names

POSTS = ("director", "treasurer", "weigher", "driver")
SHOWN = {
    "director": "bank.direktur",
    "treasurer": "bank.bendahara",
    "weigher": "bank.timbang",
    "driver": "bank.jemput",
}
"""Who of the first unit's people signs in."""
REGISTRAR = "bank.dlh"
CITIZEN = "warga"
PERMISSIONS = {role.code: frozenset(role.permissions) for role in ROLES}
BUYING = {
    "KRT-01": 1700, "KRT-02": 2000, "KRT-03": 1500, "PLS-01": 4000, "PLS-02": 1500, "PLS-05": 2500, "PLS-06": 1200,
    "LOG-01": 4000, "LOG-02": 9000, "MJL-01": 4000, "TLR-01": 150,
}  # fmt: skip
"""What a unit pays per unit at the beginning."""
STEPS = ((0, 100), (6, 94), (12, 103), (18, 97))
"""Month of the demonstration, percent of the first prices."""
LEAST_PRICE = 50


@dataclass(frozen=True)
class Spot:
    """A village and a point in it."""

    code: str
    name: str
    lat: float | None
    lon: float | None


@dataclass
class Bank:
    """A bank with the people who act in it."""

    row: WasteBank
    actors: dict[str, Actor]
    scale: Scale
    weigher: Officer
    central: "Bank | None" = None
    lists: list[tuple[datetime, int, dict[str, int]]] = field(default_factory=list)

    def price_list(self, at: datetime) -> tuple[int, dict[str, int]]:
        """Version and prices in force at a moment."""
        return next((version, rows) for since, version, rows in reversed(self.lists) if since <= at)


def actor(person: Person, role: str, unit: int) -> Actor:
    """Somebody in a role, whether the demonstration's roles are read already or not."""
    holding = Holding(role, unit, frozenset({unit}), permissions=PERMISSIONS[role])
    return Actor(kind=PERSON, person=person.pk, name=person.full_name, holdings=(holding,))


def somebody(handle: str, name: str, at: datetime) -> Person:
    """The person behind an account of the demonstration; a new one, who signs in with its one password, else."""
    found = people_read.by_usernames([handle]).get(handle) if handle else None
    if found:
        return found
    made = new_person(name, None, at, "demo")
    known = Account.objects.filter(username=CITIZEN).first() if handle else None
    if known:
        Account.objects.create(username=handle, person=made, password=known.password)
    return made


def grant(person: Person, role: str, unit: int, since: date, present: date) -> None:
    """Let somebody hold a role year by year (a grant lasts a year at most); the same again changes nothing."""
    for year in range(since.year, present.year + 2):
        given = {"ends": date(year, 12, 31), "reason": f"Penugasan tahun {year}"}
        RoleGrant.objects.get_or_create(
            person=person, role=role, unit_id=unit, starts=date(year, 1, 1), defaults=given
        )


def spots() -> list[Spot]:
    """Villages with a point inside them, in the order of their codes."""
    points = {one.code: shape(one.geometry).representative_point() for one in places.layer("village")}
    return [
        Spot(area.code, area.name, round(points[area.code].y, 5), round(points[area.code].x, 5))
        if area.code in points
        else Spot(area.code, area.name, None, None)
        for area in sorted(units.villages(), key=lambda area: area.code)
    ]


@dataclass
class Founder:
    """Who registers banks, when, and the dice by which all is invented."""

    registrar: Person
    office: int
    begin: datetime
    present: datetime
    dice: random.Random

    @classmethod
    def open(cls, begin: datetime, present: datetime, dice: random.Random) -> "Founder":
        office, registrar = units.by_code(OFFICE).pk, somebody(REGISTRAR, "RAHMI AULIA", begin)
        grant(registrar, "wastebank_registrar", office, begin.date(), present.date())
        return cls(registrar, office, begin, present, dice)

    @property
    def actor(self) -> Actor:
        return actor(self.registrar, "wastebank_registrar", self.office)

    def found_all(self) -> list[Bank]:
        """Twelve banks, the centrals first, and who buys from them."""
        villages, made = spots(), []
        for place, (kind, name, central) in enumerate(names.BANKS):
            spot, parent = villages[place * 7 % len(villages)], made[central] if kind == "unit" else None
            bank = self._found(kind, name, spot, parent)
            self._publish(bank)
            made.append(bank)
        self._buyers()
        return made

    def _buyers(self) -> None:
        for code, name, recycler in names.BUYERS:
            given = {"actor": self.actor, "at": self.begin}
            buyer = prices.register_collector(code=code, name=name, recycler=recycler, **given)
            for material, price in BUYING.items():
                offered = price * self.dice.randrange(118, 140) // 100
                prices.publish_offer(
                    collector=buyer, material=material, sell_price=offered, valid_from=self.begin, **given
                )

    def _found(self, kind: str, name: str, spot: Spot, parent: Bank | None) -> Bank:
        day = self.begin.astimezone(clock.WIB).date()
        bank = self._apply(kind, name, spot, parent)
        given = {"actor": self.actor, "at": self.begin, "bank": bank}
        registration.take_up(**given)
        registration.pass_desk(**given)
        handles = SHOWN if name == names.SHOWN else {}
        staff = {post: somebody(handles.get(post, ""), names.person(self.dice), self.begin) for post in POSTS}
        for number, (post, person) in enumerate(staff.items(), 1):
            card = f"1405020101{self.dice.randrange(10, 99)}{number:04d}"
            registration.add_officer(person=person.pk, post=post, since=day, family_card=card, **given)
        for requirement in sorted(law(self.begin).table("bank_requirement")):
            registration.check(requirement=requirement, met=True, **given)
        registration.record_visit(
            visited_on=day, note="Gudang kering, timbangan bertera, APD lengkap.", **given
        )
        decree = f"660/{self.dice.randrange(100, 999)}/DLH/{day.year}"
        registration.decree(decree_no=decree, decree_on=day, **given)
        return self._equipped(banks.by_key(bank.pk), staff, parent)

    def _apply(self, kind: str, name: str, spot: Spot, parent: Bank | None) -> WasteBank:
        application = registration.Application(
            submission=uuid(self.dice),
            name=name,
            kind=kind,
            parent=parent.row.code if parent else "",
            villages=(spot.code,),
            households=self.dice.randrange(180, 420),
            address=f"Dekat kantor desa {spot.name}",
            lat=spot.lat,
            lon=spot.lon,
            hours="Sabtu dan Minggu 08.00–12.00",
            share_scheme="split" if name.endswith("Cendekia") else "margin",
            papers=("decision", "charter"),
        )
        founder = Actor(kind=PERSON, person=self.registrar.pk)
        return registration.apply(actor=founder, application=application, at=self.begin)

    def _equipped(self, row: WasteBank, staff: dict[str, Person], parent: Bank | None) -> Bank:
        unit, since = row.case.unit_id, self.begin.astimezone(clock.WIB).date()
        for post, person in staff.items():
            grant(person, f"wastebank_{post}", unit, since, self.present.date())
        actors = {post: actor(person, f"wastebank_{post}", unit) for post, person in staff.items()}
        scale = devices.enter_scale(
            actor=actors["director"], bank=row, serial=f"TB30-{row.bank_no}", capacity_kg=Decimal(30),
            division_g=Decimal(5), verified_until=since + timedelta(days=365 * 3), at=self.begin,
        )  # fmt: skip
        return Bank(row, actors, scale, row.officers.get(post="weigher"), parent)

    def _publish(self, bank: Bank) -> None:
        for month, percent in STEPS:
            since = self.begin + timedelta(days=30 * month, minutes=1)
            if since >= self.present:
                return
            rows = {code: _price(price * percent, self.dice) for code, price in BUYING.items()}
            new = [prices.NewPrice(code, price) for code, price in rows.items()]
            made = prices.publish(
                actor=bank.actors["director"], bank=bank.row, valid_from=since, rows=new,
                at=since - timedelta(minutes=1),
            )  # fmt: skip
            bank.lists.append((since, made.version, rows))


def _price(hundredfold: int, dice: random.Random) -> int:
    """Within three percent of a price, in steps of fifty rupiah."""
    return max(LEAST_PRICE, hundredfold * dice.randrange(97, 104) // 10_000 // 50 * 50)


def uuid(dice: random.Random) -> UUID:
    """The same in every demonstration."""
    return UUID(int=dice.getrandbits(128), version=4)

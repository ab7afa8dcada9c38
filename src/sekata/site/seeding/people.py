"""The people of the demonstration: two citizens, some sixty officers, who sits where, who may do what.

Everybody is invented. Those with a handle can sign in, all with one documented password.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from django.contrib.auth.hashers import make_password

from sekata.kernel.people import vault
from sekata.kernel.people.models import Account, Assignment, Employee, Identifier, Person, Position, RoleGrant
from sekata.kernel.people.rules import stand_in_end
from sekata.kernel.units.models import Unit
from sekata.lib import clock
from sekata.site.seeding import sheets

PASSWORD = "sungai-kampar-2026"  # noqa: S105 - printed in the documentation on purpose
SIGN_IN = "/akun/masuk/"
IN_OFFICE = date(2023, 1, 2)
DECIDED = datetime(2022, 12, 28, 2, 0, tzinfo=UTC)
FIRST_GRANTS = 2024
HEADS = ("Kepala", "Camat", "Bupati", "Inspektur", "Sekretaris Daerah", "Sekretaris DPRD")
PLT_MONTHS, PLH_DAYS = 3, 14

Sheet = Mapping[str, str]


def accounts() -> tuple[tuple[str, str, str, str], ...]:
    """(who, handle, password, address) of everybody who can sign in."""
    rows = (row for row in sheets.rows("people") if row["handle"])
    return tuple((row["label"], row["handle"], PASSWORD, SIGN_IN) for row in rows)


def seed(at: datetime) -> int:
    """Set out persons, accounts, posts and roles; how many rows were new."""
    sheet = sheets.rows("people")
    made = _persons(sheet, at)
    ids = dict(Person.objects.filter(uuid__in=map(identity, sheet)).values_list("uuid", "pk"))
    people = {row["handle"] or row["name"]: ids[identity(row)] for row in sheet}
    units = dict(Unit.objects.values_list("code", "pk"))
    made += _accounts(sheet, people, at) + _employees(sheet, people)
    made += sheets.keep(Position, _positions(sheet, units), "unit_id", "name")
    posts = {(unit, name): pk for pk, unit, name in Position.objects.values_list("pk", "unit__code", "name")}
    made += sheets.keep(Assignment, _holders(sheet, people, posts), "position_id", "person_id", "starts")
    made += _stand_ins(sheet, people, posts, at)
    grants = _grants(sheet, people, units, at)
    return made + sheets.keep(RoleGrant, grants, "person_id", "role", "unit_id", "starts")


def identity(row: Sheet) -> UUID:
    """The same person gets the same identity in every demonstration."""
    return uuid5(NAMESPACE_URL, f"sekata:demo:{row['name']}:{row['born']}")


def nik(row: Sheet, serial: int) -> str:
    """A plausible number: district of first registration, birth date (+40 for women), serial."""
    born = date.fromisoformat(row["born"])
    day = born.day + (40 if row["sex"] == "P" else 0)
    return f"{row['district'].replace('.', '')}{day:02}{born:%m%y}{serial:04}"


def number(row: Sheet, serial: int) -> str:
    """NIP of a civil servant, NI PPPK (first contract: 21), or a local number for village staff."""
    if row["kind"] == "local":
        return f"N{row['unit']}.{serial:02}"
    born, year, month = date.fromisoformat(row["born"]), row["appointed"][:4], row["appointed"][4:]
    return f"{born:%Y%m%d}{year}{'21' if row['kind'] == 'pppk' else month}{'12'['LP'.index(row['sex'])]}001"


def phone(serial: int) -> str:
    """An invented number, well-formed; the demonstration sends nothing to it."""
    return f"+62812{serial:08}"


def _persons(sheet: list[dict[str, str]], at: datetime) -> int:
    known = set(Person.objects.values_list("uuid", flat=True))
    new = [(serial, row) for serial, row in enumerate(sheet, 1) if identity(row) not in known]
    made = Person.objects.bulk_create([_person(row, serial, at) for serial, row in new])
    Identifier.objects.bulk_create(
        Identifier(
            person=person,
            kind="nik",
            lookup=vault.lookup("nik", nik(row, serial)),
            source="demo",
            verified_at=at,
        )
        for person, (serial, row) in zip(made, new, strict=True)
    )
    return len(made)


def _person(row: Sheet, serial: int, at: datetime) -> Person:
    return Person(
        uuid=identity(row),
        full_name=row["name"],
        sex=row["sex"],
        birth_place=row["place"],
        birth_date=date.fromisoformat(row["born"]),
        level=2,
        vault=vault.put({"nik": nik(row, serial), "phone": phone(serial)}, at),
        created_at=at,
    )


def _accounts(sheet: list[dict[str, str]], people: Mapping[str, int], at: datetime) -> int:
    secret = make_password(PASSWORD)
    wanted = (
        Account(
            person_id=people[row["handle"]],
            username=row["handle"],
            email=f"{row['handle']}@peragaan.example",
            password=secret,
            created_at=at,
        )
        for row in sheet
        if row["handle"]
    )
    return sheets.keep(Account, wanted, "username")


def _employees(sheet: list[dict[str, str]], people: Mapping[str, int]) -> int:
    wanted = (
        Employee(
            person_id=people[row["handle"] or row["name"]],
            number=number(row, serial),
            kind=row["kind"],
            rank=row["rank"],
        )
        for serial, row in enumerate(sheet, 1)
        if row["kind"]
    )
    return sheets.keep(Employee, wanted, "number")


def _positions(sheet: list[dict[str, str]], units: Mapping[str, int]) -> Iterator[Position]:
    """Every post once: those with a holder and those that somebody stands in for."""
    found: dict[tuple[str, str], list[str]] = {}
    for row in sheet:
        if row["post"]:
            found[row["unit"], row["post"]] = row["post_roles"].split()
        if row["acting"]:
            _, unit, post, role = row["acting"].split(":")
            found.setdefault((unit, post), [role])
    for (unit, name), roles in found.items():
        signs = name.startswith(HEADS) and "Subbagian" not in name
        yield Position(unit_id=units[unit], name=name, roles=roles, signs=signs)


def _holders(
    sheet: list[dict[str, str]], people: Mapping[str, int], posts: Mapping[tuple[str, str], int]
) -> Iterator[Assignment]:
    for serial, row in enumerate(sheet, 1):
        if row["post"]:
            yield Assignment(
                position_id=posts[row["unit"], row["post"]],
                person_id=people[row["handle"] or row["name"]],
                decree=f"SK Bupati 821/BKPSDM/2022/{serial:03}",
                starts=IN_OFFICE,
                **_decided(people, row, DECIDED),
            )


def _decided(people: Mapping[str, int], row: Sheet, at: datetime) -> dict[str, object]:
    """Entered by the personnel officer, approved by somebody else; nobody approves their own post."""
    approver = "sekda" if row["handle"] == "kepala.bkpsdm" else "kepala.bkpsdm"
    officer = "admin.unit" if row["handle"] == "kepegawaian" else "kepegawaian"
    return {"entered_by": people[officer], "approved_by": people[approver], "approved_at": at}


def _stand_ins(
    sheet: list[dict[str, str]],
    people: Mapping[str, int],
    posts: Mapping[tuple[str, str], int],
    at: datetime,
) -> int:
    """A Plt and a Plh in office today; posts that have a stand-in today are left alone."""
    today = at.astimezone(clock.WIB).date()
    busy = set(
        Assignment.objects.filter(kind__in=["plt", "plh"], starts__lte=today, ends__gte=today).values_list(
            "position_id", flat=True
        )
    )
    new = []
    for row in (row for row in sheet if row["acting"]):
        kind, unit, post, _ = row["acting"].split(":")
        starts, ends = _period(kind, today)
        if posts[unit, post] not in busy:
            new.append(
                Assignment(
                    position_id=posts[unit, post],
                    person_id=people[row["handle"]],
                    kind=kind,
                    decree=f"SP Bupati 824/BKPSDM/{starts:%Y/%m}",
                    starts=starts,
                    ends=ends,
                    **_decided(people, row, at),
                )
            )
    return len(Assignment.objects.bulk_create(new))


def _period(kind: str, today: date) -> tuple[date, date]:
    """Plt: three months from the first of this month (R7); Plh: two weeks from Monday."""
    if kind == "plt":
        return today.replace(day=1), stand_in_end(today.replace(day=1), PLT_MONTHS)
    monday = today - timedelta(days=today.weekday())
    return monday, monday + timedelta(days=PLH_DAYS - 1)


def _grants(
    sheet: list[dict[str, str]], people: Mapping[str, int], units: Mapping[str, int], at: datetime
) -> Iterator[RoleGrant]:
    """A grant lasts a year at most (R8): one for each year since the first cases, and for the coming one."""
    for row in sheet:
        for role, unit in (grant.split("@") for grant in row["grants"].split()):
            for year in range(FIRST_GRANTS, at.year + 2):
                yield RoleGrant(
                    person_id=people[row["handle"]],
                    role=role,
                    unit_id=units[unit],
                    starts=date(year, 1, 1),
                    ends=date(year, 12, 31),
                    granted_by=people["sekda" if row["handle"] == "admin" else "admin"],
                    reason=f"Penugasan tahun {year}",
                    certified_at=at,
                )

"""What a device takes along: customers without anything personal, materials, the signed price list, scales, people."""

from datetime import datetime

from django.conf import settings

from sekata.lib import clock
from sekata.pillars.environment.wastebank.codes import CustomerStatus, Post
from sekata.pillars.environment.wastebank.models import (
    Customer,
    Deposit,
    Device,
    KindThreshold,
    SyncItem,
    WasteBank,
)
from sekata.pillars.environment.wastebank.queries import banks, prices
from sekata.pillars.environment.wastebank.queries.law import law
from sekata.pillars.environment.wastebank.standards import price_list

SIGNER = "wastebank"
"""Name of the installation's secret behind the signatures."""


def pack(device: Device, since: datetime | None, at: datetime) -> dict[str, object]:
    """The bootstrap. since: only customers changed later, None for all. No NIK, phone or balance ever leaves."""
    bank = device.bank
    rulebook = law(at)
    return {
        "server_time": at,
        "device": {"id": device.pk, "prefix": device.prefix, "next_serial": next_serial(device)},
        "bank": {
            "code": bank.code,
            "name": bank.name,
            "takes_hazard": bank.takes_hazard,
            "scheme": bank.share_scheme,
        },
        "share_percent": rulebook.own("share_percent", bank.code)["customer"],
        "customers": customers(bank, since),
        "weighers": weighers(bank, at),
        "scales": scales(bank),
        "materials": materials(rulebook.materials),
        "outlier_floor": rulebook.limit("outlier_floor"),
        "thresholds": {kind: f"{kg:f}" for kind, kg in KindThreshold.objects.values_list("kind", "p99_kg")},
        "price_list": signed(bank, at),
        "key": price_list.public_jwk(key()),
    }


def key():
    """The key that signs price lists, from the installation's secrets."""
    return price_list.signing_key(settings.SEKATA.key(SIGNER))


def signed(bank: WasteBank, at: datetime) -> str:
    """The bank's price list as it stands and will stand, signed."""
    version, _ = prices.last_list(bank)
    content = price_list.dump(bank.code, version, at, prices.rows_since(bank, at))
    return price_list.sign(content, key())


def customers(bank: WasteBank, since: datetime | None) -> list[dict[str, object]]:
    """Everybody who may deposit; the household's keyed hash lets the device refuse the weigher's own."""
    rows = Customer.objects.filter(bank=bank).exclude(status=CustomerStatus.CLOSED)
    if since is not None:
        rows = rows.filter(joined_at__gte=since)
    fields = ("number", "name", "status", "kind", "card_token", "kk_hash", "household_size")
    return list(rows.order_by("name", "pk").values(*fields))


def weighers(bank: WasteBank, at: datetime) -> list[dict[str, object]]:
    """Who weighs today."""
    held = banks.officers(bank, at.astimezone(clock.WIB).date()).filter(post=Post.WEIGHER)
    return [{"id": one.pk, "name": one.person.full_name, "kk_hash": one.kk_hash} for one in held]


def scales(bank: WasteBank) -> list[dict[str, object]]:
    """Scales in use, numbers as text."""
    return [
        {
            "id": one.pk,
            "serial": one.serial,
            "capacity_kg": f"{one.capacity_kg:f}",
            "division_g": f"{one.division_g:f}",
            "verified_until": one.verified_until,
        }
        for one in banks.scales(bank)
    ]


def materials(rows) -> list[dict[str, object]]:
    """The catalogue in force."""
    fields = ("name", "group", "unit", "kg_per_unit", "grades", "hazard")
    return [{"code": code} | {name: row[name] for name in fields} for code, row in sorted(rows.items())]


def next_serial(device: Device) -> int:
    """The first number that no receipt of the device has: it survives a wiped phone."""
    used = [
        rows.filter(device=device, provisional_no__startswith=f"{device.prefix}-")
        .order_by("-provisional_no")
        .values_list("provisional_no", flat=True)
        .first()
        for rows in (Deposit.objects, SyncItem.objects)
    ]
    return max((int(number[4:]) for number in used if number and number[4:].isdigit()), default=0) + 1

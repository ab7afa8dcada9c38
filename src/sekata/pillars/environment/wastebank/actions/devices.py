"""Devices and scales of a bank."""

import secrets
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from sekata.kernel.journal.actions import action
from sekata.kernel.people import vault
from sekata.lib import clock
from sekata.lib.actor import Actor
from sekata.lib.result import Refused
from sekata.pillars.environment.wastebank.actions.steps import take_numbers
from sekata.pillars.environment.wastebank.actions.sync import KEY_KIND
from sekata.pillars.environment.wastebank.models import Device, Scale, WasteBank
from sekata.pillars.environment.wastebank.rights import DIRECT, OVERSEE
from sekata.pillars.environment.wastebank.rules import numbers


def register(*, actor: Actor, bank: WasteBank, name: str, at: datetime | None = None) -> tuple[Device, str]:
    """A new device and its key, which is shown once: only a keyed hash of it is kept."""
    key = secrets.token_urlsafe(24)
    return _register(actor=actor, bank=bank, name=name, key=key, at=at or clock.now()), key


@action(right=DIRECT, event="wastebank.device.registered", on="bank", keeps=("name",))
def _register(*, actor: Actor, bank: WasteBank, name: str, key: str, at: datetime) -> Device:
    if len(name.strip()) < 2:
        raise Refused.because("name", "Beri nama perangkat, misalnya HP Bu Nur.", "name")
    (serial,) = take_numbers(bank, "device", 0, 1)
    return Device.objects.create(
        bank=bank,
        prefix=numbers.device_prefix(serial),
        name=name.strip(),
        key_hash=vault.lookup(KEY_KIND, key),
        registered_by=actor.person,
        registered_at=at,
    )


@action(right=DIRECT | OVERSEE, event="wastebank.device.revoked", on="bank", keeps=("device",))
def revoke(*, actor: Actor, bank: WasteBank, device: Device, at: datetime) -> Device:
    """A lost device: whatever it still hands in waits for the director."""
    if device.bank_id != bank.pk:
        raise Refused.because("device", "Perangkat itu milik bank lain.", status=404)
    if device.revoked_at is None:
        device.revoked_at = at
        device.save(update_fields=["revoked_at"])
    return device


@action(
    right=DIRECT | OVERSEE, event="wastebank.scale.entered", on="bank", keeps=("serial", "verified_until")
)
def enter_scale(
    *,
    actor: Actor,
    bank: WasteBank,
    serial: str,
    capacity_kg: Decimal,
    division_g: Decimal,
    verified_until: date | None,
    at: datetime,
) -> Scale:
    """Enter a scale with its capacity, division and the last day of its verification (tera)."""
    if capacity_kg <= 0 or division_g <= 0 or division_g > capacity_kg * 1000:
        raise Refused.because(
            "scale", "Kapasitas dan skala terkecil timbangan tidak masuk akal.", "capacity_kg"
        )
    try:
        with transaction.atomic():
            return Scale.objects.create(
                bank=bank, serial=serial.strip(), capacity_kg=capacity_kg, division_g=division_g,
                verified_until=verified_until,
            )  # fmt: skip
    except IntegrityError as clash:
        raise Refused.because("serial", "Nomor seri itu sudah tercatat.", "serial", status=409) from clash


@action(
    right=DIRECT | OVERSEE, event="wastebank.scale.verified", on="bank", keeps=("scale", "verified_until")
)
def verify_scale(
    *,
    actor: Actor,
    bank: WasteBank,
    scale: Scale,
    verified_until: date,
    error_g: Decimal | None = None,
    at: datetime,
) -> Scale:
    """Note a new legal verification, and the error that the check weight showed."""
    if scale.bank_id != bank.pk:
        raise Refused.because("scale", "Timbangan itu milik bank lain.", status=404)
    scale.verified_until, scale.check_error_g = verified_until, error_g
    scale.checked_at = at if error_g is not None else scale.checked_at
    scale.save(update_fields=["verified_until", "check_error_g", "checked_at"])
    return scale

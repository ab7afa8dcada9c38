"""Tariffs, zone values and targets: proposed by one person, approved by another, inside the law (R1, R4, R23)."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from sekata.kernel.journal.actions import action
from sekata.kernel.reference.actions import APPROVE as APPROVE_LAW
from sekata.kernel.reference.actions import PROPOSE
from sekata.lib import clock
from sekata.lib.actor import Actor
from sekata.lib.result import Refused, insist
from sekata.pillars.economy.tax import rules
from sekata.pillars.economy.tax.codes import TargetVersion, TaxType
from sekata.pillars.economy.tax.models import RevenueTarget, Tariff, TariffSet, ZoneValue
from sekata.pillars.economy.tax.queries.law import Law, law_of_year
from sekata.pillars.economy.tax.rights import ASSESS, HEAD
from sekata.pillars.economy.tax.rules.ceilings import (
    GENERAL,
    Bracket,
    bracket_reasons,
    food_reasons,
    is_food_tariff,
)
from sekata.pillars.economy.tax.rules.landtax import revaluation_reasons


@action(right=PROPOSE, event="tax.tariff.proposed", keeps=("tax_type", "sub_class", "valid_from"))
def propose_tariff(
    *,
    actor: Actor,
    tax_type: TaxType,
    sub_class: str,
    valid_from: date,
    brackets: Sequence[Bracket],
    legal_ref: str,
    at: datetime,
) -> TariffSet:
    """Propose the brackets of a tax from a day on. Refused with the article where the law forbids a rate (R1)."""
    if valid_from <= at.astimezone(clock.WIB).date():
        raise Refused.because("past", "Tarif baru berlaku paling cepat besok.", "valid_from")
    insist(rules.text_reasons(legal_ref, "legal_ref"))
    rulebook = Law(valid_from)
    ceiling = rulebook.ceiling(tax_type, sub_class)
    insist(bracket_reasons(brackets, ceiling))
    if tax_type == TaxType.LAND:
        _insist_on_food(rulebook, sub_class, brackets, ceiling.article)
    if TariffSet.objects.filter(tax_type=tax_type, sub_class=sub_class, valid_from=valid_from).exists():
        raise Refused.because("taken", "Sudah ada usulan atau tarif mulai tanggal itu.", "valid_from", 409)
    made = TariffSet.objects.create(
        tax_type=tax_type,
        sub_class=sub_class,
        valid_from=valid_from,
        legal_ref=legal_ref.strip(),
        article=ceiling.article,
        author=actor.person,
    )
    Tariff.objects.bulk_create(
        Tariff(
            of=made, min_base=b.low, max_base=b.high, rate=b.rate, rate_min=ceiling.low, rate_max=ceiling.high
        )
        for b in brackets
    )
    return made


def _insist_on_food(rulebook: Law, sub_class: str, brackets: Sequence[Bracket], article: str) -> None:
    """R1: food and livestock land stays below other land, whichever of the two is proposed."""
    now = rulebook.brackets(TaxType.LAND)
    if is_food_tariff(TaxType.LAND, sub_class):
        insist(food_reasons(brackets, (b for b in now if b.sub_class == GENERAL), article))
    elif sub_class == GENERAL:
        food = (b for b in now if is_food_tariff(TaxType.LAND, b.sub_class))
        insist(food_reasons(food, brackets, article))


@action(right=APPROVE_LAW, event="tax.tariff.approved", on="tariff", watches=("approved_at", "approver"))
def approve_tariff(*, actor: Actor, tariff: TariffSet, at: datetime) -> TariffSet:
    """Let a proposed tariff become law. Whoever proposed it cannot, and its first day must not have come."""
    if tariff.author == actor.person:
        raise Refused.because("two_persons", "Pengusul tidak boleh menyetujui usulannya sendiri.", status=409)
    if tariff.approved_at or tariff.valid_from <= at.astimezone(clock.WIB).date():
        raise Refused.because(
            "late", "Usulan ini sudah disetujui atau hari mulainya sudah lewat.", status=409
        )
    tariff.approver, tariff.approved_at, tariff.confirmed = actor.person, at, True
    tariff.save(update_fields=["approver", "approved_at", "confirmed"])
    return tariff


@action(right=ASSESS, event="tax.zone.valued", keeps=("village", "zone", "tax_year", "market_value", "basis"))
def value_zone(
    *,
    actor: Actor,
    village: str,
    zone: str,
    tax_year: int,
    market_value: int,
    basis: str,
    fast_growing: bool = False,
    at: datetime,
) -> ZoneValue:
    """Set the market value of a zone from a tax year on; every three years, yearly only where it grows fast (R4)."""
    insist(rules.text_reasons(basis, "basis"))
    if tax_year <= at.astimezone(clock.WIB).year:
        raise Refused.because("past", "NJOP ditetapkan untuk tahun yang akan datang.", "tax_year")
    known = ZoneValue.objects.filter(village=village, zone=zone).order_by("-tax_year")
    last = known.values_list("tax_year", flat=True).first()
    every = law_of_year(tax_year).figure("land.revaluation")
    insist(revaluation_reasons(tax_year, last, every, fast_growing=fast_growing))
    return ZoneValue.objects.create(
        village=village,
        zone=zone,
        tax_year=tax_year,
        market_value=market_value,
        basis=basis.strip(),
        author=actor.person,
    )


@action(right=HEAD, event="tax.zone.approved", on="value", watches=("approved_at", "approver"))
def approve_zone(*, actor: Actor, value: ZoneValue, at: datetime) -> ZoneValue:
    """Let a zone's value count. Whoever entered it cannot, and its year must not have come."""
    if value.tax_year <= at.astimezone(clock.WIB).year:
        raise Refused.because("late", "Tahun pajaknya sudah berjalan; usulkan untuk tahun depan.", status=409)
    _sign(actor, value, at)
    return value


def _sign(actor: Actor, row: ZoneValue | RevenueTarget, at: datetime) -> None:
    """Another person's approval; twice is refused."""
    if row.author == actor.person:
        raise Refused.because("two_persons", "Pengusul tidak boleh menyetujui usulannya sendiri.", status=409)
    if row.approved_at:
        raise Refused.because("approved", "Usulan ini sudah disetujui.", status=409)
    row.approver, row.approved_at = actor.person, at
    row.save(update_fields=["approver", "approved_at"])


@action(right=ASSESS | HEAD, event="tax.target.set", keeps=("year", "version", "amounts"))
def set_targets(
    *,
    actor: Actor,
    year: int,
    version: TargetVersion,
    amounts: dict[TaxType, int],
    valid_from: date,
    basis: str,
    at: datetime,
) -> list[RevenueTarget]:
    """Enter the year's targets of a budget, once a version; they count when another person approved them (R23)."""
    if version not in TargetVersion.__members__.values():
        raise Refused.because("version", "Sebutkan versi target: murni atau perubahan.", "version")
    if RevenueTarget.objects.filter(year=year, version=version).exists():
        raise Refused.because("taken", "Target versi ini sudah dimasukkan.", "version", 409)
    with transaction.atomic():
        return RevenueTarget.objects.bulk_create(
            RevenueTarget(
                year=year,
                version=version,
                tax_type=tax,
                amount=amount,
                valid_from=valid_from,
                basis=basis,
                author=actor.person,
            )
            for tax, amount in amounts.items()
        )


@action(right=HEAD, event="tax.target.approved", keeps=("year", "version"))
def approve_targets(*, actor: Actor, year: int, version: TargetVersion, at: datetime) -> int:
    """Let a year's targets count; how many. Whoever entered them cannot."""
    rows = list(RevenueTarget.objects.filter(year=year, version=version, approved_at=None))
    if not rows:
        raise Refused.because("none", "Tidak ada target yang menunggu persetujuan.", status=409)
    for row in rows:
        _sign(actor, row, at)
    return len(rows)

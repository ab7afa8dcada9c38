"""Publishing price lists, and what collectors offer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from sekata.kernel.journal.actions import action
from sekata.lib.actor import Actor
from sekata.lib.result import Reason, Refused, insist
from sekata.pillars.environment.wastebank.models import Collector, Offer, Price, PriceList, WasteBank
from sekata.pillars.environment.wastebank.queries import prices
from sekata.pillars.environment.wastebank.queries.law import law
from sekata.pillars.environment.wastebank.rights import DIRECT, OVERSEE
from sekata.pillars.environment.wastebank.rules import pricing


@dataclass(frozen=True)
class NewPrice:
    """A price to be published; None: not bought any more."""

    material: str
    buy_price: int | None
    channel: str = "drop_off"
    grade: str = ""


@action(right=DIRECT, event="wastebank.prices.published", on="bank", keeps=("valid_from", "note"))
def publish(
    *,
    actor: Actor,
    bank: WasteBank,
    valid_from: datetime,
    rows: Sequence[NewPrice],
    note: str = "",
    at: datetime,
) -> PriceList:
    """Publish the next version, valid from an instant that is neither past nor before the last version's (R2)."""
    version, last = prices.last_list(bank)
    insist(_list_reasons(valid_from, last, rows, at))
    new = [
        pricing.Price(
            pricing.Key(row.material, row.grade, row.channel), row.buy_price, valid_from, version + 1
        )
        for row in rows
    ]
    insist(pricing.clash_reasons(new))
    insist(_row_reasons(rows, law(max(valid_from, at)).materials))
    return _write(actor, bank, new, note, at)


def _list_reasons(valid_from: datetime, last: datetime | None, rows: Sequence[NewPrice], at: datetime):
    if valid_from < at:
        yield Reason("past", "Harga berlaku paling awal sekarang; yang lalu tidak dapat diubah", "valid_from")
    if last is not None and valid_from <= last:
        yield Reason(
            "order", "Sudah ada daftar harga yang berlaku mulai saat itu atau sesudahnya", "valid_from"
        )
    if not rows:
        yield Reason("empty", "Tidak ada harga yang berubah", "rows")


def _row_reasons(rows: Sequence[NewPrice], materials):
    for row in rows:
        material = materials.get(row.material)
        if material is None:
            yield Reason("material", f"Jenis {row.material} tidak ada dalam katalog", row.material)
        elif row.grade and row.grade not in material["grades"]:
            yield Reason("grade", f"Mutu {row.grade} tidak ada untuk {material['name']}", row.material)
        if row.buy_price is not None and row.buy_price < 0:
            yield Reason("price_negative", "Harga tidak boleh kurang dari nol", row.material)


def _write(actor: Actor, bank: WasteBank, new: Sequence[pricing.Price], note: str, at: datetime) -> PriceList:
    first = new[0]
    try:
        with transaction.atomic():
            made = PriceList.objects.create(
                bank=bank, version=first.list_version, valid_from=first.valid_from, made_by=actor.person, made_at=at,
                note=note.strip(),
            )  # fmt: skip
    except IntegrityError as clash:
        raise Refused.because(
            "moved", "Daftar lain baru saja diterbitkan. Muat ulang.", status=409
        ) from clash
    Price.objects.bulk_create(
        Price(
            bank=bank, list=made, material=row.key.material, grade=row.key.grade, channel=row.key.channel,
            buy_price=row.price, valid_from=row.valid_from, list_version=row.list_version,
        )
        for row in new
    )  # fmt: skip
    return made


@action(right=OVERSEE, event="wastebank.collector.registered", keeps=("code", "name"))
def register_collector(
    *, actor: Actor, code: str, name: str, recycler: bool = False, village_code: str = "", at: datetime
) -> Collector:
    """Enter a collector or recycler that buys from the banks."""
    made, new = Collector.objects.get_or_create(
        code=code.strip(), defaults={"name": name.strip(), "recycler": recycler, "village_code": village_code}
    )
    if not new and made.name != name.strip():
        raise Refused.because("code", "Kode itu sudah dipakai pembeli lain.", "code", status=409)
    return made


@action(
    right=OVERSEE,
    event="wastebank.offer.published",
    on="collector",
    keeps=("material", "sell_price", "valid_from"),
)
def publish_offer(
    *,
    actor: Actor,
    collector: Collector,
    material: str,
    sell_price: int | None,
    valid_from: datetime,
    grade: str = "",
    at: datetime,
) -> Offer:
    """Make known what a collector pays from an instant on."""
    if material not in law(max(valid_from, at)).materials:
        raise Refused.because("material", f"Jenis {material} tidak ada dalam katalog.", "material")
    try:
        with transaction.atomic():
            return Offer.objects.create(
                collector=collector,
                material=material,
                grade=grade,
                sell_price=sell_price,
                valid_from=valid_from,
            )
    except IntegrityError as clash:
        message = "Pembeli itu sudah punya harga mulai saat itu."
        raise Refused.because("price_twice", message, "valid_from", status=409) from clash

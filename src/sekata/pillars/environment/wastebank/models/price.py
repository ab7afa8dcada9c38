"""What a bank pays, and what collectors offer."""

from django.db import models
from django.db.models import Q

from sekata.pillars.environment.wastebank.codes import Channel
from sekata.pillars.environment.wastebank.models.bank import WasteBank


class PriceList(models.Model):
    """A published version of a bank's prices. Versions follow one another in time; only changed keys have rows."""

    bank = models.ForeignKey(WasteBank, on_delete=models.PROTECT, related_name="price_lists")
    version = models.PositiveIntegerField()
    valid_from = models.DateTimeField()
    made_by = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bank", "version"], name="wastebank_list_version"),
            models.UniqueConstraint(fields=["bank", "valid_from"], name="wastebank_list_instant"),
        ]


class Price(models.Model):
    """Rupiah per unit of a material from an instant on; the next row of its key ends it. None: not bought."""

    bank = models.ForeignKey(WasteBank, on_delete=models.PROTECT, related_name="prices")
    list = models.ForeignKey(PriceList, on_delete=models.PROTECT, related_name="prices")
    material = models.CharField(max_length=8)
    grade = models.CharField(max_length=16, blank=True)
    channel = models.CharField(max_length=8, choices=Channel.choices())
    buy_price = models.BigIntegerField(null=True)
    valid_from = models.DateTimeField()
    list_version = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bank", "material", "grade", "channel", "valid_from"], name="wastebank_price_once"
            ),
            models.CheckConstraint(
                condition=Q(buy_price=None) | Q(buy_price__gte=0), name="wastebank_price_positive"
            ),
        ]


class Collector(models.Model):
    """Who buys from the banks: a collector (pengepul) or a recycler."""

    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=120)
    recycler = models.BooleanField(default=False)
    village_code = models.CharField(max_length=13, blank=True)
    active = models.BooleanField(default=True)


class Offer(models.Model):
    """What a collector pays per unit from an instant on, open to everybody."""

    collector = models.ForeignKey(Collector, on_delete=models.PROTECT, related_name="offers")
    material = models.CharField(max_length=8)
    grade = models.CharField(max_length=16, blank=True)
    sell_price = models.BigIntegerField(null=True)
    valid_from = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["collector", "material", "grade", "valid_from"], name="wastebank_offer_once"
            ),
            models.CheckConstraint(
                condition=Q(sell_price=None) | Q(sell_price__gte=0), name="wastebank_offer_positive"
            ),
        ]

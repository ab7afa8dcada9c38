"""What lies in a bank, every movement of it, counts of stock and cash, and the months of the books."""

from django.db import models
from django.db.models import Q

from sekata.pillars.environment.wastebank.codes import Cause, MoveKind, PeriodState
from sekata.pillars.environment.wastebank.models.bank import WasteBank


class Stock(models.Model):
    """What lies there of one material and what it has cost (R8): the sum of its movements, kept beside them."""

    bank = models.ForeignKey(WasteBank, on_delete=models.PROTECT, related_name="stock")
    material = models.CharField(max_length=8)
    kg = models.DecimalField(max_digits=14, decimal_places=3)
    value = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bank", "material"], name="wastebank_stock_material"),
            models.CheckConstraint(
                condition=Q(kg__gte=0) & Q(value__gte=0), name="wastebank_stock_not_negative"
            ),
        ]


class StockMove(models.Model):
    """A lot moving (pergerakan stok): kilograms and value in (above zero) or out. Rows are never changed."""

    bank = models.ForeignKey(WasteBank, on_delete=models.PROTECT, related_name="moves")
    material = models.CharField(max_length=8)
    kind = models.CharField(max_length=12, choices=MoveKind.choices())
    kg = models.DecimalField(max_digits=12, decimal_places=3)
    value = models.BigIntegerField()
    at = models.DateTimeField()
    deposit = models.ForeignKey(
        "wastebank.Deposit", on_delete=models.PROTECT, null=True, related_name="moves"
    )
    sale = models.ForeignKey("wastebank.Sale", on_delete=models.PROTECT, null=True, related_name="moves")
    transfer = models.ForeignKey(
        "wastebank.Transfer", on_delete=models.PROTECT, null=True, related_name="moves"
    )
    count = models.ForeignKey(
        "wastebank.StockCount", on_delete=models.PROTECT, null=True, related_name="moves"
    )
    note = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes = [models.Index(fields=["bank", "material", "id"], name="wastebank_moves")]


class StockCount(models.Model):
    """A count of everything that lies there (opname)."""

    bank = models.ForeignKey(WasteBank, on_delete=models.PROTECT, related_name="counts")
    counted_by = models.BigIntegerField(null=True)
    counted_at = models.DateTimeField()


class StockCountLine(models.Model):
    """Book against count of one material (R9). A line beyond its tolerance waits for its cause."""

    count = models.ForeignKey(StockCount, on_delete=models.PROTECT, related_name="lines")
    material = models.CharField(max_length=8)
    book_kg = models.DecimalField(max_digits=14, decimal_places=3)
    counted_kg = models.DecimalField(max_digits=14, decimal_places=3)
    percent = models.DecimalField(max_digits=12, decimal_places=1, null=True)
    value = models.BigIntegerField()
    beyond = models.BooleanField()
    cause = models.CharField(max_length=16, choices=Cause.choices(), blank=True)
    explanation = models.CharField(max_length=300, blank=True)
    closed_by = models.BigIntegerField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["count", "material"], name="wastebank_counted_once")]


class CashCount(models.Model):
    """Cash counted by treasurer and director (R11). book: what should have been there."""

    bank = models.ForeignKey(WasteBank, on_delete=models.PROTECT, related_name="cash_counts")
    treasurer = models.ForeignKey("wastebank.Officer", on_delete=models.PROTECT, related_name="+")
    director = models.ForeignKey("wastebank.Officer", on_delete=models.PROTECT, related_name="+")
    counted = models.BigIntegerField()
    book = models.BigIntegerField()
    explanation = models.CharField(max_length=300, blank=True)
    counted_at = models.DateTimeField()


class Period(models.Model):
    """A month of the books. A month without a row is open."""

    bank = models.ForeignKey(WasteBank, on_delete=models.PROTECT, related_name="periods")
    month = models.DateField()
    state = models.CharField(max_length=6, choices=PeriodState.choices(), default="open")
    version = models.PositiveIntegerField(default=1)
    closed_by = models.BigIntegerField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bank", "month"], name="wastebank_period_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="wastebank_period_first"),
        ]

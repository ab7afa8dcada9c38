"""Money that leaves: withdrawals and what billers answered, vouchers of the cash box, shares of the surplus."""

import uuid

from django.db import models
from django.db.models import Q

from sekata.pillars.environment.wastebank.codes import VoucherKind, WithdrawalKind
from sekata.pillars.environment.wastebank.models.bank import WasteBank
from sekata.pillars.environment.wastebank.models.customer import Customer


class Withdrawal(models.Model):
    """A withdrawal (penarikan). State, number and clock are its case's; its money is a hold of the ledger.

    secret: target number and token, in the vault; mark: what may be shown of the target. fee: the bank's own,
    charge: the biller's. our_id: what the biller knows it by, for ever; sent_at: from here on it is never sent again.
    """

    case = models.OneToOneField(
        "cases.Case", on_delete=models.PROTECT, primary_key=True, related_name="wastebank_withdrawal"
    )
    submission = models.UUIDField(default=uuid.uuid4, unique=True)
    bank = models.ForeignKey(WasteBank, on_delete=models.PROTECT, related_name="withdrawals")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="withdrawals")
    receiver = models.ForeignKey(Customer, on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=20, choices=WithdrawalKind.choices())
    secret = models.OneToOneField("people.Vault", on_delete=models.SET_NULL, null=True, related_name="+")
    mark = models.CharField(max_length=20, blank=True)
    payee = models.CharField(max_length=120, blank=True)
    amount = models.BigIntegerField()
    fee = models.BigIntegerField(default=0)
    charge = models.BigIntegerField(default=0)
    hold = models.OneToOneField("ledger.Hold", on_delete=models.PROTECT, null=True, related_name="+")
    requested_by = models.BigIntegerField(null=True)
    approved_by = models.BigIntegerField(null=True)
    executed_by = models.BigIntegerField(null=True)
    our_id = models.UUIDField(default=uuid.uuid4, unique=True)
    sent_at = models.DateTimeField(null=True)
    reference = models.CharField(max_length=60, blank=True)
    quote = models.JSONField(null=True)
    grams = models.DecimalField(max_digits=12, decimal_places=4, null=True)
    told_at = models.DateTimeField(null=True)
    paid_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0) & Q(fee__gte=0) & Q(charge__gte=0),
                name="wastebank_withdrawal_amount",
            )
        ]
        indexes = [
            models.Index(fields=["customer", "-case"], name="wastebank_taken"),
            models.Index(fields=["bank", "-case"], name="wastebank_bank_taken"),
            models.Index(
                fields=["bank", "paid_at"], condition=Q(paid_at__isnull=False), name="wastebank_paid"
            ),
        ]

    def __str__(self) -> str:
        return self.case.number

    @property
    def total(self) -> int:
        """What leaves the balance."""
        return self.amount + self.fee + self.charge


class BillerCall(models.Model):
    """What was asked of a biller and what came back, as it came. Rows are never changed."""

    withdrawal = models.ForeignKey(Withdrawal, on_delete=models.PROTECT, related_name="calls")
    verb = models.CharField(max_length=8, choices=[("pay", "Bayar"), ("advice", "Tanya keadaan")])
    status = models.CharField(max_length=8)
    message = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()


class Voucher(models.Model):
    """Money of the bank that moves without a customer's withdrawal or a sale (bukti kas). Rows are never changed."""

    bank = models.ForeignKey(WasteBank, on_delete=models.PROTECT, related_name="vouchers")
    submission = models.UUIDField(default=uuid.uuid4, unique=True)
    number = models.CharField(max_length=24, unique=True)
    kind = models.CharField(max_length=16, choices=VoucherKind.choices())
    amount = models.BigIntegerField()
    account = models.CharField(max_length=4, blank=True)
    counterpart = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=160)
    made_by = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="wastebank_voucher_amount")]
        indexes = [models.Index(fields=["bank", "-id"], name="wastebank_vouchers")]


class Distribution(models.Model):
    """The surplus of a month, shared by the charter (R10). pools: name -> rupiah; shares are entries of the book."""

    bank = models.ForeignKey(WasteBank, on_delete=models.PROTECT, related_name="distributions")
    month = models.DateField()
    net = models.BigIntegerField()
    pools = models.JSONField()
    customers = models.PositiveIntegerField()
    made_by = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bank", "month"], name="wastebank_shared_once"),
            models.CheckConstraint(condition=Q(net__gt=0) & Q(month__day=1), name="wastebank_shared_month"),
        ]


class Paper(models.Model):
    """A printable that was issued, and whose it is: a customer's, or the bank's. key: what it is about, once."""

    bank = models.ForeignKey(WasteBank, on_delete=models.PROTECT, related_name="papers")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, null=True, related_name="papers")
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=60)
    document = models.OneToOneField("documents.Document", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="wastebank_paper_once")]
        indexes = [models.Index(fields=["customer", "-id"], name="wastebank_customer_papers")]

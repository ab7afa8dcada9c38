"""Tables of payments. What a bank reported is kept raw and unchanged, and each reported rupiah is one row of `Payment`:
posted to a bill, or in suspense until an officer decides."""

from django.db import models
from django.db.models import Q


class Channel(models.TextChoices):
    """How the payer paid."""

    VA = "va", "BRIVA"
    QRIS = "qris", "QRIS"
    TELLER = "teller", "Teller"
    ATM = "atm", "ATM"
    MOBILE = "mobile", "Mobile banking"
    EDC = "edc", "EDC"


class Partner(models.Model):
    """A bank or acquirer, and how we speak with each other (SNAP BI).

    client_id: their name when they call us; public_key: theirs, for token requests and, where mode is rsa, for
    messages; secret: the shared secret of message signatures, locked away; our_id, our_key: our name when we call
    them, and our private key, locked away. corporate: five digits of the biller. Money on its way stands on
    `in_transit`, money that nobody expected on `suspense`, money that arrived on `bank`, all accounts of `book`.
    """

    MODES = [("hmac", "HMAC-SHA512"), ("rsa", "SHA256withRSA")]

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=80)
    client_id = models.CharField(max_length=64, unique=True)
    public_key = models.TextField()
    mode = models.CharField(max_length=4, choices=MODES, default="hmac")
    hexadecimal = models.BooleanField(default=False)
    vault = models.ForeignKey("people.Vault", on_delete=models.PROTECT, related_name="+")
    our_id = models.CharField(max_length=64)
    address = models.CharField(max_length=200, blank=True)
    corporate = models.CharField(max_length=5)
    book = models.ForeignKey("ledger.Book", on_delete=models.PROTECT, related_name="+")
    in_transit = models.CharField(max_length=20)
    suspense = models.CharField(max_length=20)
    bank = models.CharField(max_length=20)
    active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name


class Token(models.Model):
    """An access token that a partner holds; only its hash is kept."""

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE)
    digest = models.CharField(max_length=64, unique=True)
    expires = models.DateTimeField()


class Call(models.Model):
    """A message as it came, before anybody read it. Immutable."""

    at = models.DateTimeField()
    path = models.CharField(max_length=120)
    headers = models.JSONField()
    body = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["at"], name="payments_call_at")]


class Bill(models.Model):
    """Something to pay. kind and ref: what is paid for (one open bill each); lines: the credit side once it is paid, as
    [account, rupiah, holder]; valid_until: the last moment at which the amount is true (R17)."""

    class State(models.TextChoices):
        OPEN = "open", "Terbuka"
        PAID = "paid", "Lunas"
        WITHDRAWN = "withdrawn", "Ditarik"

    kind = models.CharField(max_length=40)
    ref = models.CharField(max_length=60)
    book = models.ForeignKey("ledger.Book", on_delete=models.PROTECT, related_name="+")
    customer_no = models.CharField(max_length=13, unique=True)
    payer = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    payer_name = models.CharField(max_length=160)
    title = models.CharField(max_length=160)
    principal = models.BigIntegerField()
    penalty = models.BigIntegerField(default=0)
    lines = models.JSONField()
    valid_until = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    revision = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "ref"], condition=Q(state="open"), name="payments_one_open_bill"
            ),
            models.CheckConstraint(
                condition=Q(principal__gte=0, penalty__gte=0) & (Q(principal__gt=0) | Q(penalty__gt=0)),
                name="payments_bill_amount",
            ),
        ]
        indexes = [
            models.Index(
                fields=["payer", "state"], condition=Q(payer__isnull=False), name="payments_bill_payer"
            )
        ]

    @property
    def amount(self) -> int:
        return self.principal + self.penalty

    def __str__(self) -> str:
        return self.customer_no


class Payment(models.Model):
    """Money that a bank reports: each once, by channel, WIB day and the bank's own number (banks restart theirs).

    posted: it settled its bill; suspense: it met none, for the `reason`; reversed, refunded: given back.
    ntpd: the receipt number (R18). settled_on: the day on which it reached the regency's account.
    """

    class State(models.TextChoices):
        POSTED = "posted", "Dibukukan"
        SUSPENSE = "suspense", "Penerimaan belum jelas"
        REVERSED = "reversed", "Dibatalkan bank"
        REFUNDED = "refunded", "Dikembalikan"

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT)
    channel = models.CharField(max_length=8, choices=Channel)
    day = models.DateField()
    bank_ref = models.CharField(max_length=64)
    request_id = models.CharField(max_length=64, blank=True)
    terminal = models.CharField(max_length=32, blank=True)
    customer_no = models.CharField(max_length=28)
    amount = models.BigIntegerField()
    trx_at = models.DateTimeField()
    call = models.ForeignKey(Call, on_delete=models.PROTECT, null=True, related_name="+")
    bill = models.ForeignKey(Bill, on_delete=models.PROTECT, null=True, related_name="payments")
    ntpd = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=8, choices=State)
    reason = models.CharField(max_length=20, blank=True)
    posted_at = models.DateTimeField()
    settled_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "day", "bank_ref"], name="payments_once_a_day"),
            models.UniqueConstraint(
                fields=["partner", "request_id"], condition=~Q(request_id=""), name="payments_one_request"
            ),
            models.UniqueConstraint(
                fields=["bill"], condition=Q(state="posted"), name="payments_bill_settled_once"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payments_amount"),
            models.CheckConstraint(
                condition=~Q(state="posted") | Q(bill__isnull=False), name="payments_posted_bill"
            ),
        ]
        indexes = [
            models.Index(fields=["partner", "day"], name="payments_partner_day"),
            models.Index(fields=["posted_at"], condition=Q(state="suspense"), name="payments_suspense"),
            models.Index(fields=["trx_at"], condition=Q(settled_on=None), name="payments_in_transit"),
        ]

    def __str__(self) -> str:
        return self.ntpd

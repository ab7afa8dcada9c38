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


class SettlementFile(models.Model):
    """A report or statement of a bank as it came, kept before anybody read it. Brought twice, it is the same row.

    read_at: when its lines were written; problem: why they could not be, in words for the treasurer.
    """

    class Kind(models.TextChoices):
        REPORT = "report", "Laporan transaksi"
        STATEMENT = "statement", "Rekening koran MT940"

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=120)
    file = models.ForeignKey("documents.File", on_delete=models.PROTECT, related_name="+")
    brought_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partner", "kind", "file"], name="payments_file_once")]


class SettlementLine(models.Model):
    """One line of such a file, immutable. day: WIB day of the transaction; settled_on: day on which the account moved;
    amount: rupiah, above zero what came, below what went; text: the line as it stood in the file."""

    source = models.ForeignKey(SettlementFile, on_delete=models.PROTECT, related_name="lines")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=10, choices=SettlementFile.Kind)
    place = models.PositiveIntegerField()
    day = models.DateField()
    settled_on = models.DateField()
    trx_at = models.DateTimeField(null=True)
    channel = models.CharField(max_length=8, choices=Channel, blank=True)
    bank_ref = models.CharField(max_length=64, blank=True)
    request_id = models.CharField(max_length=64, blank=True)
    terminal = models.CharField(max_length=32, blank=True)
    customer_no = models.CharField(max_length=28, blank=True)
    amount = models.BigIntegerField()
    text = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "place"], name="payments_line_place")]
        indexes = [
            models.Index(fields=["partner", "kind", "day"], name="payments_line_day"),
            models.Index(
                fields=["partner", "kind", "settled_on"], include=["amount"], name="payments_line_settled"
            ),
        ]


class Settlement(models.Model):
    """Money of a payment that reached the regency's account, immutable: once by a line of the bank, and once more
    (line empty) where the bank made up for a difference."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="settlements")
    line = models.OneToOneField(
        SettlementLine, on_delete=models.PROTECT, null=True, related_name="settlement"
    )
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+", db_index=False)
    amount = models.BigIntegerField()
    day = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["payment"], condition=Q(line__isnull=False), name="payments_settled_once"
            ),
            models.UniqueConstraint(
                fields=["payment"], condition=Q(line__isnull=True), name="payments_corrected_once"
            ),
        ]
        indexes = [
            models.Index(fields=["partner", "day"], include=["amount"], name="payments_settled_day"),
            models.Index(fields=["at"], name="payments_settled_at"),
        ]


class ReconRun(models.Model):
    """A bank's day, compared. figures: group -> [number, rupiah] as last found."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    ran_at = models.DateTimeField()
    figures = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partner", "day"], name="payments_one_run")]


class DayProof(models.Model):
    """What anybody may check of a bank's day: the Merkle root over the receipts that reached the account on it, with
    their number and rupiah. The journal seals each change of it."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    root = models.CharField(max_length=64)
    number = models.PositiveIntegerField()
    rupiah = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partner", "day"], name="payments_one_proof")]


class ReconException(models.Model):
    """What did not fit in a day, until it is explained. A line or a payment has one of a kind."""

    class Kind(models.TextChoices):
        ONLY_BANK = "only_bank", "Hanya di bank"
        ONLY_OURS = "only_ours", "Hanya di kami"
        DIFFERENT = "different", "Berbeda"
        DUPLICATE = "duplicate", "Baris ganda"
        RETURNED = "returned", "Sudah dibatalkan atau dikembalikan"

    class State(models.TextChoices):
        OPEN = "open", "Terbuka"
        RESOLVED = "resolved", "Selesai"

    run = models.ForeignKey(ReconRun, on_delete=models.PROTECT, related_name="exceptions")
    kind = models.CharField(max_length=10, choices=Kind)
    line = models.ForeignKey(SettlementLine, on_delete=models.PROTECT, null=True, related_name="exceptions")
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, null=True, related_name="exceptions")
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    note = models.CharField(max_length=500, blank=True)
    resolver = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "line"], condition=Q(line__isnull=False), name="payments_line_exception"
            ),
            models.UniqueConstraint(
                fields=["kind", "payment"], condition=Q(line__isnull=True), name="payments_our_exception"
            ),
            models.CheckConstraint(
                condition=Q(line__isnull=False) | Q(payment__isnull=False), name="payments_exception_about"
            ),
            models.CheckConstraint(
                condition=Q(state="open", resolved_at=None) | Q(state="resolved", resolved_at__isnull=False),
                name="payments_exception_ends",
            ),
        ]


class Trace(models.Model):
    """“Paid but shown unpaid”: what a payer says, with the bank's slip, until the treasurer answers (penelusuran)."""

    class State(models.TextChoices):
        OPEN = "open", "Ditelusuri"
        FOUND = "found", "Pembayaran ditemukan"
        NOT_FOUND = "not_found", "Tidak ditemukan"

    number = models.CharField(max_length=20, unique=True)
    bill = models.ForeignKey(Bill, on_delete=models.PROTECT, related_name="traces")
    slip = models.ForeignKey("documents.File", on_delete=models.PROTECT, related_name="+")
    paid_on = models.DateField()
    amount = models.BigIntegerField()
    bank_ref = models.CharField(max_length=64, blank=True)
    contact = models.CharField(max_length=40, blank=True)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, null=True, related_name="+")
    answer = models.CharField(max_length=500, blank=True)
    answered_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bill", "slip"], name="payments_one_trace"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payments_trace_amount"),
            models.CheckConstraint(
                condition=Q(state="open", answered_at=None)
                | (~Q(state="open") & Q(answered_at__isnull=False)),
                name="payments_trace_ends",
            ),
        ]
        indexes = [models.Index(fields=["due_at"], condition=Q(state="open"), name="payments_trace_open")]

    def __str__(self) -> str:
        return self.number

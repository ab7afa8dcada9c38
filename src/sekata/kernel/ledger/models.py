"""Tables of the books. Entries and postings are immutable; an entry without balance cannot be kept (migration 0002)."""

from django.db import models
from django.db.models import F, Q


class Kind(models.TextChoices):
    """The five kinds of accounts. Assets and expenses grow by debit, the others by credit."""

    ASSET = "asset", "Aset"
    LIABILITY = "liability", "Kewajiban"
    EQUITY = "equity", "Ekuitas"
    REVENUE = "revenue", "Pendapatan"
    EXPENSE = "expense", "Beban"


class Chart(models.Model):
    """A chart of accounts (bagan akun), shared by all books of one sort."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.name


class Account(models.Model):
    """An account of a chart. held: each posting names a holder (a customer, a taxpayer), who so has a passbook."""

    chart = models.ForeignKey(Chart, on_delete=models.PROTECT, related_name="accounts")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=10, choices=Kind)
    held = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chart", "code"], name="ledger_one_account")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Book(models.Model):
    """One set of books. Nothing is entered on or before `closed_until`."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=160)
    chart = models.ForeignKey(Chart, on_delete=models.PROTECT)
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    opened = models.DateField()
    closed_until = models.DateField(null=True)

    def __str__(self) -> str:
        return self.name


class Entry(models.Model):
    """A journal entry (jurnal). key: what makes the same event the same entry, once in a book; source: the record that
    caused it; reverses: the entry that this one takes back, which nobody else does; tx: the transaction that wrote it,
    the only one that may write its postings."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT)
    key = models.CharField(max_length=100)
    day = models.DateField()
    memo = models.CharField(max_length=200)
    source_type = models.CharField(max_length=60, blank=True)
    source_id = models.CharField(max_length=60, blank=True)
    reverses = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="reversed_by")
    at = models.DateTimeField()
    tx = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["book", "key"], name="ledger_one_entry")]
        indexes = [
            models.Index(fields=["book", "day", "id"], name="ledger_entry_day"),
            models.Index(
                fields=["source_type", "source_id"], condition=~Q(source_id=""), name="ledger_entry_source"
            ),
        ]


class Posting(models.Model):
    """One line of an entry, in rupiah: a debit above zero, a credit below. Book and day are the entry's."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="postings")
    book = models.ForeignKey(Book, on_delete=models.PROTECT, db_index=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, db_index=False)
    holder = models.CharField(max_length=40, blank=True)
    day = models.DateField()
    amount = models.BigIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(amount=0), name="ledger_posting_moves")]
        indexes = [
            models.Index(
                fields=["book", "account", "day", "id"], include=["amount"], name="ledger_account_day"
            ),
            models.Index(
                fields=["book", "account", "holder", "day", "id"],
                include=["amount"],
                condition=~Q(holder=""),
                name="ledger_holder_day",
            ),
        ]


class Sum(models.Model):
    """Turnover of an account in a month; of one holder, or of all (holder empty)."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, db_index=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, db_index=False)
    holder = models.CharField(max_length=40, blank=True)
    month = models.DateField()
    debit = models.BigIntegerField()
    credit = models.BigIntegerField()

    class Meta:
        abstract = True


class Fresh(Sum):
    """Turnover not yet gathered: each writing statement adds its own rows, so that nobody waits for anybody."""

    class Meta:
        indexes = [models.Index(fields=["book", "account", "holder"], name="ledger_fresh_place")]


class Tally(Sum):
    """Turnover gathered: what makes a balance cost the same after ten years."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["book", "account", "holder", "month"],
                name="ledger_one_tally",
                include=["debit", "credit"],
            )
        ]


class Hold(models.Model):
    """Money of a holder set aside (dana ditahan) until it is taken or let go; both happen once."""

    class Outcome(models.TextChoices):
        RELEASED = "released", "Dilepas"
        CAPTURED = "captured", "Didebit"

    book = models.ForeignKey(Book, on_delete=models.PROTECT, db_index=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, db_index=False)
    holder = models.CharField(max_length=40)
    amount = models.BigIntegerField()
    key = models.CharField(max_length=100)
    memo = models.CharField(max_length=200)
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    ended_at = models.DateTimeField(null=True)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["book", "key"], name="ledger_one_hold"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="ledger_hold_amount"),
            models.CheckConstraint(
                condition=Q(outcome="", ended_at=None) | (~Q(outcome="") & Q(ended_at__gte=F("at"))),
                name="ledger_hold_ends",
            ),
        ]
        indexes = [
            models.Index(
                fields=["book", "account", "holder"],
                include=["amount"],
                condition=Q(outcome=""),
                name="ledger_hold_active",
            )
        ]

"""Persons, how they sign in, what they hold: the core tables."""

import uuid

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_noop as _

from sekata.kernel.units.models import Unit


class Vault(models.Model):
    """The secrets of one owner, locked under a data key that is itself wrapped under the master key.

    Destroying the row destroys the only key: what it held is erased, and every seal of the journal still verifies.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    wrapped = models.BinaryField()
    sealed = models.BinaryField()
    made_at = models.DateTimeField()


class Person(models.Model):
    """A human being, once. Names stand as in the population register: upper case, no titles.

    level: 0 contact only, 1 NIK plausible, 2 matched or shown at a counter, 3 strong (passkey or face).
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    full_name = models.CharField(max_length=120)
    sex = models.CharField(max_length=1, choices=[("L", _("laki-laki")), ("P", _("perempuan"))], blank=True)
    birth_place = models.CharField(max_length=80, blank=True)
    birth_date = models.DateField(null=True)
    level = models.PositiveSmallIntegerField(default=0)
    language = models.CharField(max_length=2, default="id")
    vault = models.OneToOneField(Vault, on_delete=models.SET_NULL, null=True)
    deceased_at = models.DateTimeField(null=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.full_name


class Identifier(models.Model):
    """An official number of a person. Only its keyed hash lies here; the number itself is in the vault.

    The hash is unique among living records: two registrations of one NIK meet in the database.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="identifiers")
    kind = models.CharField(max_length=16)
    lookup = models.CharField(max_length=64)
    source = models.CharField(max_length=24, blank=True)
    verified_at = models.DateTimeField(null=True)
    live = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "lookup"], condition=Q(live=True), name="people_identifier_live"
            )
        ]


class Verification(models.Model):
    """How it was made sure who somebody is. An uploaded document alone lifts nobody above level 1."""

    METHODS = [("counter_ktp", "KTP-el ditunjukkan di loket"), ("dukcapil_match", "dicocokkan Disdukcapil")]

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="verifications")
    method = models.CharField(max_length=16, choices=METHODS)
    level = models.PositiveSmallIntegerField()
    by = models.BigIntegerField(null=True)
    at = models.DateTimeField()


class AccountManager(BaseUserManager):
    def get_by_natural_key(self, username: str) -> "Account":
        return self.get(username=username)


class Account(AbstractBaseUser):
    """How a person signs in. The handle is a phone number (+62...) or, for officers, the NIP.

    contact_proved_at: when a code sent to the number came back; until then a code alone opens nothing, because
    whoever chose the password need not own the number.
    """

    person = models.OneToOneField(Person, on_delete=models.PROTECT, null=True, related_name="account")
    username = models.CharField(max_length=40, unique=True)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    contact_proved_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []
    objects = AccountManager()

    def get_full_name(self) -> str:
        return self.person.full_name if self.person else self.username


class Employee(models.Model):
    """The civil-service side of a person: NIP (PNS), NI PPPK, or a local number."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="employee")
    number = models.CharField(max_length=24, unique=True)
    kind = models.CharField(max_length=8, choices=[("pns", "PNS"), ("pppk", "PPPK"), ("local", "non-ASN")])
    rank = models.CharField(max_length=60, blank=True)


class Position(models.Model):
    """A post (jabatan) in a unit, with the roles that come with it and whether its holder signs."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="positions")
    name = models.CharField(max_length=120)
    roles = models.JSONField(default=list)
    signs = models.BooleanField(default=False)
    active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name


class Assignment(models.Model):
    """A person in a post for a time: definitive, or standing in as Plt (vacant post) or Plh (absent holder)."""

    KINDS = [("definitive", _("definitif")), ("plt", "Plt."), ("plh", "Plh.")]

    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="assignments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="assignments")
    kind = models.CharField(max_length=10, choices=KINDS, default="definitive")
    decree = models.CharField(max_length=120)
    starts = models.DateField()
    ends = models.DateField(null=True, help_text="hari terakhir, sampai pukul 24.00")
    extends = models.OneToOneField("self", on_delete=models.PROTECT, null=True)
    entered_by = models.BigIntegerField(null=True)
    approved_by = models.BigIntegerField(null=True)
    approved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")), name="people_assignment_order"
            ),
            ExclusionConstraint(
                name="people_one_holder",
                expressions=[
                    (
                        Func(F("position_id"), F("position_id"), models.Value("[]"), function="int8range"),
                        RangeOperators.OVERLAPS,
                    ),
                    (
                        Func(F("starts"), F("ends"), models.Value("[]"), function="daterange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(kind="definitive", approved_at__isnull=False),
            ),
            ExclusionConstraint(
                name="people_one_stand_in",
                expressions=[
                    (
                        Func(F("position_id"), F("position_id"), models.Value("[]"), function="int8range"),
                        RangeOperators.OVERLAPS,
                    ),
                    (
                        Func(F("starts"), F("ends"), models.Value("[]"), function="daterange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(kind__in=["plt", "plh"], approved_at__isnull=False),
            ),
        ]


class RoleGrant(models.Model):
    """A role given to a person in a unit (and below it) for at most a year, by somebody who holds it."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=40)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT)
    descendants = models.BooleanField(default=True)
    starts = models.DateField()
    ends = models.DateField()
    granted_by = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=200)
    certified_at = models.DateTimeField(null=True)
    suspended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "ends"])]


class AssistedSession(models.Model):
    """A clerk serves a present person for one service, at most an hour. Both names stand on what comes of it."""

    PROOFS = [("otp", _("kode OTP")), ("thumb", _("foto cap jempol")), ("witness", _("saksi petugas kedua"))]

    clerk = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="assisted")
    citizen = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="assisted_by")
    service = models.CharField(max_length=60)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT)
    proof = models.CharField(max_length=8, choices=PROOFS)
    witness = models.BigIntegerField(null=True)
    card_shown = models.BooleanField(default=False)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    @property
    def level(self) -> int:
        """2 if the identity card was shown, else 1; never 3."""
        return 2 if self.card_shown else 1


class Attempt(models.Model):
    """A failed try (sign-in, tracking code) kept for a day, to slow down guessing. The handle is a keyed hash."""

    scope = models.CharField(max_length=20)
    handle = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["scope", "handle", "at"])]

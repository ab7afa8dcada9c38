"""The complaint (pengaduan), the incident it belongs to, and what is said between reporter and office."""

import uuid

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from sekata.pillars.environment.complaints.codes import (
    AttachmentKind,
    Channel,
    Finding,
    PlacedBy,
    PointSource,
    Precision,
    RejectReason,
    ReporterMode,
)


class Incident(models.Model):
    """What happened once, however many reported it (kejadian). Field work, samples and follow-up hang here.

    Its state is that of the leading complaint.
    """

    lead = models.OneToOneField("complaints.Complaint", on_delete=models.PROTECT, related_name="leads")
    kind = models.CharField(max_length=12)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    placed_by = models.CharField(max_length=12, choices=PlacedBy.choices(), blank=True)
    opened_at = models.DateTimeField()
    first_sample_at = models.DateTimeField(null=True)
    positions_reason = models.TextField(blank=True)


class Complaint(models.Model):
    """One report. Number, state, priority, unit and clocks are its case's.

    cell: h3 cell of the point, by which neighbours are found; facility: code of the suspected facility, internal until
    a signed finding proves it; public_text: the reviewer's wording, naming nobody.
    """

    case = models.OneToOneField(
        "cases.Case", on_delete=models.PROTECT, primary_key=True, related_name="complaint"
    )
    submission = models.UUIDField(default=uuid.uuid4, unique=True)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="complaints")
    channel = models.CharField(max_length=16, choices=Channel.choices())
    service_code = models.CharField(max_length=8)
    group = models.CharField(max_length=12)
    description = models.TextField(blank=True)
    public_text = models.TextField(blank=True)
    incident_at = models.DateTimeField(null=True)
    incident_precision = models.CharField(max_length=8, choices=Precision.choices(), default=Precision.EXACT)
    first_seen_at = models.DateTimeField(null=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    cell = models.BigIntegerField(null=True)
    point_accuracy_m = models.PositiveIntegerField(null=True)
    point_source = models.CharField(max_length=16, choices=PointSource.choices(), blank=True)
    address_text = models.TextField(blank=True)
    village_code = models.CharField(max_length=13, blank=True)
    media_affected = models.JSONField(default=list)
    attributes = models.JSONField(default=dict)
    suspected_source_text = models.TextField(blank=True)
    facility = models.CharField(max_length=40, blank=True)
    desired_settlement = models.TextField(blank=True)
    reporter_mode = models.CharField(max_length=12, choices=ReporterMode.choices())
    identity = models.OneToOneField("people.Vault", on_delete=models.SET_NULL, null=True, related_name="+")
    competent_authority = models.CharField(max_length=24)
    authority_why = models.TextField(blank=True)
    authority_manual = models.BooleanField(default=False)
    first_response = models.CharField(max_length=24, blank=True)
    priority_why = models.JSONField(default=list)
    finding = models.CharField(max_length=28, choices=Finding.choices(), blank=True)
    answer_text = models.TextField(blank=True)
    published = models.BooleanField(default=False)
    client = models.ForeignKey(
        "complaints.Client", on_delete=models.PROTECT, null=True, related_name="complaints"
    )
    external_refs = models.JSONField(default=list)
    linked_to = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="sequels")
    rejection = models.CharField(max_length=24, choices=RejectReason.choices(), blank=True)
    rejection_by = models.BigIntegerField(null=True)
    closed_by = models.BigIntegerField(null=True)
    reopened = models.PositiveSmallIntegerField(default=0)
    forgotten_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["cell", "group"], condition=Q(cell__isnull=False), name="complaints_near"),
            models.Index(fields=["changed_at"], name="complaints_changed"),
            models.Index(fields=["service_code", "changed_at"], name="complaints_service"),
            GinIndex(fields=["external_refs"], name="complaints_refs", opclasses=["jsonb_path_ops"]),
            models.Index(fields=["facility"], condition=~Q(facility=""), name="complaints_facility"),
        ]

    @property
    def number(self) -> str:
        return self.case.number

    @property
    def priority(self) -> str:
        """P1..P4, as the rules write it."""
        return f"P{self.case.priority}"


class Supporter(models.Model):
    """Somebody who saw the same and gets a code of his own without filing again (R10)."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="supporters")
    tracking = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()


class MergeProposal(models.Model):
    """A candidate pair with its score; an officer decides (R10)."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="proposals")
    other = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="+")
    score = models.DecimalField(max_digits=4, decimal_places=3)
    metres = models.PositiveIntegerField()
    why = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    accepted = models.BooleanField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["complaint", "other"], name="complaints_pair_once")]


class Attachment(models.Model):
    """A piece of evidence. `original` is sealed: never altered, never public; `public_file` is its bare copy."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="attachments")
    kind = models.CharField(max_length=8, choices=AttachmentKind.choices())
    name = models.CharField(max_length=120)
    original = models.ForeignKey("documents.File", on_delete=models.PROTECT, related_name="+")
    public_file = models.ForeignKey("documents.File", on_delete=models.PROTECT, null=True, related_name="+")
    exif_taken_at = models.CharField(max_length=25, blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    warning = models.CharField(max_length=200, blank=True)
    blur_checked_by = models.BigIntegerField(null=True)
    added_by = models.BigIntegerField(null=True)
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["complaint", "original"], name="complaints_evidence_once")
        ]


class Question(models.Model):
    """What the office asks the reporter; anonymous reporters answer on the tracking page."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="questions")
    text = models.TextField()
    asked_by = models.BigIntegerField(null=True)
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)


class Referral(models.Model):
    """A complaint handed to the competent authority or another office (pelimpahan, penerusan)."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="referrals")
    authority = models.CharField(max_length=24)
    letter = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="+")
    packet_hash = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    late_reason = models.TextField(blank=True)
    acknowledged_at = models.DateTimeField(null=True)
    result = models.TextField(blank=True)
    result_at = models.DateTimeField(null=True)


class Feedback(models.Model):
    """The reporter's judgement of the answer."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="feedback")
    score = models.PositiveSmallIntegerField(null=True)
    satisfied = models.BooleanField(null=True)
    text = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField()
    sequel = models.CharField(max_length=20)
    call_back_done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__range=(1, 5)), name="complaints_score"
            )
        ]

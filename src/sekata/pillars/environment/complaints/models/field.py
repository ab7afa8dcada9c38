"""Field work: team, minutes, samples with their chain of custody, the verification report and what follows."""

import uuid

from django.db import models

from sekata.pillars.environment.complaints.codes import (
    Finding,
    FollowUpKind,
    MinutesKind,
    SampleMatrix,
    SamplePosition,
)


class VerificationTask(models.Model):
    """A visit ordered by task letter (surat tugas)."""

    incident = models.ForeignKey("complaints.Incident", on_delete=models.PROTECT, related_name="tasks")
    letter = models.ForeignKey("documents.Document", on_delete=models.PROTECT, null=True, related_name="+")
    planned_at = models.DateTimeField()
    ordered_at = models.DateTimeField()
    ordered_by = models.BigIntegerField(null=True)
    arrived_at = models.DateTimeField(null=True)
    device_arrived_at = models.DateTimeField(null=True)
    arrival_lat = models.FloatField(null=True)
    arrival_lon = models.FloatField(null=True)
    checklist = models.JSONField(default=dict)
    outcome = models.TextField(blank=True)
    finished_at = models.DateTimeField(null=True)


class TeamMember(models.Model):
    task = models.ForeignKey(VerificationTask, on_delete=models.CASCADE, related_name="team")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    lead = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "person"], name="complaints_member_once"),
            models.UniqueConstraint(
                fields=["task"], condition=models.Q(lead=True), name="complaints_one_lead"
            ),
        ]


class ConflictOfInterest(models.Model):
    """An inspector's declared interest in a facility: keeps him or her off its teams."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    facility = models.CharField(max_length=40)
    reason = models.CharField(max_length=300)
    declared_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "facility"],
                condition=models.Q(ended_at=None),
                name="complaints_conflict_once",
            )
        ]


class Minutes(models.Model):
    """Minutes of what was done or refused on the spot (berita acara).

    parties: [{name, role, signature: sha256 of the drawn signature | "refused"}]; client_id makes an offline form once.
    """

    task = models.ForeignKey(VerificationTask, on_delete=models.PROTECT, related_name="minutes")
    client_id = models.UUIDField(default=uuid.uuid4, unique=True)
    kind = models.CharField(max_length=20, choices=MinutesKind.choices())
    number = models.CharField(max_length=60, unique=True)
    place = models.CharField(max_length=200)
    at = models.DateTimeField()
    text = models.TextField()
    parties = models.JSONField(default=list)
    written_by = models.BigIntegerField(null=True)
    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, null=True, related_name="+")


class Sample(models.Model):
    """A sample, its laboratory. results: [{parameter, value, unit, method, detection_limit, limit_applied, flags}]."""

    incident = models.ForeignKey("complaints.Incident", on_delete=models.PROTECT, related_name="samples")
    task = models.ForeignKey(VerificationTask, on_delete=models.PROTECT, null=True, related_name="samples")
    client_id = models.UUIDField(default=uuid.uuid4, unique=True)
    label = models.CharField(max_length=20, unique=True)
    matrix = models.CharField(max_length=16, choices=SampleMatrix.choices())
    position = models.CharField(max_length=12, choices=SamplePosition.choices())
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    taken_at = models.DateTimeField()
    taken_by = models.BigIntegerField(null=True)
    container = models.CharField(max_length=80, blank=True)
    preservation = models.CharField(max_length=120, blank=True)
    split_given = models.BooleanField(default=False)
    in_situ = models.JSONField(default=dict)
    laboratory = models.CharField(max_length=120, blank=True)
    accreditation = models.CharField(max_length=12, blank=True)
    results = models.JSONField(default=list)
    certificate = models.ForeignKey("documents.File", on_delete=models.PROTECT, null=True, related_name="+")
    laboratory_received_at = models.DateTimeField(null=True)
    results_received_at = models.DateTimeField(null=True)


class CustodyEntry(models.Model):
    """One handover of a sample; never changed. Each `giver` is the `taker` before."""

    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="custody")
    place = models.PositiveSmallIntegerField()
    giver = models.CharField(max_length=120)
    taker = models.CharField(max_length=120)
    at = models.DateTimeField()
    seal_no = models.CharField(max_length=40)
    condition = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sample", "place"], name="complaints_custody_place")]


class Report(models.Model):
    """The verification report (laporan hasil verifikasi), signed by the lead and approved by the head."""

    incident = models.ForeignKey("complaints.Incident", on_delete=models.PROTECT, related_name="reports")
    finding = models.CharField(max_length=28, choices=Finding.choices())
    facts = models.TextField()
    legal_reading = models.TextField()
    recommendation = models.TextField()
    public_summary = models.TextField()
    dilution_note = models.TextField(blank=True)
    annexes = models.JSONField(default=list)
    signed_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    approved_by = models.BigIntegerField(null=True)
    approved_at = models.DateTimeField(null=True)
    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, null=True, related_name="+")


class FollowUp(models.Model):
    """An act that follows from a report, with its owner and due date (tindak lanjut)."""

    incident = models.ForeignKey("complaints.Incident", on_delete=models.PROTECT, related_name="follow_ups")
    kind = models.CharField(max_length=20, choices=FollowUpKind.choices())
    text = models.TextField()
    owner = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    due = models.DateField()
    done_at = models.DateTimeField(null=True)
    proof = models.TextField(blank=True)
    enforcement_case = models.CharField(max_length=40, blank=True)

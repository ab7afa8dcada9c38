"""What the tests of the officers' pages share: signing in, a report taken as far as needed, a photograph."""

import io
from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import uuid4

from allauth.mfa.models import Authenticator
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from sekata.kernel.people.models import Account, Person
from sekata.lib.actor import Actor
from sekata.pillars.environment.complaints import actions
from sekata.pillars.environment.complaints.models import Complaint, VerificationTask

HOME = "/kerja/pengaduan/"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
MESSAGE = (
    "Petugas kami memeriksa sungai pada tiga titik, menutup saluran yang bocor, "
    "dan memasang papan peringatan."
)


def wib(text: str) -> datetime:
    """A moment in the regency's time."""
    return datetime.fromisoformat(f"{text}+07:00").astimezone(UTC)


def account_of(actor: Actor) -> Account:
    person = Person.objects.get(pk=actor.person)
    return Account.objects.get_or_create(username=f"officer{person.pk}", defaults={"person": person})[0]


def sign_in(client: Client, actor: Actor) -> Client:
    """The client as that officer, whose account has a second factor as the house demands of officers."""
    account = account_of(actor)
    Authenticator.objects.get_or_create(user=account, type=Authenticator.Type.TOTP, defaults={"data": {}})
    client.force_login(account, backend="sekata.kernel.people.signin.Backend")
    return client


def address(complaint: Complaint, *parts: object) -> str:
    return HOME + "/".join([complaint.case.number, *map(str, parts)]) + "/"


def fresh(complaint: Complaint) -> Complaint:
    return Complaint.objects.select_related("case", "incident").get(pk=complaint.pk)


def picture(name: str = "foto.jpg", kind: str = "JPEG") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "teal").save(out, kind)
    return SimpleUploadedFile(name, out.getvalue(), content_type=f"image/{kind.lower()}")


def planned(complaint: Complaint, regency, at: str = "2026-04-29 11:00") -> VerificationTask:
    """Take a report to `verification_planned` with two inspectors."""
    actions.take_up(actor=regency.reviewer, complaint=complaint, at=wib(at))
    return actions.plan_verification(
        actor=regency.head,
        complaint=fresh(complaint),
        lead=regency.inspector.person,
        members=[regency.inspector2.person],
        planned_at=wib(at),
        at=wib(at),
    )


def visited(complaint: Complaint, regency, at: str = "2026-04-29 15:00") -> VerificationTask:
    """Take a report to `verifying`."""
    task = planned(complaint, regency)
    actions.arrive(actor=regency.inspector, complaint=fresh(complaint), task=task, at=wib(at))
    return task


def sampled(
    complaint: Complaint, regency, task, label: str = "SGT-20260429-01", at: str = "2026-04-29 15:30"
):
    return actions.take_sample(
        actor=regency.inspector, complaint=fresh(complaint), task=task, label=label, matrix="surface_water",
        position="outfall", taken_at=wib(at), taken_by_name="Hendri", client_id=uuid4(), at=wib(at),
    )  # fmt: skip


@contextmanager
def counted(most: int):
    with CaptureQueriesContext(connection) as queries:
        yield queries
    said = [q["sql"] for q in queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(said) <= most, f"{len(said)}\n" + "\n".join(sql[:140] for sql in said)

"""The files of an empty room, as texts. `<<code>>` and its like are filled in by `newroom`."""

README = """# <<label_en>> (<<label>>)

What: a request (permohonan) comes in, somebody in charge settles it, whoever asked is told.
For whom: residents, and the officers of `<<owner>>`.
Law: name the articles here.

## Rules

- **R1** What is asked is told in 10 to 2,000 characters.
- **R2** A request is settled within the limit of the table `<<code>>.limit`.

## Life of a request

<<diagram>>

## Missing

Everything this room is for. A room may also have `api.py`, `standards/`, `documents.py` with `typst/`,
`figures.py` and `seed.py`; `docs/rooms.md` says what each holds.
"""

APPS = """from django.apps import AppConfig


class Config(AppConfig):
    name = "<<module>>"
    label = "<<code>>"
    verbose_name = "<<label>>"
"""

CODES = '''"""Code lists of <<code>>."""

from enum import StrEnum


class StateCode(StrEnum):
    """States of a request."""

    RECEIVED = "received"
    SETTLED = "settled"
'''

RIGHTS = '''"""Roles and rights of the room."""

from sekata.lib.manifest import Role
from sekata.lib.rights import everyone, permission_in

ROLES = (Role("<<code>>_officer", "Petugas <<lower>>", ("cases.see", "<<code>>.settle")),)

FILE = everyone("<<code>>.file")
SETTLE = permission_in("<<code>>.settle", "petugas <<lower>>", unit="case__unit_id")

RIGHTS = (FILE, SETTLE)
'''

TABLES = '''"""What an officer may change, as effective-dated tables with their first rows."""

from sekata.lib.manifest import Row, Table

LIMIT = Table(
    "<<code>>.limit",
    "Batas waktu <<lower>>",
    {"amount": "Jumlah", "unit": "Satuan: minutes, hours, days, workdays", "since": "Dihitung sejak"},
    (Row("settling", {"amount": 5, "unit": "workdays", "since": "start"}, confirmed=False),),
    basis="Standar lokal, belum dikukuhkan",
)

TABLES = (LIMIT,)
'''

RULES = '''"""The rules of <<code>>, as pure functions. They know no database, clock or setting."""

from collections.abc import Mapping

from sekata.lib.deadlines import Limit
from sekata.lib.result import Reason

SHORTEST, LONGEST = 10, 2000


def text_reasons(text: str) -> tuple[Reason, ...]:
    """R1: what is asked is told in 10 to 2,000 characters."""
    if SHORTEST <= len(text.strip()) <= LONGEST:
        return ()
    return (Reason("text", f"Tulis {SHORTEST} sampai {LONGEST} huruf.", "text"),)


def limit_for(rows: Mapping[str, Mapping], rule: str) -> Limit | None:
    """R2: the limit in force for a clock."""
    row = rows.get(rule)
    return Limit(row["amount"], row["unit"], row["since"]) if row else None
'''

WORKFLOW = '''"""The life of a request, as a table."""

from sekata.lib.workflow import Clock, Phase, State, Transition, Workflow
from <<module>>.codes import StateCode as S
from <<module>>.rights import SETTLE

REQUEST = Workflow(
    code="<<code>>",
    label="<<label>>",
    initial=S.RECEIVED,
    states=(
        State(S.RECEIVED, "Diterima", "Permohonan Anda kami terima."),
        State(S.SETTLED, "Selesai", "Permohonan Anda sudah diselesaikan.", Phase.CLOSED),
    ),
    transitions=(Transition("settle", "Selesaikan", (S.RECEIVED,), S.SETTLED, SETTLE, primary=True),),
    clocks=(Clock("settling", "Penyelesaian", (S.RECEIVED,), (S.SETTLED,), public=True),),
)
'''

MODELS = '''"""Tables of <<code>>."""

from django.db import models


class Request(models.Model):
    """One request (permohonan). Number, state, unit and clocks are its case's."""

    case = models.OneToOneField(
        "cases.Case", on_delete=models.PROTECT, primary_key=True, related_name="<<code>>"
    )
    submission = models.UUIDField(unique=True)
    text = models.TextField()
'''

MIGRATION = """import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [("cases", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Request",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="<<code>>",
                        serialize=False,
                        to="cases.case",
                    ),
                ),
                ("submission", models.UUIDField(unique=True)),
                ("text", models.TextField()),
            ],
        ),
    ]
"""

ACTIONS = '''"""The verbs of the room, the only writers of its tables."""

from datetime import datetime
from uuid import UUID

from sekata.kernel.cases import actions as cases
from sekata.kernel.documents import actions as documents
from sekata.kernel.journal.actions import Repeated, action
from sekata.kernel.units import queries as units
from sekata.lib import clock
from sekata.lib.actor import Actor
from sekata.lib.result import insist
from <<module>> import queries, rules
from <<module>>.models import Request
from <<module>>.rights import FILE, SETTLE
from <<module>>.workflow import REQUEST

UNIT = "<<owner>>"


def file(*, actor: Actor, submission: UUID, text: str, at: datetime | None = None) -> Request:
    """File a request; the same submission again is the same request."""
    try:
        return _file(actor=actor, submission=submission, text=text, at=at or clock.now())
    except Repeated as repeated:
        return queries.request_by_key(repeated.answer["case"])


@action(right=FILE, event="<<code>>.filed")
def _file(*, actor: Actor, submission: UUID, text: str, at: datetime) -> Request:
    """The number comes last: it locks its series until the commit."""
    insist(rules.text_reasons(text))
    request = Request(submission=submission, text=text.strip())
    request.case = cases.begin_case(
        actor=actor,
        workflow=REQUEST,
        opening=cases.Opening(
            title=text.strip(), unit=units.by_code(UNIT).pk, applicant=actor.acting_for or actor.person
        ),
        subject=request,
        terms=queries.terms(at),
        at=at,
        words=cases.Words(says=REQUEST.state(REQUEST.initial).says),
        claim=cases.Claim(f"<<code>>:{submission}", text),
    )
    request.save(force_insert=True)
    year, number = at.astimezone(clock.WIB).year, documents.next_number("<<code>>", at)
    cases.enter(request.case, f"<<prefix>>-{year}-{number:06d}")
    return request


@action(right=SETTLE, event="<<code>>.settled", on="request", watches=("case.state",))
def settle(*, actor: Actor, request: Request, message: str, at: datetime) -> Request:
    """Settle a request with a sentence for whoever asked."""
    insist(rules.text_reasons(message))
    cases.advance(
        actor=actor,
        workflow=REQUEST,
        case=request.case,
        name="settle",
        subject=request,
        terms=queries.terms(request.case.received_at),
        at=at,
        words=cases.Words(says=message.strip()),
    )
    return request
'''

QUERIES = '''"""Reading requests, and the law of a day."""

from datetime import datetime

from sekata.kernel.cases.terms import Terms, calendar
from sekata.kernel.reference import queries as reference
from sekata.lib import clock
from <<module>> import rules
from <<module>>.models import Request


def request_of(number: str) -> Request | None:
    """The request with that number."""
    return Request.objects.select_related("case__unit").filter(case__number=number).first()


def request_by_key(key: int) -> Request:
    """The request of that case."""
    return Request.objects.select_related("case__unit").get(pk=key)


def terms(at: datetime) -> Terms:
    """The limits and the calendar by which a request received at `at` runs."""
    rows = reference.at("<<code>>.limit", at.astimezone(clock.WIB).date())
    return Terms(calendar(clock.today()), lambda rule, priority: rules.limit_for(rows, rule))
'''

FORMS = '''"""Forms of the room."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sekata.web.forms import Form


class RequestForm(Form):
    """What is asked. submission makes a second press the same request."""

    text = forms.CharField(label=_("Apa yang Anda perlukan?"), widget=forms.Textarea({"rows": 5}))
    submission = forms.UUIDField(widget=forms.HiddenInput)


class SettleForm(Form):
    """The sentence that whoever asked will read."""

    text = forms.CharField(label=_("Jawaban untuk pemohon"), widget=forms.Textarea({"rows": 4}))
'''

VIEWS = '''"""Pages of the room."""

from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sekata.kernel.filters import require
from sekata.lib.result import Refused
from sekata.web.doors import door, refuse
from <<module>> import actions, queries
from <<module>>.forms import RequestForm, SettleForm
from <<module>>.rights import FILE, SETTLE

ONE = "<<code>>/citizen/new.html"
SENT = "<<code>>/citizen/sent.html"
CASE = "<<code>>/officer/case.html"


@require_http_methods(["GET", "HEAD", "POST"])
@door(FILE)
def new(request: HttpRequest) -> HttpResponse:
    """Ask for something."""
    form = RequestForm(request.POST or None, initial={"submission": uuid4()})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.file(actor=request.actor, **form.cleaned_data)
        except Refused as refusal:
            refuse(form, refusal)
        else:
            return render(request, SENT, {"case": made.case})
    context = {"form": form, "heading": _("<<label>>"), "submit_label": _("Kirim")}
    return render(request, ONE, context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@door(SETTLE)
def case(request: HttpRequest, number: str) -> HttpResponse:
    """One request, and the form that settles it."""
    found = queries.request_of(number)
    if found is None:
        raise Http404
    require(SETTLE, request.actor, found)
    form = SettleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.settle(actor=request.actor, request=found, message=form.cleaned_data["text"])
        except Refused as refusal:
            refuse(form, refusal)
        else:
            return redirect("<<code>>:case", number=number)
    context = {"form": form, "found": found, "case": found.case, "open": found.case.closed_at is None}
    return render(request, CASE, context, status=422 if form.errors else 200)
'''

URLS = '''"""Addresses of the room."""

from django.urls import path

from <<module>> import views

app_name = "<<code>>"

urlpatterns = [
    path("<<slug>>/baru/", views.new, name="new"),
    path("kerja/<<slug>>/<str:number>/", views.case, name="case"),
]
'''

NEW = """{% extends "web/question.html" %}
{% block title %}{{ heading }}{% endblock %}
"""

SENT = """{% extends "web/plain.html" %}{% load i18n %}
{% block title %}{% translate "Permohonan Anda kami terima" %}{% endblock %}
{% block content %}
<div class="panel stack tight"><h1>{% translate "Permohonan Anda kami terima" %}</h1>
<p>{% translate "Nomor permohonan" %}</p><p class="no"><span class="nowrap">{{ case.number }}</span></p></div>
{% endblock %}
"""

CASE = """{% extends "web/desk.html" %}{% load i18n %}
{% block title %}{{ case.number }}{% endblock %}
{% block content %}
<h1>{{ case.number }}</h1>
<p>{{ found.text|linebreaksbr }}</p>
{% if open %}{% error_summary form %}
<form method="post" class="stack" novalidate data-once>{% csrf_token %}{% form_fields form %}
<div class="acts"><button class="btn">{% translate "Selesaikan" %}</button></div></form>{% endif %}
{% endblock %}
"""

MANIFEST = '''"""<<label_en>>: what this room gives the house."""

from sekata.lib.manifest import ServiceSeed, System
from <<module>>.rights import RIGHTS, ROLES
from <<module>>.tables import TABLES
from <<module>>.workflow import REQUEST

ASKING = ServiceSeed(
    code="<<slug>>",
    name="<<label>>",
    name_en="<<label_en>>",
    summary="<<label>>: satu kalimat untuk warga.",
    url="/<<slug>>/baru/",
    duration="5 hari kerja",
)

SYSTEM = System(
    code="<<code>>",
    pillar="<<pillar>>",
    label="<<label>>",
    label_en="<<label_en>>",
    owner="<<owner>>",
    summary="<<label>>: satu kalimat tentang ruang ini.",
    workflows=(REQUEST,),
    roles=ROLES,
    rights=RIGHTS,
    tables=TABLES,
    services=(ASKING,),
    urls="<<module>>.urls",
    case_url="<<code>>:case",
)
'''

CONFTEST = '''"""A unit, an officer, the limits of the seeds."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from sekata.kernel.people import queries as people
from sekata.kernel.people.models import Person, RoleGrant
from sekata.kernel.reference import actions as reference
from sekata.kernel.units.models import Unit
from sekata.site.registry import REGISTRY

NOW = datetime(2026, 4, 29, 3, 0, tzinfo=UTC)


@pytest.fixture
def office(db) -> SimpleNamespace:
    """The unit that settles requests, and one of its officers."""
    reference.sow(REGISTRY.tables.values(), NOW)
    day = date(2020, 1, 1)
    unit = Unit.objects.create(code="<<owner>>", name="<<owner>>", kind="office", active_from=day)
    person = Person.objects.create(full_name="PETUGAS", created_at=NOW)
    RoleGrant.objects.create(
        person=person,
        role="<<code>>_officer",
        unit=unit,
        starts=day,
        ends=date(2030, 1, 1),
        reason="test",
    )
    return SimpleNamespace(unit=unit, officer=people.actor(person, REGISTRY.roles))
'''

TEST_RULES = '''"""Every rule of the README by its number."""

import pytest

from sekata.lib.deadlines import Limit
from <<module>> import rules


@pytest.mark.parametrize(("length", "good"), [(9, False), (10, True), (2000, True), (2001, False)])
def test_r1_what_is_asked_has_a_length(length, good):
    assert (rules.text_reasons("x" * length) == ()) == good


def test_r2_the_limit_comes_from_the_table():
    rows = {"settling": {"amount": 5, "unit": "workdays", "since": "start"}}
    assert rules.limit_for(rows, "settling") == Limit(5, "workdays", "start")
    assert rules.limit_for(rows, "other") is None
'''

TEST_ACTIONS = '''"""Filing and settling."""

from uuid import uuid4

import pytest

from sekata.lib.actor import NOBODY
from sekata.lib.result import Refused
from <<module>> import actions
from <<module>>.models import Request
from <<module>>.tests.conftest import NOW

TEXT = "Mohon salinan dokumen."


def test_a_request_is_filed_once_and_settled(office):
    submission = uuid4()
    made = actions.file(actor=NOBODY, submission=submission, text=TEXT, at=NOW)
    again = actions.file(actor=NOBODY, submission=submission, text=TEXT, at=NOW)
    assert made.pk == again.pk and Request.objects.count() == 1
    assert made.case.due_clock == "settling"
    actions.settle(actor=office.officer, request=again, message="Salinan sudah dikirim.", at=NOW)
    assert (again.case.state, again.case.closed_at) == ("settled", NOW)


def test_r1_a_request_without_words_is_refused(office):
    with pytest.raises(Refused) as refusal:
        actions.file(actor=NOBODY, submission=uuid4(), text="apa?", at=NOW)
    assert refusal.value.reasons[0].field == "text" and not Request.objects.exists()


def test_nobody_without_the_right_settles(office):
    made = actions.file(actor=NOBODY, submission=uuid4(), text=TEXT, at=NOW)
    with pytest.raises(Refused) as refusal:
        actions.settle(actor=NOBODY, request=made, message="Salinan sudah dikirim.", at=NOW)
    assert refusal.value.status == 403
'''

TEST_PAGES = '''"""The room's pages."""

from uuid import uuid4

from <<module>>.models import Request


def test_a_citizen_asks(client, office):
    page = client.get("/<<slug>>/baru/").content.decode()
    assert "<<label>>" in page
    given = {"text": "Mohon salinan dokumen.", "submission": str(uuid4())}
    for _ in range(2):
        answer = client.post("/<<slug>>/baru/", given)
        assert "Permohonan Anda kami terima" in answer.content.decode()
    assert Request.objects.count() == 1


def test_bad_input_speaks_at_its_field(client, office):
    answer = client.post("/<<slug>>/baru/", {"text": "apa?", "submission": str(uuid4())})
    assert answer.status_code == 422 and "10 sampai 2000" in answer.content.decode()


def test_strangers_are_asked_to_sign_in(client, office):
    assert client.get("/kerja/<<slug>>/X-1/").status_code == 302
'''

FILES = {
    "README.md": README,
    "__init__.py": "",
    "apps.py": APPS,
    "manifest.py": MANIFEST,
    "codes.py": CODES,
    "rights.py": RIGHTS,
    "tables.py": TABLES,
    "rules.py": RULES,
    "workflow.py": WORKFLOW,
    "models.py": MODELS,
    "migrations/__init__.py": "",
    "migrations/0001_initial.py": MIGRATION,
    "actions.py": ACTIONS,
    "queries.py": QUERIES,
    "forms.py": FORMS,
    "views.py": VIEWS,
    "urls.py": URLS,
    "templates/<<code>>/citizen/new.html": NEW,
    "templates/<<code>>/citizen/sent.html": SENT,
    "templates/<<code>>/officer/case.html": CASE,
    "tests/__init__.py": "",
    "tests/conftest.py": CONFTEST,
    "tests/test_rules.py": TEST_RULES,
    "tests/test_actions.py": TEST_ACTIONS,
    "tests/test_pages.py": TEST_PAGES,
}

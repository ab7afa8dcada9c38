"""The officers' pages: one complaint, its acts, the list, the telephone form - rights, refusals, budgets."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sekata.kernel.cases.models import Escalation, Step
from sekata.kernel.journal.models import Event
from sekata.pillars.environment.complaints import actions
from sekata.pillars.environment.complaints.codes import ReporterMode
from sekata.pillars.environment.complaints.models import Complaint, MergeProposal, Question
from sekata.pillars.environment.complaints.rules import Point
from sekata.pillars.environment.complaints.tests.desk import (
    HOME,
    MESSAGE,
    PDF,
    address,
    counted,
    fresh,
    picture,
    planned,
    sampled,
    sign_in,
    visited,
    wib,
)
from sekata.pillars.environment.complaints.views.officer import PANE, pane
from sekata.pillars.environment.complaints.views.verbs import VERBS

pytestmark = pytest.mark.django_db
NOW = "2026-04-29 16:00"
WHO = {"name": "Nurlela", "phone": "+6281234567890"}


@pytest.fixture(autouse=True)
def now(clock):
    with clock(wib(NOW)):
        yield


def test_the_case_page_shows_what_the_desk_must_know(client, filed, regency):
    complaint = filed(mode=ReporterMode.CONFIDENTIAL, who=WHO).complaint
    page = sign_in(client, regency.reviewer).get(address(complaint)).content.decode()
    for said in (
        complaint.case.number,
        "Mengapa sampai di meja Anda?",
        complaint.authority_why,
        "Pengadu 0001",
        "Mulai menelaah",
        "Kamis, 7 Mei 2026",
        "hari kerja ke-30",
    ):
        assert said in page
    assert "Nurlela" not in page and "81234567890" not in page
    assert page.index("Mulai menelaah") < page.index("Usulkan ditolak")


@pytest.mark.parametrize("tab", ["", "lapangan", "contoh", "berkas", "jejak"])
def test_a_tab_costs_the_same_however_long_the_history(client, filed, regency, tab):
    complaint = filed().complaint
    task = visited(complaint, regency)
    sampled(complaint, regency, task)
    actions.attach(actor=regency.inspector, complaint=fresh(complaint), files=(accepted(),), at=wib(NOW))
    actions.ask(
        actor=regency.reviewer, complaint=fresh(complaint), text="Apakah baunya masih tercium?", at=wib(NOW)
    )
    sign_in(client, regency.reviewer)
    page = address(complaint, *([tab] if tab else []))
    client.get(page)
    with CaptureQueriesContext(connection) as before:
        client.get(page)
    lengthen(complaint, regency, task)
    client.get(page)
    with counted(25) as after:
        assert client.get(page).status_code == 200
    assert len(after) == len(before)


def accepted():
    return actions.evidence.uploads.accept(picture())


def lengthen(complaint, regency, task):
    """Ten times the history: steps, questions, samples with custody, photographs."""
    steps = [
        Step(
            case=complaint.case,
            at=wib(NOW),
            transition="note",
            target="verifying",
            says=f"Catatan {n}",
            actor=regency.head.person,
        )
        for n in range(300)
    ]
    Step.objects.bulk_create(steps)
    for n in range(2, 12):
        sample = sampled(complaint, regency, task, f"SGT-20260429-{n:02d}")
        actions.hand_over(
            actor=regency.inspector,
            complaint=fresh(complaint),
            sample=sample,
            giver="Hendri",
            taker="Laboratorium",
            handed_at=wib("2026-04-29 15:45"),
            seal_no="1",
            condition="Utuh",
            at=wib(NOW),
        )
        Question.objects.create(complaint=complaint, text="Apakah airnya masih hitam?", asked_at=wib(NOW))


@pytest.mark.parametrize("role", ["intake", "reviewer", "inspector", "head", "office_head"])
def test_no_get_changes_anything(client, filed, regency, role):
    complaint = filed().complaint
    visited(complaint, regency)
    sign_in(client, getattr(regency, role))
    before = snapshot(complaint)
    for verb in VERBS:
        assert client.get(address(complaint, verb)).status_code in (200, 403, 409), verb
    assert snapshot(complaint) == before


def snapshot(complaint):
    return (
        fresh(complaint).case.version,
        Event.objects.count(),
        Step.objects.count(),
        Complaint.objects.filter(pk=complaint.pk).values().get(),
    )


def test_every_transition_that_officers_make_has_a_page():
    from_table = {
        edge.name
        for edge in actions.steps.COMPLAINT.transitions
        if not edge.automatic and edge.name not in ("withdraw", "accept", "merge")
    }
    assert from_table <= set(VERBS)


@pytest.fixture
def does(client, filed, regency):
    """`does(who, verb, **answers)`: fill in the page of an act on one river report; the report after it."""
    complaint = filed(service_code="W03").complaint

    def act(who: str = "", verb: str = "", **told: object) -> Complaint:
        if verb:
            answer = sign_in(client, getattr(regency, who)).post(address(complaint, verb), told)
            errors = answer.context["form"].errors if answer.status_code != 302 else ""
            assert answer.status_code == 302, (verb, answer.status_code, errors)
        return fresh(complaint)

    return act


def at_the_desk(does, regency) -> Complaint:
    assert does("reviewer", "take_up").case.state == "under_review"
    does("reviewer", "ask", text="Apakah airnya masih hitam sore ini?")
    assert (
        does("reviewer", "set_facts", service_code="W01", crosses="regency").competent_authority
        == "province_dlhk"
    )
    why = "Sungainya berhulu dan bermuara di Pelalawan saja."
    assert does("reviewer", "override_authority", authority="dlh", reason=why).competent_authority == "dlh"
    does("intake", "assign", holder=regency.reviewer2.person, reason="Cuti")
    team = [regency.inspector.person, regency.inspector2.person]
    return does("head", "plan_verification", members=team, lead=team[0], planned_at="2026-04-29T17:00")


def at_the_river(does) -> Complaint:
    assert does("inspector", "arrive", lat="0,39421", lon="101,84378").case.state == "verifying"
    water = {"matrix": "surface_water", "ph": "4,2"}
    for n, position in enumerate(("outfall", "upstream", "downstream"), 1):
        complaint = does("inspector", "take_sample", label=f"sgt-20260429-0{n}", position=position, **water)
    sample = complaint.incident.samples.get(label="SGT-20260429-01")
    assert sample.in_situ == {"ph": "4.2"}
    lab = {"laboratory": "Laboratorium Riau", "accreditation": "LP-123-IDN"}
    hands = {"giver": "Hendri", "taker": "Laboratorium Riau", "seal_no": "S-1", "condition": "Utuh"}
    does("inspector", "hand_over", sample=sample.client_id, **hands, **lab)
    party = {"name_1": "Hendri", "role_1": "inspector", "signing_1": "refused"}
    text = "Air diambil pada tiga titik sungai."
    does("inspector", "record_minutes", kind="verification", place="Tepi sungai", text=text, **party)
    return does("inspector", "send_samples")


def from_the_laboratory(does, complaint: Complaint) -> Complaint:
    sample = complaint.incident.samples.order_by("label").first()
    certificate = SimpleUploadedFile("hasil.pdf", PDF, content_type="application/pdf")
    line = {
        "parameter_1": "BOD",
        "value_1": "140",
        "unit_1": "mg/L",
        "method_1": "SNI 6989.72",
        "limit_applied_1": "100",
    }
    does("inspector", "record_results", sample=sample.pk, certificate=certificate, **line)
    report = {
        "facts": "Air di titik keluar melampaui baku mutu.",
        "legal_reading": "Melanggar baku mutu air limbah.",
        "recommendation": "Beri teguran tertulis kepada usaha itu.",
        "public_summary": "Air sungai terbukti tercemar limbah.",
    }
    does("inspector", "sign_report", finding="pollution_or_damage_proven", **report)
    return does("head", "approve_report")


def test_a_report_goes_from_the_desk_to_the_river_and_back(client, does, regency):
    assert at_the_desk(does, regency).case.state == "verification_planned"
    complaint = at_the_river(does)
    task = complaint.incident.tasks.get()
    assert (complaint.case.state, task.arrival_lat, task.arrived_at) == ("lab_pending", 0.39421, wib(NOW))
    assert from_the_laboratory(does, complaint).case.state == "verified"
    does("head", "follow_up", kind="cleanup", text="Bersihkan bantaran", owner="dlh", due="2026-05-20")
    item = complaint.incident.follow_ups.get()
    does("head", "finish_follow_up", item=item.pk, proof="Berita acara 12 Mei 2026")
    assert does("reviewer", "resolve", message=MESSAGE).case.state == "resolved"
    assert does("intake", "reopen", text="Pelapor menelepon: airnya hitam lagi.").case.state == "reopened"
    assert does("reviewer2", "close_reopened", message=MESSAGE).case.state == "closed"
    assert client.get(address(complaint, "lapangan")).status_code == 200


def test_a_matter_of_others_is_referred_followed_and_closed(client, filed, regency):
    complaint = filed(service_code="L01").complaint
    actions.take_up(actor=regency.reviewer, complaint=complaint, at=wib(NOW))
    sign_in(client, regency.head).post(address(complaint, "refer"), {"text": "Mohon ditangani."})
    assert fresh(complaint).case.state == "referred"
    sign_in(client, regency.reviewer)
    referral = complaint.referrals.get()
    told = {"referral": referral.pk, "result": "Tambang ditutup dan alat berat disita petugas provinsi."}
    client.post(address(complaint, "record_referral_result"), told)
    page = client.get(address(complaint)).content.decode()
    assert "Tambang ditutup" in page and "Dinas Energi" in page
    client.post(address(complaint, "close_passed_on"), {"message": MESSAGE})
    assert fresh(complaint).case.state == "closed"


def test_reasons_of_a_refusal_stand_at_their_fields(client, filed, regency):
    complaint = filed().complaint
    actions.take_up(actor=regency.reviewer, complaint=complaint, at=wib(NOW))
    sign_in(client, regency.reviewer)
    missing = client.post(address(complaint, "answer"), {"message": MESSAGE})
    assert missing.status_code == 422 and list(missing.context["form"].errors) == ["finding"]
    short = client.post(
        address(complaint, "answer"), {"message": "Sudah kami cek.", "finding": "no_violation"}
    )
    assert short.status_code == 422 and list(short.context["form"].errors) == ["message"]
    assert "paling sedikit 80 huruf" in short.content.decode()
    assert fresh(complaint).case.state == "under_review"


def test_late_passing_on_asks_for_its_reason_at_its_field(client, filed, regency, clock):
    complaint = filed().complaint
    actions.take_up(actor=regency.reviewer, complaint=complaint, at=wib(NOW))
    sign_in(client, regency.reviewer)
    with clock(wib("2026-05-08 09:00")):
        answer = client.post(address(complaint, "forward"), {"unit": "bpbd", "text": "Diteruskan"})
    assert list(answer.context["form"].errors) == ["late_reason"]


def test_somebody_else_was_quicker(client, filed, regency):
    complaint = filed().complaint
    sign_in(client, regency.reviewer)
    seen = client.get(address(complaint, "take_up")).context["case"].version
    actions.take_up(actor=regency.reviewer2, complaint=fresh(complaint), at=wib(NOW))
    answer = client.post(address(complaint, "take_up"), {"seen": seen})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "berubah sejak Anda membukanya" in page and "Mulai ditelaah" in page and "Penelaahan" in page
    assert fresh(complaint).case.holder_id == regency.reviewer2.person


def test_what_was_written_outlives_a_conflict(client, filed, regency):
    complaint = filed().complaint
    sign_in(client, regency.reviewer)
    answer = client.post(address(complaint, "ask"), {"seen": 99, "text": "Apakah baunya masih ada?"})
    assert answer.status_code == 409 and "Apakah baunya masih ada?" in answer.content.decode()
    again = client.post(
        address(complaint, "ask"),
        {"seen": answer.context["case"].version, "text": "Apakah baunya masih ada?"},
    )
    assert again.status_code == 302


@pytest.mark.parametrize(
    ("who", "verb", "status"),
    [
        ("inspector", "take_up", 403),
        ("intake", "take_up", 403),
        ("reviewer", "approve_report", 403),
        ("reviewer", "no_such_verb", 404),
        ("reviewer", "resolve", 409),
        ("responder", "take_up", 403),
    ],
)
def test_who_may_not_or_cannot_is_told(client, filed, regency, who, verb, status):
    complaint = filed().complaint
    answer = sign_in(client, getattr(regency, who)).post(address(complaint, verb), {"message": MESSAGE})
    assert answer.status_code == status
    assert fresh(complaint).case.state == "received"


def test_the_unknown_sign_in_first(client, filed):
    answer = client.get(address(filed().complaint))
    assert answer.status_code == 302 and "/akun/" in answer.headers["Location"]


def test_a_case_of_another_unit_does_not_exist(client, filed, regency):
    complaint = filed().complaint
    actions.steps.cases.assign(
        actor=regency.head,
        case=complaint.case,
        holder=None,
        unit=regency.bpbd.pk,
        at=wib(NOW),
        reason="pindah",
    )
    sign_in(client, regency.reviewer)
    assert client.get(address(complaint)).status_code == 404
    assert client.get(address(complaint, "take_up")).status_code == 404
    assert pane(regency.reviewer, complaint.case)[0] != PANE


def test_the_pane_beside_the_inbox_is_the_same_part(filed, regency):
    template, context = pane(regency.reviewer, filed().complaint.case)
    assert template == PANE and context["buttons"].main[0][0] == "take_up"


def test_r2_an_identity_is_shown_once_to_the_lead_and_the_reading_is_kept(client, filed, regency):
    complaint = filed(mode=ReporterMode.CONFIDENTIAL, who=WHO).complaint
    planned(complaint, regency)
    asked = {"purpose": "Menjemput pelapor untuk menunjukkan titik buangan"}
    refused = sign_in(client, regency.intake).post(address(complaint, "open_identity"), asked)
    assert refused.status_code == 422 and "Nurlela" not in refused.content.decode()
    sign_in(client, regency.inspector)
    assert "Buka dengan alasan" in client.get(address(complaint)).content.decode()
    shown = client.post(address(complaint, "open_identity"), asked)
    assert "Nurlela" in shown.content.decode() and "no-store" in shown.headers["Cache-Control"]
    event = Event.objects.get(kind="people.identity.read")
    assert (event.actor, event.purpose) == (regency.inspector.person, asked["purpose"])
    assert "Nurlela" not in client.get(address(complaint, "open_identity")).content.decode()


def test_a_rejection_needs_a_second_officer(client, filed, regency):
    complaint = filed().complaint
    sign_in(client, regency.reviewer).post(address(complaint, "reject"), {"code": "abusive"})
    assert fresh(complaint).case.state == "received"
    own = client.post(address(complaint, "second_rejection"))
    assert own.status_code == 422
    sign_in(client, regency.intake).post(address(complaint, "second_rejection"))
    assert fresh(complaint).case.state == "rejected"


def two_reports(filed):
    first = filed(point=Point(0.39421, 101.84378)).complaint
    second = filed("2026-04-29 11:00", point=Point(0.39610, 101.84510)).complaint
    actions.compare(second.pk)
    return first, second


def test_acceptance_6_two_reports_are_compared_joined_and_parted(client, filed, regency):
    first, second = two_reports(filed)
    sign_in(client, regency.reviewer)
    assert first.case.number in client.get(address(second)).content.decode()
    page = client.get(address(second, "merge"), {"dengan": first.case.number[-6:]})
    assert page.context["form"].initial["lead"] == first.case.number
    assert "256 meter" in page.context["map"].svg
    client.post(
        f"{address(second, 'merge')}?dengan={first.case.number}",
        {"decision": "same", "lead": first.case.number},
    )
    assert fresh(second).case.state == "merged" and fresh(second).incident_id == first.incident_id
    assert second.case.number[-6:] in client.get(address(first)).content.decode()
    client.post(address(second, "unmerge"))
    assert fresh(second).case.state == "received" and fresh(second).incident_id != first.incident_id


def test_two_events_are_not_proposed_again(client, filed, regency):
    first, second = two_reports(filed)
    sign_in(client, regency.reviewer)
    client.post(f"{address(second, 'merge')}?dengan={first.case.number}", {"decision": "different"})
    assert MergeProposal.objects.get().accepted is False
    assert not client.get(address(second)).context["proposals"]


def test_a_merge_with_itself_or_nothing_is_not_found(client, filed, regency):
    complaint = filed().complaint
    sign_in(client, regency.reviewer)
    assert client.get(address(complaint, "merge")).status_code == 200
    for other in (complaint.case.number, "999999"):
        assert client.get(address(complaint, "merge"), {"dengan": other}).status_code == 404


def test_r12_an_original_is_for_officers_of_the_case_and_never_cached(client, filed, regency):
    complaint = filed(files=(accepted(),)).complaint
    piece = complaint.attachments.get()
    sign_in(client, regency.reviewer)
    for page, size in (
        (address(complaint, "bukti", piece.pk), 1),
        (address(complaint, "bukti", piece.pk, "kecil"), 1),
    ):
        answer = client.get(page)
        assert answer.status_code == 200 and answer.headers["Content-Type"] == "image/jpeg"
        assert (
            "no-store" in answer.headers["Cache-Control"]
            and "sandbox" in answer.headers["Content-Security-Policy"]
        )
        assert len(b"".join(answer)) > size
    assert client.get(address(filed().complaint, "bukti", piece.pk)).status_code == 404
    assert sign_in(client, regency.responder).get(address(complaint, "bukti", piece.pk)).status_code == 403


def test_a_photo_is_published_after_a_look_at_faces_and_plates(client, filed, regency):
    complaint = filed(files=(accepted(),)).complaint
    piece = complaint.attachments.get()
    sign_in(client, regency.reviewer)
    assert (
        client.post(address(complaint, "check_blur"), {"attachment": piece.pk, "faces": "on"}).status_code
        == 422
    )
    client.post(address(complaint, "check_blur"), {"attachment": piece.pk, "faces": "on", "plates": "on"})
    client.post(
        address(complaint, "publish"), {"public_text": "Air sungai menghitam di Segati.", "published": "1"}
    )
    piece.refresh_from_db()
    assert piece.public_file_id and fresh(complaint).published
    page = client.get(address(complaint, "berkas")).content.decode()
    assert "Boleh dilihat umum" in page


def test_evidence_is_added_and_disguised_files_are_refused(client, filed, regency):
    complaint = filed().complaint
    sign_in(client, regency.reviewer)
    assert client.post(address(complaint, "attach"), {"files": picture()}).status_code == 302
    bad = SimpleUploadedFile("foto.jpg", b"MZ\x90\x00 not a picture", content_type="image/jpeg")
    answer = client.post(address(complaint, "attach"), {"files": bad})
    assert answer.status_code == 400 and list(answer.context["form"].errors) == ["files"]
    assert complaint.attachments.count() == 1


def test_r16_each_level_answers_its_own_escalation(client, filed, regency):
    complaint = filed().complaint
    at = wib(NOW)
    first = Escalation.objects.create(case=complaint.case, level=1, reason="Jawaban akhir", at=at)
    third = Escalation.objects.create(case=complaint.case, level=3, reason="Jawaban akhir", at=at)
    text = {"answer": "Tim berangkat besok pagi, saya dampingi sendiri."}
    assert (
        sign_in(client, regency.regent).post(address(complaint, "eskalasi", first.pk), text).status_code
        == 403
    )
    assert client.get(address(complaint)).status_code == 403
    assert "Eskalasi tingkat 3" in client.get(f"{HOME}kinerja/").content.decode()
    assert client.post(address(complaint, "eskalasi", third.pk), text).status_code == 302
    sign_in(client, regency.head)
    assert client.post(address(complaint, "eskalasi", third.pk), text).status_code == 403
    assert client.post(address(complaint, "eskalasi", first.pk), {"answer": "ya"}).status_code == 422
    assert client.post(address(complaint, "eskalasi", first.pk), text).status_code == 302
    assert not Escalation.objects.filter(answered_at=None).exists()


def test_accusations_and_answers_are_escaped(client, filed, regency):
    complaint = filed(description="<script>alert(1)</script> asap tebal dari pabrik di seberang").complaint
    page = sign_in(client, regency.reviewer).get(address(complaint)).content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;" in page

"""The treasurer's desk: a bank's day in four columns, files, what does not fit, the deposit slip."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sekata.kernel.payments import actions, queries
from sekata.kernel.payments import reading as kernel
from sekata.kernel.payments.actions import RECONCILE
from sekata.kernel.payments.models import ReconException, SettlementFile
from sekata.kernel.payments.queries import Partner
from sekata.lib import clock
from sekata.lib.result import Refused
from sekata.site.payments import documents, evidence
from sekata.site.payments.forms import BringForm, CorrectForm, NoteForm, PostForm
from sekata.web.doors import door, refuse

COLUMNS = ("matched", "only_bank", "only_ours", "different")
PAGE = 50


def asked_partner(code: str, partners: list[Partner]) -> Partner | None:
    """The bank that is meant: by its code, else the first."""
    return next((one for one in partners if one.code == code), partners[0] if partners else None)


def asked_day(text: str) -> date:
    """The day that is meant, today in doubt."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return clock.today()


def address_of(partner: Partner, day: date) -> str:
    """The desk of a bank's day."""
    return f"{reverse('treasury:day')}?bank={partner.code}&hari={day.isoformat()}"


@door(RECONCILE)
@require_safe
def day(request: HttpRequest) -> HttpResponse:
    """A bank's day: the board against the books, four columns, what does not fit, files."""
    partners = kernel.partners()
    partner = asked_partner(request.GET.get("bank", ""), partners)
    if partner is None:
        return render(request, "payments/desk/no_bank.html")
    on = asked_day(request.GET.get("hari", ""))
    run = kernel.run_of(partner, on)
    figures = run.figures if run else {}
    context = {
        "partners": partners,
        "partner": partner,
        "day": on,
        "run": run,
        "board": kernel.board(partner, on),
        "columns": [(name, *figures.get(name, (0, 0))) for name in COLUMNS],
        "doubled": figures.get("duplicate", (0, 0)),
        "returned": figures.get("returned", (0, 0)),
        "exceptions": list(kernel.exceptions(run)[:200]) if run else [],
        "files": list(kernel.files(partner)[:5]),
        "traces": kernel.traces().count(),
    }
    return render(request, "payments/desk/day.html", context)


@door(RECONCILE)
@require_safe
def matched(request: HttpRequest) -> HttpResponse:
    """What settled of a bank's day, page by page."""
    partner = asked_partner(request.GET.get("bank", ""), kernel.partners())
    on = asked_day(request.GET.get("hari", ""))
    run = kernel.run_of(partner, on) if partner else None
    if run is None:
        raise Http404
    after = request.GET.get("sesudah", "")
    found = list(kernel.matched(run, int(after) if after.isdigit() and len(after) < 19 else 0)[: PAGE + 1])
    context = {
        "partner": partner,
        "day": on,
        "rows": found[:PAGE],
        "next": found[PAGE - 1].pk if len(found) > PAGE else None,
    }
    return render(request, "payments/desk/matched.html", context)


@door(RECONCILE)
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Bring a bank's file; its days are compared at once."""
    posted = request.method == "POST"
    form = BringForm(
        request.POST if posted else None, request.FILES if posted else None, partners=kernel.partners()
    )
    if form.is_valid() and (days := _brought(request, form)):
        return redirect(address_of(form.cleaned_data["bank"], days[-1]))
    return render(request, "payments/desk/bring.html", {"form": form}, status=422 if form.errors else 200)


def _brought(request: HttpRequest, form: BringForm) -> list[date]:
    """Keep the file first, read it, compare each day of a report; its days, none where it cannot be read."""
    given, at = form.cleaned_data, clock.now()
    upload = given["berkas"][0]
    try:
        kept = actions.keep_file(
            actor=request.actor, partner=given["bank"], kind=given["kind"], name=upload.name,
            content=upload.read(), at=at,
        )  # fmt: skip
        known = kept.read_at is not None
        days = actions.read_file(actor=request.actor, source=kept, at=at)
        for one in days if given["kind"] == SettlementFile.Kind.REPORT else ():
            actions.reconcile(actor=request.actor, partner=given["bank"], day=one, at=at)
    except Refused as refusal:
        refuse(form, refusal)
        return []
    if not days:
        form.add_error("berkas", kept.problem)
    elif known:
        messages.info(request, _("Berkas ini sudah pernah dibawa; tidak ada yang berubah."))
    else:
        messages.success(request, _("Berkas dibaca."))
    return days


@door(RECONCILE)
@require_POST
def run(request: HttpRequest) -> HttpResponse:
    """Compare a bank's day once more."""
    partner = asked_partner(request.POST.get("bank", ""), kernel.partners())
    if partner is None:
        raise Http404
    on = asked_day(request.POST.get("hari", ""))
    try:
        actions.reconcile(actor=request.actor, partner=partner, day=on, at=clock.now())
        messages.success(request, _("Hari ini sudah dicocokkan."))
    except Refused as refusal:
        messages.error(request, " ".join(reason.message for reason in refusal.reasons))
    return redirect(address_of(partner, on))


FORMS = {"post": PostForm, "correct": CorrectForm, "explain": NoteForm}


def offered(exception: ReconException) -> list[str]:
    """What can be done with an open exception, the likeliest first."""
    kinds = ReconException.Kind
    if exception.state != ReconException.State.OPEN:
        return []
    if exception.kind == kinds.ONLY_BANK:
        return ["post", "explain"]
    gap = exception.kind == kinds.DIFFERENT and exception.line.amount != exception.payment.amount
    return ["correct", "explain"] if gap else ["explain"]


@door(RECONCILE)
@require_http_methods(["GET", "HEAD", "POST"])
def exception(request: HttpRequest, exception: int) -> HttpResponse:
    """One thing that does not fit: the bank's line, our payment, the raw message, and what to do."""
    rows = ReconException.objects.select_related(
        "run__partner__book", "line__source", "payment__call", "resolver"
    )
    found = get_object_or_404(rows, pk=exception)
    verbs = offered(found)
    verb = request.POST.get("verb", "")
    if request.method == "POST" and verb not in verbs:
        raise Http404
    forms = {name: FORMS[name](request.POST if name == verb else None, prefix=name) for name in verbs}
    if verb and forms[verb].is_valid() and _done(request, found, verb, forms[verb]):
        return redirect(address_of(found.run.partner, found.run.day))
    bad = any(form.errors for form in forms.values())
    context = {
        "one": found,
        "forms": forms,
        "faulty": forms.get(verb),
        "evidence": evidence.of(found.payment) if found.payment else None,
    }
    return render(request, "payments/desk/exception.html", context, status=422 if bad else 200)


def _done(request: HttpRequest, found: ReconException, verb: str, form) -> bool:
    given = {"actor": request.actor, "exception": found, "at": clock.now(), **form.cleaned_data}
    try:
        {"post": actions.post_line, "correct": actions.correct, "explain": actions.explain}[verb](**given)
    except Refused as refusal:
        refuse(form, refusal)
        return False
    messages.success(request, _("Dicatat."))
    return True


@door(RECONCILE)
@require_safe
def proof(request: HttpRequest, ntpd: str) -> HttpResponse:
    """The evidence of a payment: the bank's message as it came, the bank's line, the book's entries."""
    payment = queries.by_ntpd(ntpd)
    if payment is None:
        raise Http404
    return render(request, "payments/desk/proof.html", {"payment": payment, "evidence": evidence.of(payment)})


@door(RECONCILE)
@require_safe
def slip(request: HttpRequest, bank: str, day: str) -> HttpResponse:
    """The deposit slip (STS) of a bank's day as a PDF."""
    partner = next((one for one in kernel.partners() if one.code == bank), None)
    try:
        on = date.fromisoformat(day)
    except ValueError as error:
        raise Http404 from error
    lines = kernel.slip(partner, on) if partner else []
    if not lines:
        raise Http404
    content = documents.deposit_slip(partner, on, lines, clock.now())
    name = f"sts-{partner.code}-{on.isoformat()}.pdf"
    answer = HttpResponse(content, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return answer

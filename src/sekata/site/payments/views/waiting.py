"""What waits for the treasurer: suspended money, and payers who ask for a trace."""

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from sekata.kernel.documents import store
from sekata.kernel.payments import actions, queries
from sekata.kernel.payments import reading as kernel
from sekata.kernel.payments.actions import RECONCILE
from sekata.kernel.payments.models import Trace
from sekata.kernel.payments.queries import Bill, Payment
from sekata.lib import clock
from sekata.lib.result import Refused
from sekata.site.payments import evidence
from sekata.site.payments.forms import AnswerForm, BillForm, EvidenceForm
from sekata.web.doors import door, refuse

PAGE = 50
REASONS = {
    "unknown": gettext_lazy("nomor tidak dikenal"),
    "already_paid": gettext_lazy("tagihan sudah lunas"),
    "withdrawn": gettext_lazy("tagihan ditarik"),
    "expired": gettext_lazy("lewat masa berlaku"),
    "amount": gettext_lazy("jumlah berbeda"),
}


@door(RECONCILE)
@require_safe
def suspense(request: HttpRequest) -> HttpResponse:
    """Money that met no bill, oldest first."""
    rows = queries.suspended().order_by("posted_at", "pk")
    mark = queries.by_ntpd(request.GET.get("sesudah", ""))
    if mark:
        rows = rows.filter(Q(posted_at__gt=mark.posted_at) | Q(posted_at=mark.posted_at, pk__gt=mark.pk))
    found = list(rows[: PAGE + 1])
    lines = [(one, REASONS.get(one.reason, one.reason)) for one in found[:PAGE]]
    context = {"lines": lines, "next": found[PAGE - 1].ntpd if len(found) > PAGE else "", "first": not mark}
    return render(request, "payments/desk/suspense.html", context)


@door(RECONCILE)
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, ntpd: str) -> HttpResponse:
    """Suspended money belongs to a bill after all, or goes back."""
    payment = get_object_or_404(Payment.objects.select_related("partner", "call"), ntpd=ntpd)
    verb = request.POST.get("verb", "")
    open_ = payment.state == Payment.State.SUSPENSE
    forms = {
        name: form(request.POST if name == verb else None, prefix=name)
        for name, form in {"match": BillForm, "refund": EvidenceForm}.items()
        if open_
    }
    if verb in forms and forms[verb].is_valid() and _decided(request, payment, verb, forms[verb]):
        return redirect("treasury:suspense")
    bad = any(form.errors for form in forms.values())
    context = {
        "payment": payment,
        "reason": REASONS.get(payment.reason, payment.reason),
        "forms": forms,
        "faulty": forms.get(verb),
        "near": _near(payment) if open_ else (),
        "evidence": evidence.of(payment),
    }
    return render(request, "payments/desk/decide.html", context, status=422 if bad else 200)


def _near(payment: Payment) -> list[Bill]:
    """Open bills of the very amount whose number begins or ends alike: likely slips of the finger."""
    number = payment.customer_no[-13:]
    rows = Bill.objects.filter(state=Bill.State.OPEN, book=payment.partner.book_id)
    alike = Q(customer_no__startswith=number[:9]) | Q(customer_no__endswith=number[-6:])
    return [one for one in rows.filter(alike)[:200] if one.amount == payment.amount][:5]


def _decided(request: HttpRequest, payment: Payment, verb: str, form) -> bool:
    given = {"actor": request.actor, "payment": payment, "at": clock.now(), **form.cleaned_data}
    try:
        {"match": actions.match, "refund": actions.refund}[verb](**given)
    except Refused as refusal:
        refuse(form, refusal)
        return False
    said = {"match": _("Uang dicocokkan dengan tagihannya."), "refund": _("Pengembalian dicatat.")}
    messages.success(request, said[verb])
    return True


@door(RECONCILE)
@require_safe
def traces(request: HttpRequest) -> HttpResponse:
    """Payers who wait for an answer, the most urgent first."""
    return render(request, "payments/desk/traces.html", {"traces": kernel.traces()[:200], "now": clock.now()})


@door(RECONCILE)
@require_http_methods(["GET", "HEAD", "POST"])
def trace(request: HttpRequest, number: str) -> HttpResponse:
    """One trace with what we hold of that bill, and its answer."""
    found = get_object_or_404(
        Trace.objects.select_related("bill", "slip", "payment", "answered_by"), number=number
    )
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.answer_trace(
                actor=request.actor,
                trace=found,
                payment=given["ntpd"],
                answer=given["answer"],
                at=clock.now(),
            )
            messages.success(request, _("Jawaban dicatat."))
            return redirect("treasury:traces")
        except Refused as refusal:
            refuse(form, refusal)
    same = Payment.objects.filter(Q(customer_no__endswith=found.bill.customer_no) | Q(bill=found.bill))
    likely = Payment.objects.filter(state=Payment.State.SUSPENSE, day=found.paid_on, amount=found.amount)
    context = {
        "one": found,
        "form": form,
        "open": found.state == Trace.State.OPEN,
        "payments": (same | likely).distinct().order_by("-trx_at")[:10],
    }
    return render(request, "payments/desk/trace.html", context, status=422 if form.errors else 200)


@door(RECONCILE)
@require_safe
def trace_slip(request: HttpRequest, number: str) -> HttpResponse:
    """The slip that a payer brought."""
    found = get_object_or_404(Trace.objects.select_related("slip"), number=number)
    suffix = found.slip.mime.rpartition("/")[2]
    return HttpResponse(
        store.read(found.slip_id),
        content_type=found.slip.mime,
        headers={"Content-Disposition": f'attachment; filename="{found.number}.{suffix}"'},
    )

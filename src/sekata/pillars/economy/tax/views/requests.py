"""One page for every request: what it says, its history, and the steps that whoever looks may take."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sekata.kernel.cases import queries as cases
from sekata.lib.actor import Actor
from sekata.lib.result import Refused
from sekata.pillars.economy.tax.actions import enrolling, instalments, land, refunds, relief, transfers
from sekata.pillars.economy.tax.codes import ObjectionResult, TransferState
from sekata.pillars.economy.tax.forms.requests import StepForm
from sekata.pillars.economy.tax.models import Transfer
from sekata.pillars.economy.tax.queries import papers
from sekata.pillars.economy.tax.queries import requests as reading
from sekata.pillars.economy.tax.queries import transfers as transfers_read
from sekata.pillars.economy.tax.queries.facts import facts
from sekata.pillars.economy.tax.rights import ASK, PPAT
from sekata.web.doors import door, refuse

Told = dict[str, object]


@dataclass(frozen=True)
class Step:
    """An act behind a button: do(actor, subject, told), and the fields of `StepForm` that it asks for."""

    do: Callable[[Actor, Model, Told], object]
    asks: frozenset[str] = frozenset()


def _step(act: Callable, subject: str, **fields: str) -> Step:
    """The act `act`, whose argument `subject` is the request; fields: its other arguments -> field of the form."""

    def do(actor: Actor, found: Model, told: Told) -> object:
        given = {name: told.get(field) for name, field in fields.items()}
        missing = [field for name, field in fields.items() if given[name] in (None, "")]
        if missing and missing != ["consents"]:
            raise Refused.because("missing", _("Isi bagian ini."), missing[0])
        return act(actor=actor, **{subject: found}, **given)

    return Step(do, frozenset(fields.values()))


def _decide(actor: Actor, found: Model, told: Told) -> object:
    if not told.get("result") or told.get("amount") is None:
        raise Refused.because("missing", _("Isi amar dan jumlah pajak menurut putusan."), "result")
    result = ObjectionResult(told["result"])
    return relief.decide(actor=actor, objection=found, result=result, decided=told["amount"])


STEPS: dict[str, dict[str, Step]] = {
    "tax.registration": {
        "verify": _step(enrolling.verify, "registration"),
        "activate": _step(enrolling.activate, "registration", area="word"),
        "reject": _step(enrolling.reject, "registration", reason="reason"),
    },
    "tax.spop": {
        "return": _step(land.return_spop, "spop", reason="reason"),
        "send_out": _step(land.send_out, "spop"),
        "approve": _step(land.approve_spop, "spop"),
        "reject": _step(land.reject_spop, "spop", reason="reason"),
    },
    "tax.transfer": {
        "check": _step(transfers.check, "transfer"),
        "bill": _step(transfers.bill, "transfer"),
        "submit_nil": _step(transfers.submit_nil, "transfer"),
        "withdraw": _step(transfers.withdraw, "transfer"),
        "send_out": _step(transfers.send_out, "transfer"),
        "validate": _step(transfers.validate, "transfer"),
        "underpay": _step(transfers.find_short, "transfer", shortage="amount", reason="reason"),
        "use": _step(transfers.use, "transfer", deed_number="word", deed_date="on"),
    },
    "tax.objection": {
        "complete": _step(relief.complete, "objection"),
        "refuse": _step(relief.refuse_objection, "objection", reason="reason"),
        "hear": _step(relief.hear, "objection", hearing="reason"),
        "decide": Step(_decide, frozenset({"result", "amount"})),
        "appeal": _step(relief.appeal, "objection", on="on"),
        "conclude": _step(relief.conclude, "objection", verdict="amount"),
    },
    "tax.relief": {
        "grant": _step(relief.grant, "relief", granted="amount"),
        "refuse": _step(relief.refuse_relief, "relief", reason="reason"),
    },
    "tax.instalment": {
        "approve": _step(instalments.approve_plan, "plan", first_due="on", parts="parts"),
        "refuse": _step(instalments.refuse_plan, "plan", reason="reason"),
    },
    "tax.refund": {
        "decide": _step(refunds.decide_refund, "refund", decided="amount", consents="consents"),
        "refuse": _step(refunds.refuse_refund, "refund", reason="reason"),
        "issue": _step(refunds.issue_refund, "refund"),
        "pay": _step(refunds.pay_refund, "refund", on="on"),
    },
}


@require_http_methods(["GET", "HEAD", "POST"])
@door(ASK)
def request_page(request: HttpRequest, number: str) -> HttpResponse:
    """A request, its history, its open steps."""
    found = reading.request_of(request.actor, number)
    if found is None:
        raise Http404
    workflow, subject = found
    acts = STEPS[workflow.code]
    edges = [e for e in reading.steps_open(request.actor, workflow, subject) if e.name in acts]
    asked = frozenset().union(*(acts[edge.name].asks for edge in edges))
    form = StepForm(request.POST or None, ask=asked)
    if request.method == "POST" and form.is_valid():
        name = request.POST.get("lakukan", "")
        try:
            if name not in {edge.name for edge in edges}:
                raise Refused.because("step", _("Pilih tindakan."), status=409)
            acts[name].do(request.actor, subject, form.cleaned_data)
        except Refused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, workflow.transition(name).label)
            return redirect("tax:request", number=number)
    context = {
        "form": form,
        "case": subject.case,
        "workflow": workflow,
        "state": workflow.state(subject.case.state),
        "edges": edges,
        "history": cases.history(subject.case),
        "facts": [{"label": label, "value": value} for label, value in facts(subject)],
        "sspd": isinstance(subject, Transfer) and papers.is_validated(subject),
    }
    return render(request, "tax/citizen/request.html", context, status=422 if form.errors else 200)


@require_safe
@door(PPAT)
def board(request: HttpRequest) -> HttpResponse:
    """A PPAT's transfers by state."""
    columns = transfers_read.board(request.actor)
    shown = [(TransferState(state).label, rows) for state, rows in columns.items() if rows]
    return render(request, "tax/officer/board.html", {"columns": shown})

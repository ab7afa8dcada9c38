"""Files: papers, the book as Beancount text, a bank's data package, the national report."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sekata.kernel.documents import queries as documents
from sekata.kernel.journal.actions import record
from sekata.kernel.ledger import beancount
from sekata.lib import clock
from sekata.pillars.environment.wastebank.actions import papers
from sekata.pillars.environment.wastebank.forms.money import YearForm
from sekata.pillars.environment.wastebank.forms.trade import MonthForm
from sekata.pillars.environment.wastebank.queries import banks, books, desk, exports
from sekata.pillars.environment.wastebank.queries import papers as reading
from sekata.pillars.environment.wastebank.queries import trade as trades
from sekata.pillars.environment.wastebank.rights import (
    BOOKS,
    CUSTOMER,
    DIRECT,
    DRIVE,
    KEEP_CASH,
    OVERSEE,
    SEE,
)
from sekata.pillars.environment.wastebank.standards import data_package, workbook
from sekata.pillars.environment.wastebank.views.desk import bank_for
from sekata.web.doors import door

PDF = "application/pdf"


def given(content: bytes, mime: str, name: str, *, shown: bool = False) -> HttpResponse:
    """A file that no cache keeps."""
    response = HttpResponse(content, content_type=mime)
    response.headers["Content-Disposition"] = f'{"inline" if shown else "attachment"}; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
@door(CUSTOMER)
def paper(request: HttpRequest, code: str) -> HttpResponse:
    """A paper that was issued, for its owner and its bank."""
    found = reading.by_code(request.actor, code)
    if found is None:
        raise Http404
    return given(documents.content(found.document), PDF, f"{found.kind}-{code}.pdf", shown=True)


@require_POST
@door(SEE)
def receipt(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """Print the receipt of a deposit."""
    found = bank_for(request, code)
    made = desk.deposit_of(found, number)
    if made is None:
        raise Http404
    issued = papers.print_receipt(actor=request.actor, bank=found, made=made)
    return redirect("wastebank:paper", issued.document.check_code)


@require_POST
@door(SEE)
def sale_slip(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """Print the slip of a sale."""
    found = bank_for(request, code)
    sale = trades.sale_of(found, number)
    if sale is None:
        raise Http404
    issued = papers.print_sale_slip(actor=request.actor, bank=found, sale=sale)
    return redirect("wastebank:paper", issued.document.check_code)


@require_safe
@door(DRIVE | DIRECT)
def route(request: HttpRequest, code: str) -> HttpResponse:
    """The route sheet of today's pickups."""
    found, at = bank_for(request, code), clock.now()
    return given(reading.route(found, clock.today(), at), PDF, f"rute-{clock.today()}.pdf", shown=True)


@require_http_methods(["GET", "HEAD", "POST"])
@door(SEE)
def bank_files(request: HttpRequest, code: str) -> HttpResponse:
    """What a bank's people, office and auditors can take along."""
    found, form = bank_for(request, code), MonthForm(request.POST or None, initial={"month": clock.today()})
    if request.method == "POST" and form.is_valid():
        issued = papers.print_month_report(actor=request.actor, bank=found, month=form.cleaned_data["month"])
        return redirect("wastebank:paper", issued.document.check_code)
    years = range(clock.today().year, found.decree_on.year - 1, -1)
    context = {"bank": found, "form": form, "years": years}
    return render(request, "wastebank/officer/files.html", context, status=422 if form.errors else 200)


@require_safe
@door(BOOKS)
def book(request: HttpRequest, code: str) -> HttpResponse:
    """The whole book as Beancount text; taking it along is an act in the journal."""
    found = bank_for(request, code, BOOKS)
    record("wastebank.book.exported", actor=request.actor, subject=found, at=clock.now())
    text = "\n".join(beancount.export(books.book_of(found), clock.today())) + "\n"
    return given(text.encode(), "text/plain; charset=utf-8", f"{found.code}.beancount")


@require_safe
@door(SEE)
def package(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """A year of the bank as a data package."""
    found = bank_for(request, code)
    record("wastebank.data.exported", actor=request.actor, subject=found, at=clock.now())
    return given(exports.package(found, year, clock.now()), "application/zip", f"{found.code}-{year}.zip")


@require_http_methods(["GET", "HEAD", "POST"])
@door(OVERSEE)
def sipsn(request: HttpRequest) -> HttpResponse:
    """The national report of half a year, as a workbook or as CSV."""
    today = clock.today()
    form = YearForm(request.POST or None, initial={"year": today.year, "half": 1 if today.month < 7 else 2})
    if request.method == "POST" and form.is_valid():
        rows, name = exports.sipsn(**form.cleaned_data), "sipsn-{year}-{half}".format(**form.cleaned_data)
        if "csv" in request.POST:
            text = "\ufeff" + data_package.text(exports.SIPSN, rows)
            return given(text.encode(), "text/csv; charset=utf-8", f"{name}.csv")
        content = workbook.write("SIPSN", exports.SIPSN, rows, exports.SIPSN_NOTES)
        return given(content, workbook.MIME, f"{name}.xlsx")
    context = {"form": form, "heading": _("Rekap semester SIPSN"), "back_url": reverse("wastebank:overview")}
    return render(request, "wastebank/officer/sipsn.html", context, status=422 if form.errors else 200)


@require_safe
@door(KEEP_CASH | DIRECT | OVERSEE)
def geo(request: HttpRequest) -> HttpResponse:
    """Registered banks for a map program, inactive ones included."""
    rows = banks.banks().filter(code__isnull=False).order_by("code")
    table = data_package.text(
        ("code", "name", "kind", "state", "lat", "lon"),
        ((one.code, one.name, one.kind, one.case.state, one.lat, one.lon) for one in rows),
    )
    return given(table.encode(), "text/csv; charset=utf-8", "bank-sampah.csv")

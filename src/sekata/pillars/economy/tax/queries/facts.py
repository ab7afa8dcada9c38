"""The facts of a request, as its page shows them: (label, value) in the order an officer reads them."""

from collections.abc import Callable, Iterator

from django.db.models import Model
from django.utils.translation import gettext as _

from sekata.kernel.units import queries as units
from sekata.lib.money import shown
from sekata.lib.numbers import nop
from sekata.pillars.economy.tax.codes import Acquisition, BuildingUse, LandKind, SpopKind, TaxType
from sekata.pillars.economy.tax.models import (
    InstalmentPlan,
    Objection,
    Refund,
    Registration,
    Relief,
    Spop,
    Transfer,
)
from sekata.web import words

Facts = Iterator[tuple[str, object]]


def facts(subject: Model) -> list[tuple[str, object]]:
    """What is known of a request; empty values are left out."""
    return [(label, value) for label, value in TELL[type(subject)](subject) if value not in ("", None)]


def _village(code: str) -> str:
    area = units.areas().get(code)
    return area.name if area else ""


def _registration(made: Registration) -> Facts:
    yield _("Nama"), made.name
    yield _("Jenis"), made.get_kind_display()
    yield _("Alamat"), made.address
    yield _("Desa"), _village(made.village_code)
    for one in made.wanted:
        yield _("Objek yang didaftarkan"), f"{TaxType(one['tax_type']).label}: {one['name']}"
    yield "NPWPD", made.taxpayer.npwpd if made.taxpayer else ""


def _spop(made: Spop) -> Facts:
    yield _("Transaksi"), SpopKind(made.kind).label
    yield _("Wajib pajak"), f"{made.taxpayer.name} ({made.taxpayer.npwpd})"
    yield "NOP", str(nop.Nop(made.land.nop)) if made.land else ""
    yield _("Berlaku sejak"), words.long_date(made.valid_from)
    for state in made.content:
        yield _("Tanah"), f"{words.number(state['land_area'])} m², {LandKind(state['land_kind']).label}"
        for house in state["buildings"]:
            use = BuildingUse(house["use"]).label
            yield _("Bangunan"), f"{words.number(house['area'])} m², {use}, {house['year_built']}"


def _transfer(made: Transfer) -> Facts:
    yield "NOP", str(nop.Nop(made.land.nop))
    yield _("Cara perolehan"), Acquisition(made.code).label
    yield _("Pembeli atau penerima"), made.buyer_name
    yield _("Penjual atau pewaris"), made.seller_name
    yield _("Luas"), f"{words.number(made.land_area)} m² / {words.number(made.building_area)} m²"
    yield _("Harga atau nilai pasar"), shown(made.price) if made.price is not None else ""
    yield _("NJOP PBB %(year)s") % {"year": made.land_value_year}, shown(made.land_value)
    yield "NPOP", shown(made.base)
    yield "NPOPTKP", shown(made.deduction)
    yield "BPHTB", shown(made.duty)
    yield _("PPAT"), made.ppat.full_name if made.ppat else ""
    yield _("Nomor akta"), made.deed_number


def _about(made: Model) -> Facts:
    letter = made.assessment
    yield _("Ketetapan"), f"{letter.get_kind_display()} {letter.number}"
    yield _("Wajib pajak"), f"{made.taxpayer.name} ({made.taxpayer.npwpd})"
    yield _("Jumlah ketetapan"), shown(letter.total)
    yield _("Sudah dibayar"), shown(letter.paid)
    yield _("Alasan"), made.grounds


def _objection(made: Objection) -> Facts:
    yield from _about(made)
    yield _("Bagian yang disetujui"), shown(made.undisputed)
    yield _("Penjelasan"), made.hearing
    yield _("Putusan"), made.get_result_display()
    yield _("Pajak menurut putusan"), shown(made.decided) if made.decided is not None else ""
    yield _("Denda"), shown(made.fine) if made.fine else ""


def _relief(made: Relief) -> Facts:
    yield from _about(made)
    yield _("Dimohon"), shown(made.asked)
    yield _("Dikabulkan"), shown(made.granted) if made.granted is not None else ""


def _instalment(made: InstalmentPlan) -> Facts:
    yield from _about(made)
    yield _("Diangsur"), _("%(n)d kali") % {"n": made.parts_wanted}
    for part in made.parts.order_by("number"):
        due = words.long_date(part.due_on)
        label = _("Angsuran %(n)d") % {"n": part.number}
        yield label, f"{shown(part.total)}, {due}" + (f", {_('dibayar')}" if part.paid_on else "")
    yield _("Sisa yang jatuh tempo"), shown(made.balance) if made.balance is not None else ""


def _refund(made: Refund) -> Facts:
    yield from _about(made)
    yield _("Dimohon"), shown(made.asked)
    yield _("Dikabulkan"), shown(made.decided) if made.decided is not None else ""
    yield _("Diperhitungkan dengan tunggakan"), shown(made.offset) if made.offset else ""
    yield _("Imbalan bunga"), shown(made.interest) if made.interest else ""


TELL: dict[type[Model], Callable[..., Facts]] = {
    Registration: _registration,
    Spop: _spop,
    Transfer: _transfer,
    Objection: _objection,
    Relief: _relief,
    InstalmentPlan: _instalment,
    Refund: _refund,
}

"""The return's forms: which month, and its lines."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from sekata.pillars.economy.tax.codes import SERVICE_TAXES
from sekata.pillars.economy.tax.forms.citizen import MoneyField
from sekata.web.forms import Form

SPARE = 3
MOST_BYTES = 2_000_000
SERVICE = {"received": _("Penerimaan"), "service": _("Biaya layanan"), "vouchers": _("Nilai voucer")}


class PeriodForm(Form):
    """Which object, which month."""

    object = forms.ChoiceField(label=_("Objek pajak"))
    period = forms.CharField(label=_("Masa (tahun-bulan)"), max_length=7, help_text=_("misalnya 2026-09"))

    def __init__(self, *given, objects: Sequence[tuple[str, str]] = (), **named):
        super().__init__(*given, **named)
        self.fields["object"].choices = objects


class LinesForm(Form):
    """The lines of a return: as many as there are, and some more. The register's file replaces them."""

    register = forms.FileField(label=_("Berkas mesin kasir (CSV)"), required=False)
    force_majeure = forms.CharField(
        label=_("Keadaan kahar, bila terlambat karenanya"), required=False, max_length=200
    )

    def __init__(self, *given, lines: Sequence[dict], tax_type: str, **named):
        super().__init__(*given, **named)
        self.is_service = tax_type in SERVICE_TAXES
        self.count = len(lines) + SPARE
        for place in range(self.count):
            known = lines[place] if place < len(lines) else {}
            label = _("Uraian baris %(n)s") % {"n": place + 1}
            self.fields[f"label_{place}"] = forms.CharField(
                label=label, required=False, max_length=80, initial=known.get("label", "")
            )
            for name, title in self._columns():
                self.fields[f"{name}_{place}"] = self._box(name, title, known.get(name, ""))

    def _columns(self) -> list[tuple[str, object]]:
        if self.is_service:
            return list(SERVICE.items())
        return [("quantity", _("Jumlah")), ("price", _("Harga satuan"))]

    def _box(self, name: str, title: object, known: object) -> forms.Field:
        if name == "quantity":
            return forms.DecimalField(label=title, required=False, min_value=0, initial=known, localize=True)
        return MoneyField(label=title, required=False, initial=known)

    def clean_register(self):
        upload = self.cleaned_data["register"]
        if upload and upload.size > MOST_BYTES:
            raise forms.ValidationError(_("Berkas paling besar 2 MB."))
        return upload

    def lines(self) -> list[dict[str, object]]:
        """The lines that have a label."""
        told, found = self.cleaned_data, []
        for place in range(self.count):
            if told.get(f"label_{place}"):
                amounts = {name: told.get(f"{name}_{place}") or 0 for name, _title in self._columns()}
                if "quantity" in amounts:
                    amounts["quantity"] = str(amounts["quantity"])
                found.append({"label": told[f"label_{place}"], **amounts})
        return found

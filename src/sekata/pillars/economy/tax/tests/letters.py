"""Tax objects and assessments for the tests."""

from datetime import UTC, date, datetime

from sekata.pillars.economy.tax.actions import (
    assessing,
    enrolling,
)
from sekata.pillars.economy.tax.codes import (
    Ground,
    TaxType,
)
from sekata.pillars.economy.tax.models import (
    Assessment,
)
from sekata.pillars.economy.tax.tests.conftest import NOW, VILLAGE


def tax_object(office, tax: TaxType, **more: object):
    wanted = enrolling.Wanted(tax, "Objek uji", VILLAGE, **more)
    at = datetime(2025, 1, 1, 5, tzinfo=UTC)
    return enrolling.enrol_object(actor=office.registrar, taxpayer=office.taxpayer, wanted=wanted, at=at)


def shortage(office, ground=Ground.AUDIT, amount=12_000_000) -> Assessment:
    finding = assessing.Finding(
        taxpayer=office.taxpayer, tax_type=TaxType.FOOD, tax_year=2024, shortage=amount, ground=ground,
        due_on=date(2024, 12, 2), reason="Pemeriksaan omzet setahun.", period="2024-11",
    )  # fmt: skip
    return assessing.draft_shortage(actor=office.auditor, finding=finding, at=NOW)


def open_letter(office, amount: int = 24_000_000) -> Assessment:
    letter = shortage(office, Ground.DESK, amount)
    assessing.approve(actor=office.audit_head, assessment=letter, at=NOW)
    assessing.issue(actor=office.assessor, assessment=letter, at=NOW)
    Assessment.objects.filter(pk=letter.pk).update(interest=0)
    letter.refresh_from_db()
    return letter

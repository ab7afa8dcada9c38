"""R2 Anonymous and confidential: who may open an identity, and what never leaves the house."""

from collections.abc import Iterable

from sekata.lib.result import Reason
from sekata.pillars.environment.complaints.codes import ReporterMode
from sekata.pillars.environment.complaints.rules.terms import bare

IDENTITY_FIELDS = frozenset(
    {"name", "first_name", "last_name", "nik", "phone", "email", "address", "id_card_file"}
    | {"device_id", "account_id", "ip", "reporter", "reporter_id", "reporter_identity"}
)
"""Never in an export, packet, printable or interface, whoever asks. `address` here is the reporter's;
the place of the incident is `address_text`."""

INTAKE, LEAD_INSPECTOR = "intake", "lead_inspector"


def pseudonym(number: str) -> str:
    """The reporter's name wherever one is needed: `Pengadu 0412`, the last four digits of the number."""
    return f"Pengadu {number[-4:]}"


def exportable_columns(columns: Iterable[str]) -> tuple[str, ...]:
    """The columns that may leave, in order; all under `reporter.` or `reporter_identity__` stay."""
    return tuple(column for column in columns if not _names_person(column))


def _names_person(column: str) -> bool:
    parts = column.lower().replace("__", ".").split(".")
    return parts[-1] in IDENTITY_FIELDS or parts[0] in {"reporter", "reporter_identity"}


def identity_reasons(mode: str, role: str, intake_saved: bool, purpose: str) -> tuple[Reason, ...]:
    """Reasons against opening an identity.

    Intake sees it while the report is being entered; afterwards only the lead inspector, stating a purpose.
    The same for named reporters, whose identity lies in the same vault (UU 27/2022: purpose limitation).
    """
    if mode == ReporterMode.ANONYMOUS:
        return (Reason("identity_none", "Pelapor memilih tanpa nama; tidak ada identitas yang tersimpan"),)
    if role == INTAKE and not intake_saved:
        return ()
    if role != LEAD_INSPECTOR:
        return (Reason("identity_role", "Identitas pelapor hanya boleh dibuka ketua tim pengawas"),)
    if not bare(purpose):
        return (Reason("identity_purpose", "Tulis alasan membuka identitas pelapor", "purpose"),)
    return ()

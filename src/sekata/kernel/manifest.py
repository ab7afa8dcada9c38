"""What the kernel itself brings: its roles, tables, jobs and rights, in the same form as a room's."""

from sekata.kernel.cases import drafts
from sekata.kernel.cases import queries as cases
from sekata.kernel.journal import actions as journal
from sekata.kernel.ledger import actions as ledger
from sekata.kernel.notify import actions as notify
from sekata.kernel.payments import actions as payments
from sekata.kernel.payments import polling
from sekata.kernel.payments import tables as payments_tables
from sekata.kernel.payments.actions import partners, tracing
from sekata.kernel.people import actions as people
from sekata.kernel.people import tables as people_tables
from sekata.kernel.people.actions import mandates, matching
from sekata.kernel.reference import actions as reference
from sekata.kernel.search import actions as search
from sekata.lib.manifest import Job, Role, Row, Table

JOBS = (
    Job("journal.seal", journal.seal, every="* * * * * */5"),
    Job("ledger.gather", ledger.gather, every="* * * * *"),
    Job("notify.deliver", notify.deliver),
    Job("notify.sweep", notify.sweep_conversations, every="7 * * * *"),
    Job("payments.poll", polling.poll, every="*/15 * * * *"),
    Job("payments.poll_past", polling.poll_past, every="0 23 * * *"),
    Job("payments.reconcile", payments.reconcile_yesterday, every="30 23 * * *"),
    Job("people.sweep_attempts", people.sweep_attempts, every="20 2 * * *"),
    Job("people.retry_matches", people.retry_matches, every="*/15 * * * *"),
    Job("people.suspend_uncertified", people.suspend_uncertified, every="10 1 * * *"),
    Job("search.learn", search.learn, every="* * * * *"),
    Job("cases.sweep_drafts", drafts.sweep, every="40 2 * * *"),
)

ROLES = (
    Role("assisted_clerk", "Petugas pendamping", ("people.assist",)),
    Role("unit_admin", "Admin unit", ("people.grant",)),
    Role("personnel_officer", "Petugas kepegawaian", ("people.decree",), conflicts=("personnel_head",)),
    Role("personnel_head", "Pejabat kepegawaian", ("people.decree.approve",)),
    Role("rule_keeper", "Pengelola tabel acuan", ("reference.propose",)),
    Role("rule_approver", "Penyetuju tabel acuan", ("reference.approve",), strategic=("reference.approve",)),
    Role("bank_connector", "Pengelola sambungan bank", ("payments.connect",), conflicts=("treasurer",)),
    Role("treasurer", "Bendahara penerimaan", ("ledger.close", "payments.reconcile")),
    Role("regent", "Bupati", ("bridge.see",)),
    Role("secretary", "Sekretaris Daerah", ("bridge.see",)),
    Role("data_protection_officer", "Pejabat pelindungan data pribadi", ("people.rights",)),
    Role("administrator", "Admin identitas", ("people.grant",), conflicts=("auditor",)),
    Role("auditor", "Pemeriksa", ("journal.read",)),
)

TABLES = (
    *people_tables.TABLES,
    *payments_tables.TABLES,
    Table(
        "holiday",
        "Hari libur dan cuti bersama",
        {"name": "Nama hari", "kind": "national | collective | regional"},
    ),
    Table(
        "people.acting",
        "Masa jabatan pengganti",
        {"months": "Paling lama (bulan)"},
        (Row("plt", {"months": 3}, basis="SE BKN 1/SE/I/2021", confirmed=False),),
    ),
    Table(
        "people.conflicts",
        "Peran yang tidak boleh dirangkap",
        {"role": "Peran", "other": "Tidak boleh dirangkap dengan"},
        (
            Row("decree", {"role": "personnel_officer", "other": "personnel_head"}, basis="Pemisahan tugas"),
            Row("rules", {"role": "rule_keeper", "other": "rule_approver"}, basis="Pemisahan tugas"),
            Row("identity", {"role": "administrator", "other": "auditor"}, basis="Pemisahan tugas"),
        ),
    ),
    Table(
        "notify.template",
        "Naskah kabar",
        {"subject": "Perihal", "body": "Isi"},
        (
            Row(
                "cases.assigned/id",
                {
                    "subject": "Ditugaskan kepada Anda: ${number}",
                    "body": "${title} (${number}) kini di meja Anda. ${reason}",
                },
                basis="Tata kerja unit",
            ),
        ),
    ),
)

RIGHTS = (
    people.REGISTER,
    people.GRANT,
    people.ENTER_DECREE,
    people.APPROVE_DECREE,
    people.ASSIST,
    people.SELF,
    people.MERGE,
    people.RIGHTS_DESK,
    matching.ASK,
    mandates.ADDRESSED,
    mandates.PARTY,
    reference.PROPOSE,
    reference.APPROVE,
    cases.SEE,
    ledger.CLOSE,
    payments.RECONCILE,
    partners.CONNECT,
    tracing.OPEN,
)

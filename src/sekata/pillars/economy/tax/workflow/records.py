"""Lives of records that nobody must answer: the year's batch, assessments, returns, collection.

They move by `actions.turning.turn`; their history is the journal.
"""

from sekata.lib.workflow import Phase, State, Transition, Workflow
from sekata.pillars.economy.tax.codes import AssessmentState as A
from sekata.pillars.economy.tax.codes import BatchState as B
from sekata.pillars.economy.tax.codes import CollectionState as C
from sekata.pillars.economy.tax.codes import ReturnState as R
from sekata.pillars.economy.tax.rights import (
    APPROVE,
    ASSESS,
    COLLECT,
    DELIVER,
    HEAD,
    MINE,
    REGENT,
    REGISTER,
    SYSTEM,
)
from sekata.pillars.economy.tax.workflow import guards

HKPD = "UU 1/2022"
PP35 = "PP 35/2023"

BATCH = Workflow(
    code="tax.batch",
    label="Penetapan massal PBB-P2",
    initial=B.SNAPSHOT,
    states=(
        State(B.SNAPSHOT, B.SNAPSHOT.label, "Keadaan 1 Januari sedang dipotret."),
        State(B.SIMULATED, B.SIMULATED.label, "Simulasi selesai, menunggu persetujuan."),
        State(B.APPROVED, B.APPROVED.label, "Simulasi disetujui, siap diterbitkan."),
        State(B.ISSUED, B.ISSUED.label, "SPPT diterbitkan dan terkunci.", Phase.CLOSED),
        State(B.ABANDONED, B.ABANDONED.label, "Penetapan ini dibatalkan.", Phase.CLOSED),
    ),
    transitions=(
        Transition("simulate", "Simulasi selesai", (B.SNAPSHOT,), B.SIMULATED, SYSTEM, automatic=True),
        Transition("recompute", "Hitung ulang", (B.SIMULATED, B.APPROVED), B.SNAPSHOT, ASSESS),
        Transition(
            "approve",
            "Setujui",
            (B.SIMULATED,),
            B.APPROVED,
            HEAD,
            guards.within_cap,
            basis=f"{HKPD} Pasal 40",
            primary=True,
        ),
        Transition(
            "issue", "Terbitkan SPPT", (B.APPROVED,), B.ISSUED, ASSESS, emits=("sppt",), basis=f"{PP35}"
        ),
        Transition("reissue", "Terbitkan yang belum ada", (B.ISSUED,), B.ISSUED, ASSESS),
        Transition(
            "abandon",
            "Batalkan",
            (B.SNAPSHOT, B.SIMULATED, B.APPROVED),
            B.ABANDONED,
            ASSESS,
            guards.reason_given,
        ),
    ),
)

OPEN = (A.ISSUED, A.DELIVERED, A.DUE, A.PARTLY_PAID, A.REDUCED)
SAYS = {
    A.DRAFT: "Ketetapan sedang disusun.",
    A.APPROVED: "Ketetapan disetujui, belum diterbitkan.",
    A.ISSUED: "Ketetapan diterbitkan.",
    A.DELIVERED: "Ketetapan sudah disampaikan.",
    A.DUE: "Ketetapan sudah jatuh tempo.",
    A.PARTLY_PAID: "Sebagian sudah dibayar.",
    A.PAID: "Lunas, terima kasih.",
    A.OBJECTED: "Keberatan sedang diperiksa.",
    A.REDUCED: "Ketetapan dikurangkan.",
    A.CANCELLED: "Ketetapan dibatalkan.",
    A.EXPIRED: "Hak menagih sudah kedaluwarsa.",
    A.WRITTEN_OFF: "Piutang dihapuskan.",
}
ENDED = (A.PAID, A.CANCELLED, A.WRITTEN_OFF)

ASSESSMENT = Workflow(
    code="tax.assessment",
    label="Ketetapan pajak",
    initial=A.DRAFT,
    states=tuple(
        State(code, code.label, SAYS[code], Phase.CLOSED if code in ENDED else Phase.OPEN) for code in A
    ),
    transitions=(
        Transition("approve", "Setujui", (A.DRAFT,), A.APPROVED, APPROVE, guards.other_person, primary=True),
        Transition(
            "issue", "Terbitkan", (A.APPROVED,), A.ISSUED, ASSESS, emits=("letter", "notice", "ledger")
        ),
        Transition("deliver", "Catat penyampaian", (A.ISSUED,), A.DELIVERED, DELIVER | ASSESS),
        Transition("fall_due", "Jatuh tempo", (A.ISSUED, A.DELIVERED), A.DUE, SYSTEM, automatic=True),
        Transition(
            "part_pay", "Dibayar sebagian", (*OPEN, A.OBJECTED), A.PARTLY_PAID, SYSTEM, automatic=True
        ),
        Transition("pay", "Lunas", (*OPEN, A.OBJECTED), A.PAID, SYSTEM, automatic=True, basis="R21"),
        Transition(
            "reopen", "Tagih kembali", (A.PAID, A.PARTLY_PAID), A.DUE, SYSTEM, automatic=True, basis="R21"
        ),
        Transition(
            "revise",
            "Ubah menurut putusan banding",
            (*OPEN, A.PAID),
            "",
            SYSTEM,
            automatic=True,
            basis="UU 14/2002",
        ),
        Transition("object", "Ajukan keberatan", OPEN, A.OBJECTED, MINE | REGISTER, basis=f"{PP35}"),
        Transition("uphold", "Keberatan ditolak", (A.OBJECTED,), A.DUE, HEAD | SYSTEM),
        Transition("reduce", "Kurangkan", (*OPEN, A.OBJECTED), A.REDUCED, HEAD | SYSTEM),
        Transition(
            "cancel",
            "Batalkan",
            (A.DRAFT, A.APPROVED, *OPEN, A.OBJECTED),
            A.CANCELLED,
            ASSESS,
            guards.reason_given,
        ),
        Transition("expire", "Kedaluwarsa", OPEN, A.EXPIRED, SYSTEM, automatic=True, basis=f"{PP35}"),
        Transition("write_off", "Hapuskan", (A.EXPIRED,), A.WRITTEN_OFF, REGENT, guards.reason_given),
    ),
)

RETURN = Workflow(
    code="tax.return",
    label="SPTPD",
    initial=R.DRAFT,
    states=(
        State(R.DRAFT, R.DRAFT.label, "SPTPD belum dikirim."),
        State(R.FILED, R.FILED.label, "SPTPD kami terima."),
        State(R.BILLED, R.BILLED.label, "SPTPD menunggu pembayaran."),
        State(R.PAID, R.PAID.label, "SPTPD lunas.", Phase.CLOSED),
        State(R.CORRECTED, R.CORRECTED.label, "SPTPD diganti pembetulan.", Phase.CLOSED),
    ),
    transitions=(
        Transition("file", "Kirim SPTPD", (R.DRAFT,), R.FILED, MINE | REGISTER, primary=True),
        Transition("bill", "Tagihkan", (R.FILED,), R.BILLED, SYSTEM, automatic=True),
        Transition("pay", "Lunas", (R.FILED, R.BILLED), R.PAID, SYSTEM, automatic=True),
        Transition(
            "correct", "Betulkan", (R.FILED, R.BILLED, R.PAID), R.CORRECTED, MINE | REGISTER, basis=PP35
        ),
    ),
)

UU19 = "UU 19/1997 jo. UU 19/2000"
GOING = (C.OPEN, C.WARNED, C.FORCED, C.SEIZED, C.ANNOUNCED)

COLLECTION = Workflow(
    code="tax.collection",
    label="Penagihan pajak",
    initial=C.OPEN,
    states=(
        State(C.OPEN, C.OPEN.label, "Tunggakan dipantau."),
        State(C.WARNED, C.WARNED.label, "Surat Teguran sudah disampaikan."),
        State(C.FORCED, C.FORCED.label, "Surat Paksa sudah disampaikan."),
        State(C.SEIZED, C.SEIZED.label, "Barang sudah disita."),
        State(C.ANNOUNCED, C.ANNOUNCED.label, "Lelang sudah diumumkan."),
        State(C.AUCTIONED, C.AUCTIONED.label, "Barang sudah dilelang."),
        State(C.SETTLED, C.SETTLED.label, "Penagihan selesai.", Phase.CLOSED),
    ),
    transitions=(
        Transition("warn", "Surat Teguran", (C.OPEN,), C.WARNED, COLLECT, guards.not_too_early, basis=UU19),
        Transition("force", "Surat Paksa", (C.WARNED,), C.FORCED, COLLECT, guards.not_too_early, basis=UU19),
        Transition("seize", "Sita (SPMP)", (C.FORCED,), C.SEIZED, COLLECT, guards.not_too_early, basis=UU19),
        Transition(
            "announce", "Umumkan lelang", (C.SEIZED,), C.ANNOUNCED, COLLECT, guards.not_too_early, basis=UU19
        ),
        Transition(
            "auction", "Lelang", (C.ANNOUNCED,), C.AUCTIONED, COLLECT, guards.not_too_early, basis=UU19
        ),
        Transition("settle", "Selesai", (*GOING, C.AUCTIONED), C.SETTLED, SYSTEM, automatic=True),
    ),
)

"""Lives of what somebody asks for and the office must answer: these are cases, with clocks."""

from sekata.lib.workflow import Clock, Phase, State, Transition, Workflow
from sekata.pillars.economy.tax.codes import InstalmentState as I
from sekata.pillars.economy.tax.codes import ObjectionState as O
from sekata.pillars.economy.tax.codes import RefundState as F
from sekata.pillars.economy.tax.codes import RegistrationState as G
from sekata.pillars.economy.tax.codes import ReliefState as L
from sekata.pillars.economy.tax.codes import SpopState as S
from sekata.pillars.economy.tax.codes import TransferState as T
from sekata.pillars.economy.tax.rights import (
    HEAD,
    LAND_OFFICE,
    NOTARY,
    OWN,
    PPAT,
    REGISTER,
    SYSTEM,
    TREASURY,
    VALIDATE,
)
from sekata.pillars.economy.tax.workflow import guards

PP35 = "PP 35/2023"

REGISTRATION = Workflow(
    code="tax.registration",
    label="Pendaftaran wajib pajak",
    initial=G.SUBMITTED,
    states=(
        State(G.SUBMITTED, G.SUBMITTED.label, "Pendaftaran Anda kami terima."),
        State(G.VERIFIED, G.VERIFIED.label, "Data Anda sudah diperiksa."),
        State(G.ACTIVE, G.ACTIVE.label, "Anda terdaftar sebagai wajib pajak daerah.", Phase.CLOSED),
        State(G.REJECTED, G.REJECTED.label, "Pendaftaran tidak dapat diterima.", Phase.CLOSED),
    ),
    transitions=(
        Transition("verify", "Data cocok", (G.SUBMITTED,), G.VERIFIED, REGISTER, primary=True),
        Transition(
            "activate",
            "Terbitkan NPWPD",
            (G.VERIFIED,),
            G.ACTIVE,
            REGISTER,
            emits=("npwpd_card",),
            basis=PP35,
        ),
        Transition("reject", "Tolak", (G.SUBMITTED, G.VERIFIED), G.REJECTED, REGISTER, guards.reason_given),
    ),
    clocks=(
        Clock(
            "registration",
            "Pendaftaran",
            (G.SUBMITTED,),
            (G.ACTIVE, G.REJECTED),
            public=True,
            applies=lambda subject: not subject.field_check,
        ),
        Clock(
            "registration_field",
            "Pendaftaran dengan pemeriksaan lapangan",
            (G.SUBMITTED,),
            (G.ACTIVE, G.REJECTED),
            public=True,
            applies=lambda subject: subject.field_check,
        ),
    ),
)

SPOP = Workflow(
    code="tax.spop",
    label="SPOP objek PBB-P2",
    initial=S.SUBMITTED,
    states=(
        State(S.SUBMITTED, S.SUBMITTED.label, "SPOP Anda kami terima."),
        State(S.RETURNED, S.RETURNED.label, "SPOP perlu Anda lengkapi.", Phase.WAITING),
        State(S.FIELD_CHECK, S.FIELD_CHECK.label, "Objek akan diperiksa di lapangan."),
        State(S.APPROVED, S.APPROVED.label, "Data objek sudah diperbarui.", Phase.CLOSED),
        State(S.REJECTED, S.REJECTED.label, "SPOP tidak dapat diterima.", Phase.CLOSED),
    ),
    transitions=(
        Transition("return", "Minta dilengkapi", (S.SUBMITTED,), S.RETURNED, REGISTER, guards.reason_given),
        Transition("complete", "Kirim kelengkapan", (S.RETURNED,), S.SUBMITTED, OWN | REGISTER),
        Transition("send_out", "Periksa di lapangan", (S.SUBMITTED,), S.FIELD_CHECK, REGISTER),
        Transition("approve", "Setujui", (S.SUBMITTED, S.FIELD_CHECK), S.APPROVED, REGISTER, primary=True),
        Transition(
            "reject",
            "Tolak",
            (S.SUBMITTED, S.RETURNED, S.FIELD_CHECK),
            S.REJECTED,
            REGISTER,
            guards.reason_given,
        ),
    ),
    clocks=(
        Clock(
            "spop", "Pemeriksaan SPOP", (S.SUBMITTED,), (S.FIELD_CHECK, S.APPROVED, S.REJECTED), public=True
        ),
        Clock("spop_field", "Pemeriksaan lapangan", (S.FIELD_CHECK,), (S.APPROVED, S.REJECTED), public=True),
    ),
)

TRANSFER = Workflow(
    code="tax.transfer",
    label="BPHTB",
    initial=T.DRAFT,
    states=(
        State(T.DRAFT, T.DRAFT.label, "SSPD-BPHTB disusun."),
        State(T.NOP_CHECKED, T.NOP_CHECKED.label, "Objek dan tunggakannya sudah dicocokkan."),
        State(T.BILLED, T.BILLED.label, "BPHTB menunggu pembayaran.", Phase.WAITING),
        State(T.PAID, T.PAID.label, "BPHTB sudah dibayar."),
        State(T.RESEARCH, T.RESEARCH.label, "BPHTB sedang diteliti."),
        State(T.FIELD_CHECK, T.FIELD_CHECK.label, "Objek sedang diperiksa di lapangan."),
        State(T.UNDERPAID, T.UNDERPAID.label, "BPHTB kurang dibayar; SKPDKB diterbitkan.", Phase.WAITING),
        State(T.VALIDATED, T.VALIDATED.label, "BPHTB tervalidasi; akta boleh dibuat.", Phase.ANSWERED),
        State(T.USED, T.USED.label, "Akta sudah dibuat.", Phase.ANSWERED),
        State(T.REGISTERED, T.REGISTERED.label, "Hak sudah didaftarkan.", Phase.CLOSED),
        State(T.WITHDRAWN, T.WITHDRAWN.label, "SSPD-BPHTB dibatalkan.", Phase.CLOSED),
    ),
    transitions=(
        Transition(
            "check",
            "Cocokkan NOP",
            (T.DRAFT,),
            T.NOP_CHECKED,
            OWN | NOTARY,
            guards.nothing_owed,
            primary=True,
        ),
        Transition("bill", "Tagihkan", (T.NOP_CHECKED,), T.BILLED, OWN | NOTARY, guards.is_owed),
        Transition("pay", "Lunas", (T.BILLED,), T.PAID, SYSTEM, automatic=True),
        Transition("begin_research", "Mulai penelitian", (T.PAID,), T.RESEARCH, SYSTEM, automatic=True),
        Transition("submit_nil", "Ajukan nihil", (T.NOP_CHECKED,), T.RESEARCH, OWN | NOTARY, guards.is_nil),
        Transition("send_out", "Periksa di lapangan", (T.RESEARCH,), T.FIELD_CHECK, VALIDATE),
        Transition(
            "validate",
            "Validasi",
            (T.RESEARCH, T.FIELD_CHECK),
            T.VALIDATED,
            VALIDATE,
            emits=("sspd",),
            basis=PP35,
        ),
        Transition(
            "underpay",
            "Kurang bayar",
            (T.RESEARCH, T.FIELD_CHECK),
            T.UNDERPAID,
            VALIDATE,
            guards.reason_given,
        ),
        Transition("make_up", "Kekurangan lunas", (T.UNDERPAID,), T.RESEARCH, SYSTEM, automatic=True),
        Transition("use", "Akta dibuat", (T.VALIDATED,), T.USED, PPAT, guards.deed_allowed),
        Transition("register", "Didaftarkan di BPN", (T.USED,), T.REGISTERED, LAND_OFFICE),
        Transition("withdraw", "Batalkan", (T.DRAFT, T.NOP_CHECKED, T.BILLED), T.WITHDRAWN, OWN | NOTARY),
    ),
    clocks=(
        Clock(
            "research",
            "Penelitian BPHTB",
            (T.RESEARCH,),
            (T.FIELD_CHECK, T.UNDERPAID, T.VALIDATED),
            restarts=True,
            public=True,
        ),
        Clock(
            "research_field",
            "Penelitian dengan pemeriksaan",
            (T.FIELD_CHECK,),
            (T.UNDERPAID, T.VALIDATED),
            public=True,
        ),
    ),
)

OBJECTION = Workflow(
    code="tax.objection",
    label="Keberatan",
    initial=O.FILED,
    states=(
        State(O.FILED, O.FILED.label, "Keberatan Anda kami terima."),
        State(O.COMPLETE, O.COMPLETE.label, "Berkas keberatan lengkap."),
        State(O.HEARD, O.HEARD.label, "Penjelasan Anda sudah didengar."),
        State(O.DECIDED, O.DECIDED.label, "Keberatan sudah diputus.", Phase.ANSWERED),
        State(O.APPEALED, O.APPEALED.label, "Banding diajukan ke Pengadilan Pajak.", Phase.WAITING),
        State(O.INADMISSIBLE, O.INADMISSIBLE.label, "Keberatan tidak dapat diterima.", Phase.CLOSED),
        State(O.CLOSED, O.CLOSED.label, "Perkara selesai.", Phase.CLOSED),
    ),
    transitions=(
        Transition("complete", "Berkas lengkap", (O.FILED,), O.COMPLETE, REGISTER, primary=True),
        Transition(
            "refuse", "Tidak dapat diterima", (O.FILED,), O.INADMISSIBLE, REGISTER, guards.reason_given
        ),
        Transition("hear", "Catat penjelasan", (O.COMPLETE,), O.HEARD, REGISTER, guards.reason_given),
        Transition(
            "decide", "Putuskan", (O.COMPLETE, O.HEARD), O.DECIDED, HEAD, guards.decision_fits, basis=PP35
        ),
        Transition(
            "deem_granted",
            "Dianggap dikabulkan",
            (O.FILED, O.COMPLETE, O.HEARD),
            O.DECIDED,
            SYSTEM,
            automatic=True,
            basis=PP35,
        ),
        Transition("appeal", "Catat banding", (O.DECIDED,), O.APPEALED, OWN | REGISTER, basis="UU 14/2002"),
        Transition("conclude", "Catat putusan banding", (O.APPEALED,), O.CLOSED, REGISTER),
        Transition("close", "Tutup", (O.DECIDED,), O.CLOSED, SYSTEM, automatic=True),
    ),
    clocks=(
        Clock(
            "objection",
            "Putusan keberatan",
            (O.FILED,),
            (O.DECIDED, O.INADMISSIBLE),
            pauses=False,
            public=True,
        ),
    ),
)

RELIEF = Workflow(
    code="tax.relief",
    label="Pengurangan",
    initial=L.APPLIED,
    states=(
        State(L.APPLIED, L.APPLIED.label, "Permohonan pengurangan kami terima."),
        State(L.GRANTED, L.GRANTED.label, "Pengurangan dikabulkan.", Phase.CLOSED),
        State(L.REFUSED, L.REFUSED.label, "Pengurangan ditolak.", Phase.CLOSED),
    ),
    transitions=(
        Transition("grant", "Kabulkan", (L.APPLIED,), L.GRANTED, HEAD, primary=True),
        Transition("refuse", "Tolak", (L.APPLIED,), L.REFUSED, HEAD, guards.reason_given),
    ),
    clocks=(Clock("relief", "Putusan pengurangan", (L.APPLIED,), (L.GRANTED, L.REFUSED), public=True),),
)

INSTALMENT = Workflow(
    code="tax.instalment",
    label="Angsuran",
    initial=I.APPLIED,
    states=(
        State(I.APPLIED, I.APPLIED.label, "Permohonan angsuran kami terima."),
        State(I.APPROVED, I.APPROVED.label, "Jadwal angsuran disetujui.", Phase.ANSWERED),
        State(I.RUNNING, I.RUNNING.label, "Angsuran berjalan.", Phase.ANSWERED),
        State(I.COMPLETED, I.COMPLETED.label, "Angsuran lunas.", Phase.CLOSED),
        State(I.BROKEN, I.BROKEN.label, "Angsuran batal, sisa jatuh tempo sekaligus.", Phase.CLOSED),
        State(I.REFUSED, I.REFUSED.label, "Permohonan angsuran ditolak.", Phase.CLOSED),
    ),
    transitions=(
        Transition("approve", "Setujui jadwal", (I.APPLIED,), I.APPROVED, HEAD, primary=True, basis=PP35),
        Transition("refuse", "Tolak", (I.APPLIED,), I.REFUSED, HEAD, guards.reason_given),
        Transition("begin", "Mulai berjalan", (I.APPROVED,), I.RUNNING, SYSTEM, automatic=True),
        Transition("finish", "Lunas", (I.RUNNING,), I.COMPLETED, SYSTEM, automatic=True),
        Transition("break", "Batalkan", (I.APPROVED, I.RUNNING), I.BROKEN, SYSTEM, automatic=True),
    ),
    clocks=(Clock("instalment", "Putusan angsuran", (I.APPLIED,), (I.APPROVED, I.REFUSED), public=True),),
)

REFUND = Workflow(
    code="tax.refund",
    label="Pengembalian kelebihan",
    initial=F.APPLIED,
    states=(
        State(F.APPLIED, F.APPLIED.label, "Permohonan pengembalian kami terima."),
        State(F.DECIDED, F.DECIDED.label, "Pengembalian dikabulkan.", Phase.ANSWERED),
        State(F.ISSUED, F.ISSUED.label, "SKPDLB sudah terbit.", Phase.ANSWERED),
        State(F.PAID, F.PAID.label, "Kelebihan sudah dibayarkan.", Phase.CLOSED),
        State(F.REFUSED, F.REFUSED.label, "Permohonan ditolak.", Phase.CLOSED),
    ),
    transitions=(
        Transition("decide", "Kabulkan", (F.APPLIED,), F.DECIDED, HEAD, primary=True, basis=PP35),
        Transition("refuse", "Tolak", (F.APPLIED,), F.REFUSED, HEAD, guards.reason_given),
        Transition("issue", "Terbitkan SKPDLB", (F.DECIDED,), F.ISSUED, HEAD, emits=("skpdlb",)),
        Transition("pay", "Catat pembayaran", (F.ISSUED,), F.PAID, TREASURY),
    ),
    clocks=(Clock("refund", "Putusan pengembalian", (F.APPLIED,), (F.DECIDED, F.REFUSED), public=True),),
)

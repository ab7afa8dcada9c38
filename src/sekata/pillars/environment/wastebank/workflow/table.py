"""The workflows of the room as tables. Guards are in `guards.py`, their rules in `rules/`."""

from sekata.lib.rights import Right
from sekata.lib.workflow import Clock, Phase, State, Transition, Workflow
from sekata.pillars.environment.wastebank.codes import (
    BankState as B,
)
from sekata.pillars.environment.wastebank.codes import (
    DepositState as D,
)
from sekata.pillars.environment.wastebank.codes import (
    PeriodState as M,
)
from sekata.pillars.environment.wastebank.codes import (
    PickupState as P,
)
from sekata.pillars.environment.wastebank.codes import (
    SaleState as S,
)
from sekata.pillars.environment.wastebank.codes import (
    TransferState as T,
)
from sekata.pillars.environment.wastebank.codes import (
    WithdrawalState as W,
)
from sekata.pillars.environment.wastebank.rights import (
    DIRECT,
    DRIVE,
    KEEP_CASH,
    OVERSEE,
    OWN,
    REGISTER,
    SYSTEM,
    WEIGH,
)
from sekata.pillars.environment.wastebank.workflow import guards

P14 = "Permen LHK 14/2021"
CLOSED, WAITING, ANSWERED = Phase.CLOSED, Phase.WAITING, Phase.ANSWERED


def _edge(name: str, label: str, source, target: str, by: Right, guard=None, **more: object) -> Transition:
    sources = source if isinstance(source, tuple) else (source,)
    automatic = by is SYSTEM
    return Transition(
        name, label, sources, target, by, automatic=automatic, **({"guard": guard} if guard else {}), **more
    )


def _state(code, says: str, phase: Phase = Phase.OPEN) -> State:
    return State(code, code.label, says, phase)


BANK = Workflow(
    code="wastebank.bank",
    label="Pendaftaran bank sampah",
    initial=B.APPLICATION,
    states=(
        _state(B.APPLICATION, "Permohonan pendaftaran Anda kami terima."),
        _state(B.DESK_CHECK, "Berkas permohonan sedang diperiksa."),
        _state(B.SITE_VISIT, "Petugas akan meninjau lokasi."),
        _state(B.ACTIVE, "Bank sampah terdaftar dan melayani.", CLOSED),
        _state(B.SUSPENDED, "Bank sampah dibekukan sementara."),
        _state(B.CLOSED, "Bank sampah ditutup.", CLOSED),
        _state(B.REJECTED, "Permohonan tidak dapat dipenuhi.", CLOSED),
    ),
    transitions=(
        _edge("take_up", "Mulai memeriksa", B.APPLICATION, B.DESK_CHECK, REGISTER, primary=True),
        _edge(
            "pass_desk",
            "Berkas lengkap",
            B.DESK_CHECK,
            B.SITE_VISIT,
            REGISTER,
            guards.papers_there,
            primary=True,
        ),
        _edge(
            "decree",
            "Tetapkan",
            B.SITE_VISIT,
            B.ACTIVE,
            REGISTER,
            guards.may_be_decreed,
            basis=P14,
            primary=True,
        ),
        _edge(
            "reject",
            "Tolak",
            (B.APPLICATION, B.DESK_CHECK, B.SITE_VISIT),
            B.REJECTED,
            REGISTER,
            guards.reason_told,
        ),
        _edge("suspend", "Bekukan", B.ACTIVE, B.SUSPENDED, REGISTER, guards.reason_told),
        _edge("resume", "Aktifkan lagi", B.SUSPENDED, B.ACTIVE, REGISTER, guards.reason_told, primary=True),
        _edge("close", "Tutup", (B.ACTIVE, B.SUSPENDED), B.CLOSED, REGISTER, guards.reason_told),
    ),
    clocks=(Clock("registration", "Pendaftaran", (B.APPLICATION,), (B.ACTIVE, B.REJECTED), public=True),),
)

DEPOSIT = Workflow(
    code="wastebank.deposit",
    label="Setoran",
    initial=D.DRAFT,
    states=(
        _state(D.DRAFT, "Setoran sedang ditimbang."),
        _state(D.CONFLICT, "Setoran menunggu keputusan direktur."),
        _state(D.FINAL, "Setoran dibukukan.", CLOSED),
        _state(D.REVERSED, "Setoran dibatalkan; catatannya tetap ada.", CLOSED),
        _state(D.DECLINED, "Setoran tidak diterima.", CLOSED),
    ),
    transitions=(
        _edge("finalise", "Bukukan", D.DRAFT, D.FINAL, WEIGH, primary=True),
        _edge("hold_back", "Tahan untuk direktur", D.DRAFT, D.CONFLICT, SYSTEM),
        _edge("accept", "Terima", D.CONFLICT, D.FINAL, DIRECT, guards.reason_told, primary=True),
        _edge("decline", "Tolak", D.CONFLICT, D.DECLINED, DIRECT, guards.reason_told),
        _edge("reverse", "Batalkan", D.FINAL, D.REVERSED, DIRECT | OVERSEE, guards.in_time_to_reverse),
    ),
)

WITHDRAWAL = Workflow(
    code="wastebank.withdrawal",
    label="Penarikan",
    initial=W.REQUESTED,
    states=(
        _state(W.REQUESTED, "Penarikan diajukan; uangnya ditahan."),
        _state(W.APPROVED, "Penarikan disetujui."),
        _state(W.EXECUTING, "Penarikan sedang dibayarkan."),
        _state(W.UNCERTAIN, "Kami menunggu kepastian dari penyedia; uang tetap ditahan."),
        _state(W.PAID, "Penarikan sudah dibayar.", CLOSED),
        _state(W.FAILED, "Penarikan gagal; uang kembali ke tabungan.", CLOSED),
        _state(W.CANCELLED, "Penarikan dibatalkan.", CLOSED),
        _state(W.EXPIRED, "Penarikan kedaluwarsa; uang kembali ke tabungan.", CLOSED),
    ),
    transitions=(
        _edge("approve_small", "Setujui sendiri", W.REQUESTED, W.APPROVED, SYSTEM),
        _edge("approve", "Setujui", W.REQUESTED, W.APPROVED, DIRECT, guards.other_person, primary=True),
        _edge("execute", "Bayarkan", W.APPROVED, W.EXECUTING, KEEP_CASH, guards.not_own, primary=True),
        _edge(
            "pay", "Nyatakan dibayar", W.EXECUTING, W.PAID, KEEP_CASH, guards.by_hand_not_own, primary=True
        ),
        _edge("confirm", "Penyedia memastikan", (W.EXECUTING, W.UNCERTAIN), W.PAID, SYSTEM),
        _edge("fail", "Penyedia menolak", (W.EXECUTING, W.UNCERTAIN), W.FAILED, SYSTEM),
        _edge("lose_sight", "Penyedia tidak menjawab", W.EXECUTING, W.UNCERTAIN, SYSTEM),
        _edge(
            "call_off",
            "Batal dibayarkan",
            W.EXECUTING,
            W.FAILED,
            KEEP_CASH | DIRECT,
            guards.paid_by_hand,
        ),
        _edge("settle", "Putuskan sesudah diperiksa", W.UNCERTAIN, W.PAID, DIRECT, guards.reason_told),
        _edge("refund", "Kembalikan sesudah diperiksa", W.UNCERTAIN, W.FAILED, DIRECT, guards.reason_told),
        _edge("cancel", "Batalkan", W.REQUESTED, W.CANCELLED, OWN | DIRECT),
        _edge("expire", "Kedaluwarsa", (W.REQUESTED, W.APPROVED), W.EXPIRED, SYSTEM),
    ),
    clocks=(
        Clock(
            "withdrawal", "Penarikan", (W.REQUESTED,), (W.PAID, W.FAILED, W.CANCELLED, W.EXPIRED), public=True
        ),
    ),
)

PICKUP = Workflow(
    code="wastebank.pickup",
    label="Penjemputan",
    initial=P.REQUESTED,
    states=(
        _state(P.REQUESTED, "Permintaan jemput kami terima."),
        _state(P.SCHEDULED, "Penjemputan sudah dijadwalkan."),
        _state(P.ON_THE_WAY, "Petugas dalam perjalanan."),
        _state(P.WEIGHED, "Sampah sudah dijemput dan ditimbang.", CLOSED),
        _state(P.NO_SHOW, "Petugas datang, tidak ada orang.", CLOSED),
        _state(P.CANCELLED, "Penjemputan dibatalkan.", CLOSED),
    ),
    transitions=(
        _edge("schedule", "Jadwalkan", P.REQUESTED, P.SCHEDULED, DIRECT | DRIVE, primary=True),
        _edge("depart", "Berangkat", P.SCHEDULED, P.ON_THE_WAY, DRIVE, primary=True),
        _edge("weigh", "Timbang", P.ON_THE_WAY, P.WEIGHED, DRIVE, primary=True),
        _edge("miss", "Tidak ada orang", P.ON_THE_WAY, P.NO_SHOW, DRIVE),
        _edge("cancel", "Batalkan", (P.REQUESTED, P.SCHEDULED), P.CANCELLED, OWN | DIRECT),
    ),
    clocks=(
        Clock("pickup", "Penjemputan", (P.REQUESTED,), (P.WEIGHED, P.NO_SHOW, P.CANCELLED), public=True),
    ),
)

SALE = Workflow(
    code="wastebank.sale",
    label="Penjualan",
    initial=S.PLANNED,
    states=(
        _state(S.PLANNED, "Penjualan direncanakan."),
        _state(S.WEIGHED_OUT, "Barang sudah keluar ditimbang."),
        _state(S.ACCEPTED, "Pembeli sudah menerima."),
        _state(S.INVOICED, "Tagihan sudah dikirim.", WAITING),
        _state(S.PAID, "Penjualan lunas.", CLOSED),
        _state(S.CANCELLED, "Penjualan dibatalkan.", CLOSED),
    ),
    transitions=(
        _edge("weigh_out", "Timbang keluar", S.PLANNED, S.WEIGHED_OUT, WEIGH | DIRECT, primary=True),
        _edge("accept", "Catat penerimaan pembeli", S.WEIGHED_OUT, S.ACCEPTED, DIRECT, primary=True),
        _edge("invoice", "Tagih", S.ACCEPTED, S.INVOICED, KEEP_CASH | DIRECT, primary=True),
        _edge("receive_payment", "Catat pembayaran", S.INVOICED, S.PAID, KEEP_CASH, primary=True),
        _edge("cancel", "Batalkan", S.PLANNED, S.CANCELLED, DIRECT),
    ),
)

TRANSFER = Workflow(
    code="wastebank.transfer",
    label="Kiriman ke bank sampah induk",
    initial=T.SENT,
    states=(
        _state(T.SENT, "Barang dalam perjalanan ke bank sampah induk."),
        _state(T.CONFLICT, "Berat yang diterima melebihi yang dikirim; menunggu direktur."),
        _state(T.RECEIVED, "Barang diterima bank sampah induk.", CLOSED),
    ),
    transitions=(
        _edge("receive", "Terima", T.SENT, T.RECEIVED, WEIGH | DIRECT, primary=True),
        _edge("dispute", "Tahan karena selisih", T.SENT, T.CONFLICT, WEIGH | DIRECT),
        _edge("agree", "Sepakati berat", T.CONFLICT, T.RECEIVED, DIRECT, guards.reason_told, primary=True),
    ),
)

PERIOD = Workflow(
    code="wastebank.period",
    label="Tutup bulan",
    initial=M.OPEN,
    states=(
        _state(M.OPEN, "Bulan ini masih terbuka."),
        _state(M.CLOSED, "Bulan ini sudah ditutup.", CLOSED),
    ),
    transitions=(
        _edge("close_month", "Tutup bulan", M.OPEN, M.CLOSED, DIRECT, guards.month_is_clean, primary=True),
    ),
)

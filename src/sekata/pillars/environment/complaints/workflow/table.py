"""The life of a complaint (Permen LHK P.22/2017), as a table.

Guards are functions of the complaint and of what the officer gives; their rules are in `rules/`.
"""

from sekata.lib.rights import Right
from sekata.lib.workflow import BACK, Clock, Phase, State, Transition, Workflow
from sekata.pillars.environment.complaints.codes import StateCode as S
from sekata.pillars.environment.complaints.rights import DESK, HEAD, INSPECT, REPORTER, REVIEW, SYSTEM
from sekata.pillars.environment.complaints.workflow import guards

SAYS = {
    S.RECEIVED: "Laporan Anda kami terima.",
    S.INCOMPLETE: "Kami perlu keterangan tambahan dari Anda.",
    S.UNDER_REVIEW: "Laporan Anda sedang kami telaah.",
    S.NOT_ENVIRONMENTAL: "Ini bukan urusan lingkungan hidup; kami teruskan ke kantor yang berwenang.",
    S.REFERRED: "Laporan Anda kami teruskan ke instansi yang berwenang dan tetap kami ikuti.",
    S.VERIFICATION_PLANNED: "Tim pengawas ditugaskan ke lokasi.",
    S.VERIFYING: "Petugas sudah di lokasi.",
    S.LAB_PENDING: "Contoh sedang diperiksa laboratorium.",
    S.VERIFIED: "Laporan hasil verifikasi selesai.",
    S.FOLLOW_UP: "Hasilnya sedang ditindaklanjuti.",
    S.ANSWERED: "Laporan Anda sudah kami jawab.",
    S.RESOLVED: "Laporan Anda selesai ditanggapi.",
    S.CLOSED: "Laporan Anda ditutup.",
    S.REOPENED: "Laporan Anda dibuka kembali.",
    S.MERGED: "Laporan Anda digabung dengan laporan lain tentang kejadian yang sama.",
    S.WITHDRAWN: "Laporan dicabut.",
    S.CLOSED_INCOMPLETE: "Laporan ditutup karena keterangannya belum lengkap.",
    S.REJECTED: "Laporan ini tidak dapat kami proses.",
}

PHASES = {
    S.INCOMPLETE: Phase.WAITING,
    S.ANSWERED: Phase.ANSWERED,
    S.RESOLVED: Phase.ANSWERED,
    S.CLOSED: Phase.CLOSED,
    S.WITHDRAWN: Phase.CLOSED,
    S.CLOSED_INCOMPLETE: Phase.CLOSED,
    S.REJECTED: Phase.CLOSED,
    S.MERGED: Phase.CLOSED,
}

STATES = tuple(State(code, code.label, SAYS[code], PHASES.get(code, Phase.OPEN)) for code in S)

ENDED = (S.WITHDRAWN, S.CLOSED_INCOMPLETE, S.REJECTED, S.MERGED)
BEFORE_ANSWER = (S.RECEIVED, S.INCOMPLETE, S.UNDER_REVIEW, S.VERIFICATION_PLANNED, S.VERIFYING, S.LAB_PENDING,
                 S.VERIFIED, S.FOLLOW_UP, S.REOPENED, S.REFERRED, S.NOT_ENVIRONMENTAL)  # fmt: skip
P22 = "Permen LHK P.22/2017"


def _edge(name: str, label: str, source, target: str, by: Right, guard=None, **more: object) -> Transition:
    sources = source if isinstance(source, tuple) else (source,)
    return Transition(name, label, sources, target, by, **({"guard": guard} if guard else {}), **more)


TRANSITIONS = (
    _edge(
        "request_details",
        "Minta dilengkapi",
        (S.RECEIVED, S.UNDER_REVIEW),
        S.INCOMPLETE,
        DESK,
        guards.items_listed,
    ),
    _edge(
        "ask_missing",
        "Tanyakan yang kurang",
        S.RECEIVED,
        S.INCOMPLETE,
        SYSTEM,
        guards.items_listed,
        automatic=True,
    ),
    _edge("complete", "Kirim kelengkapan", S.INCOMPLETE, S.RECEIVED, REPORTER | DESK),
    _edge(
        "lapse", "Tutup karena tidak dilengkapi", S.INCOMPLETE, S.CLOSED_INCOMPLETE, SYSTEM, automatic=True
    ),
    _edge("take_up", "Mulai menelaah", S.RECEIVED, S.UNDER_REVIEW, REVIEW, primary=True),
    _edge("reject", "Tolak", (S.RECEIVED, S.UNDER_REVIEW), S.REJECTED, DESK, guards.two_reject),
    _edge("merge", "Gabungkan", (S.RECEIVED, S.UNDER_REVIEW), S.MERGED, DESK, guards.lead_is_open),
    _edge("unmerge", "Batalkan penggabungan", S.MERGED, BACK, DESK, guards.undo_in_time),
    _edge("withdraw", "Cabut laporan", BEFORE_ANSWER, S.WITHDRAWN, REPORTER),
    _edge(
        "forward",
        "Teruskan: bukan lingkungan hidup",
        S.UNDER_REVIEW,
        S.NOT_ENVIRONMENTAL,
        REVIEW,
        guards.passed_on,
        emits=("forwarding_letter",),
        basis=P22,
    ),  # fmt: skip
    _edge(
        "refer",
        "Limpahkan ke instansi berwenang",
        (S.UNDER_REVIEW, S.VERIFIED),
        S.REFERRED,
        HEAD,
        guards.passed_on,
        emits=("referral_letter", "referral_packet"),
        basis=P22,
    ),  # fmt: skip
    _edge("send_back", "Terima kembali", S.REFERRED, S.UNDER_REVIEW, REVIEW),
    _edge(
        "plan_verification",
        "Tugaskan tim",
        (S.UNDER_REVIEW, S.REOPENED),
        S.VERIFICATION_PLANNED,
        HEAD,
        guards.team_stands,
        emits=("task_letter",),
        basis=P22,
        primary=True,
    ),  # fmt: skip
    _edge(
        "arrive",
        "Catat tiba di lokasi",
        S.VERIFICATION_PLANNED,
        S.VERIFYING,
        INSPECT,
        guards.on_the_team,
        primary=True,
    ),
    _edge(
        "send_samples",
        "Kirim contoh ke laboratorium",
        S.VERIFYING,
        S.LAB_PENDING,
        INSPECT,
        guards.minutes_and_samples,
    ),
    _edge(
        "approve_report",
        "Setujui laporan verifikasi",
        (S.VERIFYING, S.LAB_PENDING),
        S.VERIFIED,
        HEAD,
        guards.report_stands,
        emits=("verification_report",),
        basis=P22,
        primary=True,
    ),  # fmt: skip
    _edge(
        "follow_up",
        "Tindak lanjuti",
        (S.VERIFIED, S.REOPENED),
        S.FOLLOW_UP,
        HEAD,
        guards.follow_ups_owned,
        primary=True,
    ),
    _edge(
        "answer",
        "Jawab pelapor",
        (S.UNDER_REVIEW, S.VERIFIED),
        S.ANSWERED,
        REVIEW | HEAD,
        guards.may_answer,
        emits=("answer_letter",),
    ),  # fmt: skip
    _edge(
        "resolve",
        "Nyatakan selesai",
        S.FOLLOW_UP,
        S.RESOLVED,
        REVIEW | HEAD,
        guards.may_resolve,
        emits=("answer_letter",),
        primary=True,
    ),  # fmt: skip
    _edge(
        "close_passed_on",
        "Tutup: sudah diteruskan",
        (S.NOT_ENVIRONMENTAL, S.REFERRED),
        S.CLOSED,
        REVIEW,
        guards.may_close,
    ),
    _edge("accept", "Terima jawaban", (S.ANSWERED, S.RESOLVED), S.CLOSED, REPORTER),
    _edge(
        "close_silent",
        "Tutup sesudah masa penilaian",
        (S.ANSWERED, S.RESOLVED),
        S.CLOSED,
        SYSTEM,
        automatic=True,
    ),
    _edge(
        "reopen",
        "Buka kembali",
        (S.ANSWERED, S.RESOLVED, S.CLOSED),
        S.REOPENED,
        REPORTER | DESK,
        guards.window_open,
    ),
    _edge("close_reopened", "Tutup lagi", S.REOPENED, S.CLOSED, REVIEW, guards.other_decider),
)

CLOCKS = (
    Clock("pickup", "Diambil petugas", (S.RECEIVED,), (S.UNDER_REVIEW, *ENDED)),
    Clock(
        "completion", "Pelapor melengkapi", (S.INCOMPLETE,), (S.RECEIVED, *ENDED), pauses=False, public=True
    ),
    Clock(
        "review",
        "Penelaahan",
        (S.RECEIVED, S.UNDER_REVIEW),
        (S.REFERRED, S.NOT_ENVIRONMENTAL, S.ANSWERED, S.VERIFICATION_PLANNED, *ENDED),
        public=True,
    ),  # fmt: skip
    Clock(
        "referral_silence", "Kabar dari instansi tujuan", (S.REFERRED,), (S.CLOSED, S.UNDER_REVIEW, *ENDED)
    ),
    Clock(
        "arrival",
        "Petugas tiba di lokasi",
        (S.VERIFICATION_PLANNED,),
        (S.VERIFYING, S.ANSWERED, S.REFERRED, S.NOT_ENVIRONMENTAL, *ENDED),
        early=(S.RECEIVED, S.INCOMPLETE, S.UNDER_REVIEW),
        public=True,
        restarts=True,
    ),
    Clock(
        "first_sample",
        "Contoh air pertama",
        (S.RECEIVED,),
        (S.VERIFIED, S.ANSWERED, S.REFERRED, S.NOT_ENVIRONMENTAL, *ENDED),
        pauses=False,
        applies=guards.river_case,
    ),  # fmt: skip
    Clock(
        "laboratory", "Hasil laboratorium", (S.LAB_PENDING,), (S.VERIFIED, *ENDED), pauses=False, public=True
    ),
    Clock(
        "report",
        "Laporan hasil verifikasi",
        (S.VERIFYING,),
        (S.LAB_PENDING, S.VERIFIED, *ENDED),
        restarts=True,
    ),
    Clock(
        "total",
        "Jawaban akhir",
        (S.RECEIVED, S.REOPENED, S.UNDER_REVIEW),
        (S.VERIFIED, S.ANSWERED, S.REFERRED, S.NOT_ENVIRONMENTAL, S.CLOSED, *ENDED),
        public=True,
        escalates=True,
    ),  # fmt: skip
    Clock(
        "feedback", "Pelapor menilai jawaban", (S.ANSWERED, S.RESOLVED), (S.CLOSED, S.REOPENED), pauses=False
    ),
    Clock(
        "reopen_decision",
        "Putusan atas pembukaan kembali",
        (S.REOPENED,),
        (S.VERIFICATION_PLANNED, S.FOLLOW_UP, S.CLOSED, *ENDED),
    ),  # fmt: skip
)

COMPLAINT = Workflow(
    code="complaints",
    label="Pengaduan kasus lingkungan",
    initial=S.RECEIVED,
    states=STATES,
    transitions=TRANSITIONS,
    clocks=CLOCKS,
)

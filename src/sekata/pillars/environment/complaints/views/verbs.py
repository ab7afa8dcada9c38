"""Every act an officer can do on one complaint: its form, its action, and the words around them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from sekata.lib.actor import Actor
from sekata.pillars.environment.complaints import actions
from sekata.pillars.environment.complaints.codes import END_STATES, StateCode
from sekata.pillars.environment.complaints.forms import field, officer, visits
from sekata.pillars.environment.complaints.forms.base import Confirm, VerbForm
from sekata.pillars.environment.complaints.models import Complaint
from sekata.pillars.environment.complaints.workflow import COMPLAINT

S = StateCode
LIVE = frozenset(S) - END_STATES - {S.MERGED}
HERE = LIVE - {S.ANSWERED, S.RESOLVED, S.NOT_ENVIRONMENTAL, S.REFERRED}
VISITED = frozenset({S.VERIFICATION_PLANNED, S.VERIFYING, S.LAB_PENDING})
ANY = frozenset(S)


@dataclass(frozen=True)
class Verb:
    """button: on the case page; asks: the question above the form; done: the toast.

    states: where it makes sense; needs: a further condition on the complaint; shows: template of what the act
    answers, once, instead of a toast; stops: drawn in the colour of an end.
    """

    form: type[VerbForm]
    act: Callable[..., object]
    button: object
    asks: object
    done: object
    states: frozenset[str] = LIVE
    submit: object = ""
    needs: Callable[[Complaint], bool] = lambda complaint: True
    shows: str = ""
    stops: bool = False

    def fits(self, complaint: Complaint) -> bool:
        return complaint.case.state in self.states and self.needs(complaint)

    def open_to(self, actor: Actor, complaint: Complaint) -> bool:
        return self.fits(complaint) and self.act.right.allows(actor, complaint)


def _edge(name: str, form: type[VerbForm], asks: object, done: object, **more: object) -> Verb:
    """A verb that moves the case: its button and states stand in the table."""
    edge = COMPLAINT.transition(name)
    given = {"act": getattr(actions, name), "button": edge.label, "states": frozenset(edge.source)} | more
    return Verb(form=form, asks=asks, done=done, **given)


def _visit_open(complaint: Complaint) -> bool:
    return getattr(complaint, "visit_open", True)


def _unproposed(complaint: Complaint) -> bool:
    return not complaint.rejection


def _proposed(complaint: Complaint) -> bool:
    return bool(complaint.rejection)


VERBS: dict[str, Verb] = {
    "call_back": Verb(
        form=officer.CallBack,
        act=actions.finish_call_back,
        button=_("Catat hasil telepon"),
        asks=_("Pelapor menilai rendah tanpa kata-kata. Apa katanya di telepon?"),
        done=_("Hasil telepon tercatat."),
        states=ANY,
        needs=lambda complaint: complaint.feedback.filter(
            sequel="call_back", call_back_done_at=None
        ).exists(),
    ),
    "second_line": Verb(
        form=officer.SecondLine,
        act=actions.second_line,
        button=_("Ajukan penegakan lini kedua"),
        asks=_("Ajukan kepada kementerian sebagai penegakan lini kedua (PP 22/2021)"),
        done=_("Eskalasi ke kementerian tercatat."),
        states=HERE,
        stops=True,
    ),
    "take_up": _edge(
        "take_up",
        Confirm,
        _("Mulai menelaah laporan ini?"),
        _("Anda memegang laporan ini. Batas penelaahan berjalan."),
        submit=_("Mulai menelaah"),
    ),
    "request_details": _edge(
        "request_details",
        officer.RequestDetails,
        _("Minta pelapor melengkapi"),
        _("Pelapor diminta melengkapi; batas hari kerja berhenti."),
        submit=_("Kirim permintaan"),
    ),
    "complete": _edge(
        "complete",
        officer.Complete,
        _("Catat kelengkapan dari pelapor"),
        _("Kelengkapan tercatat; batas waktu berjalan lagi."),
        button=_("Catat kelengkapan"),
        submit=_("Simpan"),
    ),
    "ask": Verb(
        officer.Ask,
        actions.ask,
        _("Tanya pelapor"),
        _("Tanya pelapor"),
        _("Pertanyaan terkirim."),
        submit=_("Kirim"),
    ),
    "set_facts": Verb(
        officer.Facts,
        actions.set_facts,
        _("Betulkan data"),
        _("Betulkan jenis, usaha, atau jangkauan"),
        _("Kewenangan dan prioritas dinilai ulang."),
        HERE,
        _("Simpan dan nilai ulang"),
    ),
    "override_authority": Verb(
        officer.Authority,
        actions.override_authority,
        _("Tetapkan kewenangan"),
        _("Tetapkan instansi yang berwenang"),
        _("Kewenangan ditetapkan."),
        HERE,
        _("Tetapkan"),
    ),
    "assign": Verb(
        officer.Assign,
        actions.assign,
        _("Tugaskan"),
        _("Tugaskan kepada"),
        _("Urusan berpindah tangan; batasnya tetap."),
        submit=_("Tugaskan"),
    ),
    "reject": _edge(
        "reject",
        officer.Reject,
        _("Usulkan penolakan"),
        _("Usul tercatat. Petugas kedua yang memutuskan."),
        act=actions.reject,
        needs=_unproposed,
        button=_("Usulkan ditolak"),
        submit=_("Usulkan"),
    ),
    "second_rejection": _edge(
        "reject",
        Confirm,
        _("Setujui penolakan?"),
        _("Laporan ditolak; pelapor menerima alasannya."),
        act=actions.second_rejection,
        needs=_proposed,
        button=_("Setujui penolakan"),
        stops=True,
        submit=_("Tolak laporan"),
    ),
    "unmerge": _edge(
        "unmerge",
        Confirm,
        _("Batalkan penggabungan?"),
        _("Laporan ditangani tersendiri lagi."),
        submit=_("Pisahkan lagi"),
    ),
    "forward": _edge(
        "forward",
        officer.Forward,
        _("Teruskan: bukan urusan lingkungan hidup"),
        _("Surat penerusan terbit."),
        button=_("Teruskan"),
        submit=_("Teruskan"),
    ),
    "refer": _edge(
        "refer",
        officer.Refer,
        _("Limpahkan ke instansi berwenang"),
        _("Surat pelimpahan terbit."),
        button=_("Limpahkan"),
        submit=_("Limpahkan"),
    ),
    "record_referral_result": Verb(
        officer.ReferralResult,
        actions.record_referral_result,
        _("Catat kabar instansi"),
        _("Apa kabar dari instansi tujuan?"),
        _("Kabar tercatat; pelapor dapat membacanya."),
        frozenset({S.REFERRED, S.NOT_ENVIRONMENTAL}),
        _("Simpan"),
    ),
    "send_back": _edge(
        "send_back",
        officer.SendBack,
        _("Instansi mengembalikan laporan"),
        _("Penelaahan dimulai lagi."),
        submit=_("Terima kembali"),
    ),
    "plan_verification": _edge(
        "plan_verification",
        field.Plan,
        _("Tugaskan tim ke lokasi"),
        _("Surat tugas terbit."),
        submit=_("Tugaskan tim"),
    ),
    "declare_conflict": Verb(
        field.Conflict,
        actions.declare_conflict,
        _("Nyatakan benturan kepentingan"),
        _("Nyatakan benturan kepentingan Anda"),
        _("Benturan kepentingan tercatat."),
        HERE,
        _("Nyatakan"),
    ),
    "arrive": _edge(
        "arrive",
        field.Arrive,
        _("Catat tiba di lokasi"),
        _("Kedatangan tercatat."),
        submit=_("Kami sudah tiba"),
    ),
    "take_sample": Verb(
        field.TakeSample,
        actions.take_sample,
        _("Ambil contoh"),
        _("Catat contoh"),
        _("Contoh tercatat."),
        HERE,
        _("Simpan contoh"),
    ),
    "hand_over": Verb(
        field.HandOver,
        actions.hand_over,
        _("Serahkan contoh"),
        _("Catat serah terima contoh"),
        _("Serah terima tercatat."),
        HERE,
        _("Simpan serah terima"),
        lambda complaint: bool(getattr(complaint, "samples_count", 1)),
    ),
    "record_minutes": Verb(
        field.RecordMinutes,
        actions.record_minutes,
        _("Buat berita acara"),
        _("Buat berita acara"),
        _("Berita acara tersimpan."),
        VISITED,
        _("Simpan berita acara"),
    ),
    "record_checklist": Verb(
        visits.Checklist,
        actions.record_checklist,
        _("Isi daftar periksa"),
        _("Daftar periksa kunjungan"),
        _("Daftar periksa tersimpan."),
        VISITED,
        _("Simpan daftar periksa"),
        _visit_open,
    ),
    "finish_visit": Verb(
        visits.Finish,
        actions.finish_visit,
        _("Nyatakan kunjungan selesai"),
        _("Kunjungan selesai"),
        _("Kunjungan selesai; batas laporan verifikasi berjalan."),
        VISITED,
        _("Kunjungan selesai"),
        _visit_open,
    ),
    "send_samples": _edge(
        "send_samples",
        field.SendSamples,
        _("Kirim contoh ke laboratorium"),
        _("Menunggu hasil laboratorium."),
        button=_("Kirim ke laboratorium"),
        submit=_("Kirim"),
    ),
    "record_results": Verb(
        field.Results,
        actions.record_results,
        _("Catat hasil lab"),
        _("Catat hasil laboratorium"),
        _("Hasil tercatat."),
        frozenset({S.VERIFYING, S.LAB_PENDING}),
        _("Simpan hasil"),
    ),
    "sign_report": Verb(
        field.SignReport,
        actions.sign_report,
        _("Tulis laporan"),
        _("Laporan hasil verifikasi"),
        _("Laporan Anda tandatangani; kepala bidang yang menyetujui."),
        frozenset({S.VERIFYING, S.LAB_PENDING}),
        _("Tanda tangani"),
    ),
    "approve_report": _edge(
        "approve_report",
        field.ApproveReport,
        _("Setujui laporan verifikasi?"),
        _("Laporan disetujui."),
        button=_("Setujui laporan"),
        submit=_("Setujui"),
    ),
    "follow_up": _edge(
        "follow_up",
        officer.FollowUpPlan,
        _("Rencanakan tindak lanjut"),
        _("Tindak lanjut tercatat."),
        states=frozenset({S.VERIFIED, S.REOPENED, S.FOLLOW_UP}),
        submit=_("Simpan"),
    ),
    "finish_follow_up": Verb(
        officer.FollowUpDone,
        actions.finish_follow_up,
        _("Catat tindak lanjut selesai"),
        _("Tindak lanjut mana yang selesai?"),
        _("Tindak lanjut selesai."),
        frozenset({S.FOLLOW_UP}),
        _("Simpan"),
    ),
    "answer": _edge(
        "answer",
        officer.Answer,
        _("Jawab pelapor"),
        _("Jawaban terkirim. Pelapor punya 14 hari untuk menilai."),
        submit=_("Kirim jawaban"),
    ),
    "resolve": _edge(
        "resolve",
        officer.Message,
        _("Nyatakan selesai"),
        _("Laporan selesai; pelapor diberi tahu."),
        submit=_("Nyatakan selesai"),
    ),
    "close_passed_on": _edge(
        "close_passed_on",
        officer.Message,
        _("Tutup: sudah diteruskan"),
        _("Laporan ditutup."),
        button=_("Tutup laporan"),
        submit=_("Tutup laporan"),
    ),
    "close_reopened": _edge(
        "close_reopened",
        officer.Message,
        _("Tutup lagi laporan ini"),
        _("Laporan ditutup lagi."),
        submit=_("Tutup lagi"),
    ),
    "reopen": _edge(
        "reopen",
        officer.Reopen,
        _("Buka kembali atas permintaan pelapor"),
        _("Laporan dibuka kembali; batas baru berjalan."),
        submit=_("Buka kembali"),
    ),
    "publish": Verb(
        officer.Publish,
        actions.publish,
        _("Atur tampilan umum"),
        _("Apa yang boleh dibaca umum?"),
        _("Tampilan umum tersimpan."),
        ANY,
        _("Simpan"),
    ),
    "check_blur": Verb(
        officer.BlurCheck,
        actions.check_blur,
        _("Periksa foto"),
        _("Bolehkah foto ini dilihat umum?"),
        _("Salinan foto tanpa data lokasi siap tampil."),
        ANY,
        _("Terbitkan salinan"),
    ),
    "attach": Verb(
        officer.Attach,
        actions.attach,
        _("Tambah bukti"),
        _("Tambah bukti"),
        _("Bukti tersimpan."),
        LIVE,
        _("Simpan bukti"),
    ),
    "open_identity": Verb(
        officer.OpenIdentity,
        actions.open_identity,
        _("Buka identitas"),
        _("Buka identitas pelapor"),
        "",
        ANY,
        _("Buka dan catat"),
        lambda complaint: bool(complaint.identity_id),
        "complaints/officer/identity.html",
    ),
}

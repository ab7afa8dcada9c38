"""The desk's questions: reviewing, passing on, assigning, answering, closing."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sekata.kernel.places import queries as places
from sekata.kernel.units import queries as units
from sekata.lib import clock
from sekata.pillars.environment.complaints.codes import Finding, FollowUpKind, RejectReason
from sekata.pillars.environment.complaints.forms.base import (
    SUFFIXES,
    VerbForm,
    accept_all,
    long_text,
)
from sekata.pillars.environment.complaints.models import Attachment, Complaint, FollowUp, Referral
from sekata.pillars.environment.complaints.queries import desk
from sekata.pillars.environment.complaints.queries.law import law
from sekata.web.forms import CardRadios, DateField, FilesField

FIRST_IN, LATER_IN = _("Diterima lebih dulu"), _("Diterima kemudian")
LATE_HINT = _("Hanya perlu bila batas meneruskan sudah lewat")
CROSSES = (
    ("", _("Di dalam kabupaten")),
    ("regency", _("Lintas kabupaten")),
    ("province", _("Lintas provinsi")),
)
FINDING_HINT = _("Kosongkan bila kesimpulan laporan verifikasi sudah ada")


class RequestDetails(VerbForm):
    missing = long_text(
        _("Apa yang perlu dilengkapi pelapor?"),
        hint=_("Pelapor membaca kalimat ini apa adanya. Batas waktu kita berhenti sampai ia menjawab."),
    )


class Ask(VerbForm):
    text = long_text(
        _("Apa yang ingin Anda tanyakan?"),
        hint=_(
            "Tampil di halaman lacak dan dikirim bila ada alamatnya. Tidak ada batas waktu yang berhenti."
        ),
    )


class Complete(VerbForm):
    answer = long_text(
        _("Keterangan dari pelapor"), hint=_("Tulis seperti yang disampaikan, tanpa nama dan nomor telepon.")
    )
    files = FilesField(label=_("Foto atau berkas"), required=False, kinds=SUFFIXES, max_mb=100)

    def given(self):
        anonymous = self.complaint.reporter_mode == "anonymous"
        return {
            "answer": self.cleaned_data["answer"],
            "files": accept_all(self.cleaned_data["files"], anonymous=anonymous),
        }


class Facts(VerbForm):
    service_code = forms.ChoiceField(label=_("Jenis pengaduan"))
    facility = forms.ChoiceField(
        label=_("Usaha yang diduga"),
        required=False,
        help_text=_("Rahasia sampai terbukti; tidak tampil kepada umum."),
    )
    crosses = forms.ChoiceField(
        label=_("Jangkauan dampak"), choices=CROSSES, required=False, widget=CardRadios
    )

    def prepare(self):
        self.fields["service_code"].choices = desk.kinds(self.complaint.case.received_at)
        known = [(f.code, f.name) for f in places.layer("facility") if f.code]
        self.fields["facility"].choices = [("", _("Belum diketahui")), *known]
        self.initial = {
            "service_code": self.complaint.service_code,
            "facility": self.complaint.facility,
            "crosses": self.complaint.attributes.get("CROSSES", ""),
        } | self.initial

    def given(self):
        told = self.cleaned_data
        service = law(self.complaint.case.received_at).services[told["service_code"]]
        attributes = {k: v for k, v in self.complaint.attributes.items() if k != "CROSSES"}
        attributes |= {"CROSSES": told["crosses"]} if told["crosses"] else {}
        changes = {
            "service_code": told["service_code"],
            "group": service["group"],
            "facility": told["facility"],
            "attributes": attributes,
        }
        return {"changes": changes}


class Authority(VerbForm):
    authority = forms.ChoiceField(label=_("Siapa yang berwenang?"))
    reason = long_text(
        _("Alasannya"), hint=_("Tersimpan bersama keputusan ini; hitungan ulang tidak mengubahnya."), rows=3
    )

    def prepare(self):
        rows = law(self.complaint.case.received_at).authorities
        self.fields["authority"].choices = [(key, row["name"]) for key, row in rows.items()]
        self.initial.setdefault("authority", self.complaint.competent_authority)


class Assign(VerbForm):
    holder = forms.TypedChoiceField(
        label=_("Siapa yang memegang urusan ini?"), coerce=int, widget=forms.RadioSelect
    )
    reason = forms.CharField(label=_("Catatan untuknya"), required=False, max_length=400)

    def prepare(self):
        self.fields["holder"].choices = desk.colleagues(self.complaint.case.unit_id)
        self.initial.setdefault("holder", self.complaint.case.holder_id)


class Reject(VerbForm):
    places = {"reason": "code"}
    code = forms.ChoiceField(label=_("Mengapa ditolak?"), choices=RejectReason.choices(), widget=CardRadios)


class Forward(VerbForm):
    places = {"reason": "late_reason", "authority": "unit"}
    unit = forms.ChoiceField(label=_("Kantor yang dituju"))
    text = long_text(
        _("Isi surat penerusan"), hint=_("Nama pelapor tidak ikut. Tembusan sampai ke pelapor."), rows=6
    )
    late_reason = forms.CharField(
        label=_("Sebab keterlambatan"), required=False, help_text=LATE_HINT, max_length=400
    )

    def prepare(self):
        rows = units.active(clock.today()).filter(kind__in=("office", "agency", "secretariat", "district"))
        mine = self.complaint.case.unit_id
        self.fields["unit"].choices = [(u.code, u.name) for u in rows.order_by("name") if u.pk != mine]


class Refer(VerbForm):
    places = {"reason": "late_reason"}
    text = long_text(
        _("Isi surat pelimpahan"), hint=_("Berkas kasus ikut terkirim, tanpa identitas pelapor."), rows=6
    )
    late_reason = forms.CharField(
        label=_("Sebab keterlambatan"), required=False, help_text=LATE_HINT, max_length=400
    )


class ReferralResult(VerbForm):
    referral = forms.TypedChoiceField(label=_("Pelimpahan"), coerce=int)
    acknowledged_only = forms.BooleanField(label=_("Baru tanda terima, belum ada hasil"), required=False)
    result = long_text(
        _("Hasil dari instansi tujuan"), hint=_("Pelapor membacanya di halaman lacak."), required=False
    )

    def prepare(self):
        rows = desk.referral_choices(self.complaint)
        self.fields["referral"].choices = rows
        if rows:
            self.initial.setdefault("referral", rows[-1][0])

    def given(self):
        told = dict(self.cleaned_data)
        told["referral"] = Referral.objects.get(pk=told["referral"], complaint=self.complaint)
        return told


class SendBack(VerbForm):
    reason = long_text(
        _("Mengapa dikembalikan?"), hint=_("Alasan dari instansi tujuan. Penelaahan mulai lagi."), rows=4
    )


class Message(VerbForm):
    """A message of substance to the reporter (R17)."""

    message = long_text(
        _("Pesan kepada pelapor"),
        hint=_(
            "Sebut apa yang dilakukan dan hasilnya, paling sedikit 80 huruf. Pelapor membacanya apa adanya."
        ),
        rows=7,
    )
    places = {"evidence": "message", "letter": "message"}


class Answer(Message):
    finding = forms.ChoiceField(
        label=_("Kesimpulan"), choices=Finding.choices(), required=False, widget=CardRadios
    )
    field_order = ("finding", "message")

    def prepare(self):
        self.fields["finding"].required = not self.complaint.finding
        if self.complaint.finding:
            self.fields["finding"].help_text = FINDING_HINT


class Reopen(VerbForm):
    text = long_text(
        _("Apa yang belum selesai?"), hint=_("Seperti disampaikan pelapor lewat telepon atau loket.")
    )


class FollowUpPlan(VerbForm):
    kind = forms.ChoiceField(label=_("Tindak lanjut"), choices=FollowUpKind.choices(), widget=CardRadios)
    text = long_text(_("Apa yang harus dilakukan?"), rows=4)
    owner = forms.ChoiceField(label=_("Kantor yang melakukan"))
    due = DateField(label=_("Paling lambat"), help_text=_("Misalnya 7 11 2026"), earliest=clock.today)

    def prepare(self):
        rows = units.active(clock.today()).order_by("name")
        self.fields["owner"].choices = [(unit.code, unit.name) for unit in rows]
        self.initial.setdefault("owner", self.complaint.case.unit.code)


class FollowUpDone(VerbForm):
    item = forms.TypedChoiceField(label=_("Tindak lanjut yang selesai"), coerce=int, widget=forms.RadioSelect)
    proof = long_text(
        _("Buktinya"), hint=_("Nomor berita acara, tanggal, atau apa yang dapat dilihat di lokasi."), rows=4
    )

    def prepare(self):
        rows = FollowUp.objects.filter(incident=self.complaint.incident_id, done_at=None).order_by("due")
        self.fields["item"].choices = [(one.pk, f"{one.get_kind_display()}: {one.text}") for one in rows]

    def given(self):
        item = FollowUp.objects.get(pk=self.cleaned_data["item"], incident=self.complaint.incident_id)
        return {"item": item, "proof": self.cleaned_data["proof"]}


class Publish(VerbForm):
    public_text = long_text(
        _("Kalimat untuk umum"),
        hint=_("Tanpa nama orang, usaha, dan alamat rumah. Hanya ini yang tampil di peta."),
        required=False,
    )
    published = forms.TypedChoiceField(
        label=_("Tampilkan kepada umum?"),
        choices=(("1", _("Ya, tampilkan")), ("0", _("Tidak"))),
        coerce=lambda value: value == "1",
        widget=CardRadios,
    )

    def prepare(self):
        self.initial = {
            "public_text": self.complaint.public_text, "published": "1" if self.complaint.published else "0",
        } | self.initial  # fmt: skip


class BlurCheck(VerbForm):
    """Vouch for one photograph."""

    attachment = forms.TypedChoiceField(label=_("Foto"), coerce=int, widget=forms.RadioSelect)
    faces = forms.BooleanField(label=_("Tidak ada wajah yang dapat dikenali"))
    plates = forms.BooleanField(label=_("Tidak ada pelat nomor atau tulisan nama yang terbaca"))

    def prepare(self):
        rows = Attachment.objects.filter(complaint=self.complaint, kind="photo", public_file=None).order_by(
            "pk"
        )
        self.fields["attachment"].choices = [(one.pk, one.name) for one in rows]

    def given(self):
        wanted = self.cleaned_data["attachment"]
        return {"attachment": Attachment.objects.get(pk=wanted, complaint=self.complaint)}


class Attach(VerbForm):
    files = FilesField(
        label=_("Foto, video, rekaman, atau PDF"),
        help_text=_("Aslinya tersimpan tanpa diubah. Foto sampai 15 MB, video sampai 100 MB."),
        kinds=SUFFIXES,
        max_mb=100,
    )

    def given(self):
        return {"files": accept_all(self.cleaned_data["files"])}


class OpenIdentity(VerbForm):
    purpose = long_text(
        _("Untuk apa Anda membuka identitas pelapor?"),
        hint=_("Alasan, nama Anda, dan waktunya tercatat dan dapat diperiksa. Identitas tampil satu kali."),
        rows=3,
    )


class EscalationAnswer(VerbForm):
    answer = long_text(
        _("Apa yang Anda putuskan?"),
        hint=_("Setiap tingkat wajib menjawab dengan tulisan. Pemegang urusan tidak berganti."),
    )


class MergeForm(VerbForm):
    """Which of the two leads."""

    lead = forms.ChoiceField(label=_("Laporan mana yang menjadi induk?"), widget=CardRadios)

    def offer(self, one: Complaint, other: Complaint) -> "MergeForm":
        first, second = sorted((one, other), key=lambda report: report.case.received_at)
        notes = {first.case.number: FIRST_IN, second.case.number: LATER_IN}
        self.fields["lead"].choices = [(number, number) for number in notes]
        self.fields["lead"].widget.hints = notes
        self.initial.setdefault("lead", first.case.number)
        return self


class CallBack(VerbForm):
    """What the reporter said on the telephone."""

    note = forms.CharField(
        label=_("Apa kata pelapor?"), max_length=1000, widget=forms.Textarea({"rows": 3, "class": "short"})
    )


class SecondLine(VerbForm):
    """Why the centre may step in."""

    reason = forms.CharField(
        label=_("Mengapa daerah sengaja tidak menjatuhkan sanksi?"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3, "class": "short"}),
    )

"""What papers say, gathered from the tables: the office and its head, letters of land by sets, every other letter."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.conf import settings
from django.db.models import QuerySet, Sum

from sekata.kernel.documents.paper import Office, Signer
from sekata.kernel.people import queries as people
from sekata.kernel.units import queries as units
from sekata.lib.money import shown
from sekata.lib.numbers import nop
from sekata.pillars.economy.tax.codes import (
    Acquisition,
    AssessmentKind,
    AssessmentState,
    CollectionState,
    Ground,
    TransferState,
)
from sekata.pillars.economy.tax.documents.values import Debt, LandLetter, LandPart, Letter, Listing, percent
from sekata.pillars.economy.tax.models import Assessment, CollectionAct, Receipt, Transfer
from sekata.pillars.economy.tax.queries.law import Law, law_of_year
from sekata.pillars.economy.tax.queries.owing import owed
from sekata.pillars.economy.tax.rules.books import book
from sekata.web import words

UNIT, SEAT, GOVERNMENT = "bapenda", "Pangkalan Kerinci", "Pemerintah Kabupaten Pelalawan"
NAMES = {
    AssessmentKind.SKPD: "Surat Ketetapan Pajak Daerah",
    AssessmentKind.SKPDKB: "Surat Ketetapan Pajak Daerah Kurang Bayar",
    AssessmentKind.SKPDKBT: "Surat Ketetapan Pajak Daerah Kurang Bayar Tambahan",
    AssessmentKind.SKPDLB: "Surat Ketetapan Pajak Daerah Lebih Bayar",
    AssessmentKind.SKPDN: "Surat Ketetapan Pajak Daerah Nihil",
    AssessmentKind.STPD: "Surat Tagihan Pajak Daerah",
}
NEVER_PRINTED = (AssessmentState.DRAFT, AssessmentState.APPROVED)


def office() -> Office:
    """The revenue office as it stands on its letters."""
    unit = units.by_code(UNIT)
    return Office(GOVERNMENT, unit.name, unit.address, SEAT, unit.contact)


def head(on: date) -> Signer:
    """Who signs for the office on a day: its head, with the post held then; without one a line to sign on."""
    holders = people.holders("tax_head", units.by_code(UNIT).pk, on)
    if not holders:
        return Signer("................................", "Kepala Badan Pendapatan Daerah")
    block = people.signature(holders[0], on)
    return Signer(
        block.name, block.post or "Kepala Badan Pendapatan Daerah", block.number, acting=block.acting
    )


def address(path: str) -> str:
    """A path of this house as people type it from paper."""
    return f"{settings.SEKATA.public_address.rstrip('/')}{path}"


def check_url(code: str) -> str:
    """Where a document with that code is checked."""
    return address(f"/periksa/{code}/")


@dataclass(frozen=True)
class _Year:
    """What all letters of one tax year share: read once, not once a letter."""

    year: int

    @cached_property
    def law(self) -> Law:
        return law_of_year(self.year)

    @cached_property
    def classes(self) -> dict[str, dict[int, str]]:
        return {
            kind: {one.value: one.code for one in self.law.value_classes(kind)}
            for kind in ("land", "building")
        }

    @cached_property
    def books(self) -> dict[str, dict]:
        return self.law.table("book")

    @cached_property
    def late(self) -> str:
        return percent(self.law.late.rate)


def land_letters(ids: Sequence[int]) -> Iterator[tuple[int, LandLetter]]:
    """SPPT by their keys, in that order, in a fixed number of statements."""
    rows = Assessment.objects.select_related("land", "version", "taxpayer").prefetch_related(
        "version__buildings"
    )
    found, years = rows.in_bulk(ids), {}
    for pk in ids:
        letter = found[pk]
        year = years.setdefault(letter.tax_year, _Year(letter.tax_year))
        yield pk, _land_letter(letter, year)


def _land_letter(letter: Assessment, year: _Year) -> LandLetter:
    areas = units.areas()
    village = areas.get(letter.land.village_code)
    district = areas.get(village.parent_id) if village else None
    return LandLetter(
        number=letter.number,
        nop=str(nop.Nop(letter.land.nop)),
        year=letter.tax_year,
        book=book(letter.principal, year.books),
        name=letter.taxpayer.name,
        npwpd=letter.taxpayer.npwpd,
        address=letter.taxpayer.address,
        place=letter.version.address,
        village=village.name if village else "",
        district=district.name if district else "",
        parts=tuple(_parts(letter, year)),
        value=letter.base,
        deduction=letter.deduction,
        share=letter.share,
        rate=letter.rate,
        tax=letter.total,
        due_on=letter.due_on,
        late=year.late,
        pay_address=address("/pajak/").removeprefix("https://").removeprefix("http://"),
    )


def _parts(letter: Assessment, year: _Year) -> Iterator[LandPart]:
    yield _part("Bumi", letter.version.land_area, letter.land_value or 0, year.classes["land"])
    area = sum(one.area for one in letter.version.buildings.all())
    if area:
        yield _part("Bangunan", area, letter.building_value or 0, year.classes["building"])


def _part(label: str, area: int, value: int, classes: dict[int, str]) -> LandPart:
    per_metre = value // area if area else 0
    return LandPart(label, area, classes.get(per_metre, "–"), per_metre, value)


def unprinted(batch: int) -> list[int]:
    """Keys of the valid SPPT of a batch that are not on paper yet, by object; a letter of nil is not printed."""
    return list(_unprinted(batch).order_by("land_id").values_list("pk", flat=True))


def unprinted_count(batch: int) -> int:
    """How many they are."""
    return _unprinted(batch).count()


def _unprinted(batch: int) -> QuerySet[Assessment]:
    rows = Assessment.objects.filter(batch=batch, document=None, principal__gt=0)
    return rows.exclude(state=AssessmentState.CANCELLED)


def letter_paper(letter: Assessment) -> Letter:
    """An assessment other than an SPPT as printed."""
    about = [
        ("Wajib pajak", letter.taxpayer.name),
        ("NPWPD", letter.taxpayer.npwpd),
        ("Alamat", letter.taxpayer.address),
        ("Jenis pajak", letter.get_tax_type_display()),
        ("Objek", _object_words(letter)),
        ("Masa atau tahun", letter.period or str(letter.tax_year)),
        ("Dasar penetapan", Ground(letter.ground).label if letter.ground else ""),
    ]
    back = letter.kind == AssessmentKind.SKPDLB
    amount = letter.facts.get("refund", 0) if back else letter.total
    due = f"Bayar paling lambat {words.long_date(letter.due_on)}." if letter.due_on and not back else ""
    notes = [due, letter.reason, "Keberatan dapat diajukan paling lama tiga bulan sejak surat ini dikirim."]
    return Letter(
        name=NAMES[AssessmentKind(letter.kind)],
        number=letter.number,
        about=about,
        steps=[(label, shown(value)) for label, value in _steps(letter)],
        amount=amount,
        sum_label="Jumlah yang dikembalikan" if back else "Jumlah yang harus dibayar",
        notes=tuple(filter(None, notes)),
    )


def _object_words(letter: Assessment) -> str:
    if letter.land:
        return f"NOP {nop.Nop(letter.land.nop)}"
    return f"{letter.object.name} ({letter.object.number})" if letter.object else ""


def _steps(letter: Assessment) -> Iterator[tuple[str, int]]:
    yield "Dasar pengenaan", letter.base
    yield f"Pokok pajak, tarif {percent(letter.rate)}", letter.principal
    for label, amount in (
        ("Opsen provinsi", letter.surcharge),
        ("Bunga", letter.interest),
        ("Kenaikan", letter.increase),
        ("Denda", letter.fine),
        ("Pengurangan", -letter.credit),
    ):
        if amount:
            yield label, amount


def transfer_paper(made: Transfer) -> tuple[Letter, str]:
    """An SSPD-BPHTB as printed, and the sentence about its validation. NIKs stay in the vault."""
    about = [
        ("NOP", str(nop.Nop(made.land.nop))),
        ("Cara perolehan", Acquisition(made.code).label),
        ("Pembeli atau penerima", made.buyer_name),
        ("Penjual atau pewaris", made.seller_name),
        (
            "Luas tanah dan bangunan",
            f"{words.number(made.land_area)} m² dan {words.number(made.building_area)} m²",
        ),
        ("Sertipikat", made.certificate),
        ("PPAT", made.ppat.full_name if made.ppat else ""),
        ("NTPD", made.ntpd),
    ]
    steps = [
        ("Harga atau nilai pasar", shown(made.price) if made.price is not None else "–"),
        (f"NJOP PBB {made.land_value_year}", shown(made.land_value)),
        ("Nilai perolehan objek pajak (NPOP)", shown(made.base)),
        ("NPOP tidak kena pajak (NPOPTKP)", shown(made.deduction)),
        (f"BPHTB terutang, tarif {percent(made.rate)}", shown(made.duty)),
    ]
    validated = made.validated_at and words.long_date(made.validated_at)
    status = f"Tervalidasi {validated}." if validated else "Belum tervalidasi; akta belum boleh dibuat."
    return Letter("SSPD-BPHTB", made.number, about, steps, made.duty), status


def is_validated(made: Transfer) -> bool:
    """Whether a duty's paper stands for good."""
    return made.case.state in (TransferState.VALIDATED, TransferState.USED, TransferState.REGISTERED)


def act_of(number: str) -> CollectionAct | None:
    """The act of collection with that number."""
    rows = CollectionAct.objects.select_related("collection__assessment__taxpayer")
    return rows.filter(number=number).first()


WORDS = {
    CollectionState.WARNED: (
        "Surat Teguran",
        (
            "Menurut catatan kami ketetapan di atas belum dibayar sesudah jatuh temponya.",
            "Bayarlah sebelum lewat dua puluh satu hari sejak surat ini disampaikan. Sesudahnya penagihan "
            "dilanjutkan dengan Surat Paksa (UU 19/1997 jo. UU 19/2000). Sudah membayar? Tunjukkan SSPD Anda.",
        ),
    ),
    CollectionState.FORCED: (
        "Surat Paksa",
        (
            "Memerintahkan penanggung pajak membayar ketetapan di atas ke kas daerah dalam waktu dua kali dua puluh "
            "empat jam sejak surat ini diberitahukan.",
            "Memerintahkan juru sita pajak melaksanakan surat ini, atau meneruskannya dengan penyitaan barang "
            "penanggung pajak bila dalam waktu itu tidak dibayar (UU 19/1997 jo. UU 19/2000).",
        ),
    ),
    CollectionState.SEIZED: (
        "Surat Perintah Melaksanakan Penyitaan",
        (
            "Memerintahkan juru sita pajak menyita barang milik penanggung pajak untuk melunasi ketetapan di atas.",
        ),
    ),
    CollectionState.ANNOUNCED: (
        "Pengumuman Lelang",
        ("Barang yang telah disita akan dijual lewat lelang bila ketetapan di atas tidak dilunasi.",),
    ),
    CollectionState.AUCTIONED: (
        "Risalah Penjualan Lelang",
        ("Barang yang disita telah dijual; hasilnya diperhitungkan dengan ketetapan di atas.",),
    ),
}


@dataclass(frozen=True)
class Demand:
    """An act of collection as printed."""

    name: str
    number: str
    about: tuple[tuple[str, str], ...]
    debts: tuple[Debt, ...]
    text: tuple[str, ...]
    oath: bool


def demand(act: CollectionAct) -> Demand:
    """A warning, a Surat Paksa and what follows them, with what the debt cost on the day it was served."""
    letter = act.collection.assessment
    name, text = WORDS[CollectionState(act.kind)]
    now = owed(letter, act.served_on)
    about = (
        ("Penanggung pajak", letter.taxpayer.name),
        ("NPWPD", letter.taxpayer.npwpd),
        ("Alamat", letter.taxpayer.address),
        ("Disampaikan", words.date_time(act.served_at) if act.served_at else words.long_date(act.served_on)),
    )
    kind = f"{letter.get_kind_display()} {letter.number}"
    debts = (Debt(kind, letter.due_on, letter.principal, now.total),)
    return Demand(name, act.number, about, debts, text, act.kind == CollectionState.FORCED)


def village_paper(village: str, name: str, year: int) -> Listing:
    """DHKP: every valid letter of a village and year."""
    rows = Assessment.objects.select_related("taxpayer", "land", "version").filter(
        kind=AssessmentKind.SPPT, tax_year=year, land__village_code=village
    )
    letters = list(rows.exclude(state=AssessmentState.CANCELLED).order_by("land__nop"))
    lines = [
        (
            str(nop.Nop(one.land.nop)),
            one.taxpayer.name,
            one.version.address,
            words.number(one.base),
            words.number(one.total),
            words.number(one.paid),
            one.get_state_display(),
        )
        for one in letters
    ]
    total, paid = sum(one.total for one in letters), sum(one.paid for one in letters)
    return Listing(
        name="Daftar Himpunan Ketetapan dan Pembayaran",
        subject=f"PBB-P2 {year}, {name}",
        heads=("NOP", "Wajib pajak", "Letak objek", "NJOP", "Ketetapan", "Dibayar", "Keadaan"),
        widths=(47, 0, 0, 30, 26, 26, 26),
        right=(3, 4, 5),
        rows=lines,
        sums=(
            ("Objek", words.number(len(letters))),
            ("Ketetapan", shown(total)),
            ("Dibayar", shown(paid)),
            ("Sisa", shown(total - paid)),
        ),
    )


def month_paper(rows: Iterable[tuple[str, int, int, int, int]], period: str) -> Listing:
    """The month's revenue report: (tax, month, year so far, target, penalty of the month)."""
    lines, sums = [], [0, 0, 0, 0]
    for tax, month, so_far, target, penalty in rows:
        share = f"{100 * so_far / target:.1f} %".replace(".", ",") if target else "–"
        lines.append((tax, *map(words.number, (month, penalty, so_far, target)), share))
        sums = [a + b for a, b in zip(sums, (month, penalty, so_far, target), strict=True)]
    return Listing(
        name="Laporan Penerimaan Pajak Daerah",
        subject=f"Bulan {period}",
        heads=(
            "Jenis pajak",
            "Bulan ini",
            "Termasuk denda",
            "Sampai bulan ini",
            "Target setahun",
            "Realisasi",
        ),
        widths=(0, 36, 32, 36, 36, 24),
        right=(1, 2, 3, 4, 5),
        rows=lines,
        sums=(
            ("Bulan ini", shown(sums[0])),
            ("Sampai bulan ini", shown(sums[2])),
            ("Target setahun", shown(sums[3])),
        ),
    )


def penalties(start: date, end: date) -> dict[str, int]:
    """Tax -> rupiah of penalties among the receipts between two days."""
    rows = Receipt.objects.filter(on__range=(start, end)).values_list("tax_type")
    return dict(rows.annotate(total=Sum("penalty")).order_by())


def printable(letter: Assessment) -> bool:
    """Whether a letter has been issued, so that it may be put on paper."""
    return letter.state not in NEVER_PRINTED

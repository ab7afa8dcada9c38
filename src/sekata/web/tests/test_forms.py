from datetime import date
from decimal import Decimal

import pytest
from django import forms as django_forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from sekata.web import forms

pytestmark = pytest.mark.usefixtures("indonesian")


class Birth(forms.Form):
    lahir = forms.DateField(label="Tanggal lahir", latest=lambda: date(2026, 11, 18))


def birth(day="", month="", year=""):
    return Birth({"lahir_hari": day, "lahir_bulan": month, "lahir_tahun": year})


@pytest.mark.parametrize("month", ["11", "November", "nov", "Nopember"])
def test_date_boxes_take_month_names(month):
    form = birth("7", month, "2026")
    assert form.is_valid()
    assert form.cleaned_data["lahir"] == date(2026, 11, 7)


@pytest.mark.parametrize(
    ("boxes", "said"),
    [
        (("", "", ""), "Isi tanggal lahir"),
        (("7", "", "2026"), "Lengkapi bulan"),
        (("", "", "2026"), "Lengkapi hari dan bulan"),
        (("32", "1", "2026"), "Hari harus angka 1 sampai 31; yang Anda tulis “32”"),
        (("7", "13", "2026"), "Bulan harus angka 1 sampai 12 atau namanya; yang Anda tulis “13”"),
        (("7", "11", "26"), "Tahun harus 4 angka, misalnya 2026; yang Anda tulis “26”"),
        (("31", "2", "2026"), "Tanggal 31 Februari 2026 tidak ada di kalender"),
        (("19", "11", "2026"), "Paling lambat Rabu, 18 November 2026"),
    ],
)
def test_date_boxes_say_which_part_is_wrong(boxes, said):
    assert birth(*boxes).errors["lahir"] == [said]


def test_date_boxes_take_one_iso_date():
    assert Birth({"lahir": "2026-11-07"}).is_valid()
    assert not Birth({"lahir": "kemarin"}).is_valid()


def test_date_boxes_show_what_was_typed_and_what_was_kept():
    assert 'value="Pebruari"' in str(birth("1", "Pebruari", "2026")["lahir"])
    assert 'value="1990"' in str(Birth(initial={"lahir": date(1990, 5, 2)})["lahir"])


class Everything(forms.Form):
    nama = django_forms.CharField(label="Nama usaha", max_length=5)
    jenis = django_forms.ChoiceField(label="Jenis usaha", choices=[("a", "A")])
    setuju = django_forms.BooleanField(label="Saya setuju")
    surel = django_forms.EmailField(label="Email")
    umur = django_forms.IntegerField(label="Umur", max_value=120)
    sendiri = django_forms.CharField(label="X", error_messages={"required": "Kata sendiri"})


def test_sentences_are_ours():
    errors = Everything({}).errors
    assert errors["nama"] == ["Isi nama usaha"]
    assert errors["jenis"] == ["Pilih jenis usaha"]
    assert errors["setuju"] == ["Centang “Saya setuju” untuk melanjutkan"]
    assert errors["sendiri"] == ["Kata sendiri"]


def test_sentences_about_wrong_content():
    given = {
        "nama": "terlalu panjang",
        "jenis": "z",
        "surel": "x",
        "umur": "dua",
        "setuju": "on",
        "sendiri": "x",
    }
    errors = Everything(given).errors
    assert errors["nama"] == ["Paling banyak 5 huruf; yang Anda tulis 15"]
    assert errors["jenis"] == ["Pilih salah satu dari daftar"]
    assert errors["surel"] == ["Tulis alamat email lengkap, misalnya nama@contoh.id"]
    assert errors["umur"] == ["Tulis angka bulat, misalnya 12"]
    assert Everything({**given, "umur": "200"}).errors["umur"] == ["Paling besar 120"]


class Money(forms.Form):
    harga = forms.RupiahField(label="Harga")
    luas = forms.NumberField(label="Luas", unit="hektare")


@pytest.mark.parametrize("typed", ["1284500", "1.284.500", "Rp 1.284.500", "Rp1.284.500,00"])
def test_rupiah_field(typed):
    form = Money({"harga": typed, "luas": "1,5"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"harga": 1284500, "luas": Decimal("1.5")}


def test_rupiah_field_refuses_fractions_and_debts():
    assert Money({"harga": "12,5", "luas": "1"}).errors["harga"]
    assert Money({"harga": "-5", "luas": "1"}).errors["harga"] == ["Paling kecil 0"]


class Photos(forms.Form):
    foto = forms.FilesField(label="Foto", max_files=2, max_mb=1, kinds=forms.PHOTOS, required=False)


def photos(*names, size=3):
    uploads = [SimpleUploadedFile(name, b"x" * size) for name in names]
    return Photos({}, MultiValueDict({"foto": uploads}))


def test_files_field():
    form = photos("a.jpg", "b.HEIC")
    assert form.is_valid()
    assert [upload.name for upload in form.cleaned_data["foto"]] == ["a.jpg", "b.HEIC"]
    assert photos().is_valid()


def test_files_field_names_the_file_and_the_limit():
    assert photos("catatan.exe").errors["foto"] == [
        "“catatan.exe” tidak dapat kami terima. Pilih berkas JPG, PNG, WEBP, atau HEIC"
    ]
    assert photos("a.jpg", "b.jpg", "c.jpg").errors["foto"] == ["Paling banyak 2 berkas; yang Anda pilih 3"]
    assert photos("a.jpg", size=1_200_000).errors["foto"] == ["“a.jpg” berukuran 1,2 MB; paling besar 1 MB"]


def test_data_list_proposes():
    class Village(forms.Form):
        desa = django_forms.CharField(widget=forms.DataListInput(options=lambda: ["Segati", "Sotol"]))

    drawn = str(Village()["desa"])
    assert 'list="id_desa_list"' in drawn
    assert '<option value="Segati">' in drawn

from datetime import UTC, datetime, timedelta

import pytest
from django.template import Context, Template
from django.utils import translation

from sekata.lib import clock
from sekata.lib.result import Reason
from sekata.web import samples
from sekata.web.components import errors

NOW = datetime(2026, 11, 18, 2, 42, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("indonesian")


def draw(source: str, **context) -> str:
    return Template("{% load sekata %}" + source).render(Context(context))


def test_error_summary_leads_to_the_fields():
    drawn = draw("{% error_summary form %}", form=samples.filled_form())
    assert "Ada empat hal yang perlu dibetulkan" in drawn
    assert 'href="#id_nik"' in drawn
    assert 'href="#id_lahir_0"' in drawn
    assert 'role="alert"' in drawn


def test_error_summary_takes_reasons():
    reasons = [Reason("late", "Sudah lewat waktunya")]
    assert "Ada satu hal yang perlu dibetulkan" in draw("{% error_summary reasons %}", reasons=reasons)
    lines = errors.error_lines(samples.filled_form(), [Reason("x", "Salah", "nik")])
    assert lines[-1].target == "id_nik"


def test_error_summary_of_a_good_form_is_empty():
    assert draw("{% error_summary form reasons %}").strip() == ""


def test_a_field_is_wired():
    drawn = draw("{% field form.nik %}", form=samples.filled_form())
    assert 'aria-describedby="id_nik_hint id_nik_error"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert '<label for="id_nik"' in drawn
    assert drawn.index("NIK harus 16 angka") < drawn.index("<input")


def test_choices_are_a_fieldset_with_cards():
    drawn = draw("{% field form.nama_terbuka %}", form=samples.filled_form())
    assert "<legend" in drawn
    assert drawn.count('class="choice card"') == 3
    assert "Hanya dua petugas yang dapat membukanya" in drawn


def test_every_id_is_used_once():
    drawn = draw("{% form_fields form %}", form=samples.filled_form())
    found = [part.split('"')[0] for part in drawn.split(' id="')[1:]]
    assert len(found) == len(set(found))


def test_clock_badge():
    assert 'stroke-dasharray="72 100"' in draw(
        "{% clock_badge c %}", c={"state": "green", "words": "x", "percent": 72}
    )
    assert "clock late" in draw("{% clock_badge c %}", c={"state": "red", "words": "lewat", "percent": 0})


def test_notice_and_tags():
    assert 'class="notice bad-n"' in draw('{% notice "bad" %}Awas{% endnotice %}')
    assert 'class="tag ok"' in draw('{% tag_badge "Selesai" "ok" %}')
    assert "&lt;b&gt;" in draw("{% tag_badge label %}", label="<b>")


def test_filters():
    assert draw("{{ 1284500|rupiah }} {{ 150000|number_id }}") == "Rp1.284.500 150.000"
    with clock.frozen(NOW):
        assert draw("{{ d|due_words }}", d=NOW + timedelta(days=10)) == "10 hari lagi"
    with translation.override("en"):
        assert draw("{{ d|tanggal }}", d=NOW) == "Wednesday, 18 November 2026"


def test_nothing_is_shown_for_nothing():
    assert (
        draw("{{ missing|tanggal }}{{ missing|number_id }}{{ missing|due_words }}{{ missing|hours_words }}")
        == ""
    )


def test_progress_and_pager():
    assert "langkah 2 dari 4" in draw("{% progress_steps 2 4 'Lapor' %}")
    assert "langkah terakhir" in draw("{% progress_steps 4 4 %}")
    assert 'rel="next"' in draw("{% pager next_url='?sesudah=1' %}")
    assert draw("{% pager %}").strip() == ""

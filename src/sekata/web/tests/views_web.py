"""Pages that only the tests and our eyes visit: one of each frame."""

from django.http import HttpResponseRedirect
from django.shortcuts import render

from sekata.web import samples

BACK = {"back_url": "/", "lede": "Kalau tidak tahu persis, cukup nama desanya."}


def question(request):
    """A question page; a village that begins with S is taken, any other answer comes back with its faults."""
    if request.method == "POST" and request.POST.get("desa", "").startswith("S"):
        return HttpResponseRedirect("/luring/")
    steps = {"step": 2, "steps_total": 4, "progress_label": "Laporkan masalah lingkungan"}
    form = samples.filled_form() if request.method == "POST" or "isi" in request.GET else samples.SampleForm()
    context = {"form": form, "heading": "Di mana kejadiannya?", "can_save": True, "offline_version": "1"}
    return render(
        request, "web/question.html", {**BACK, **steps, **context}, status=422 if form.is_bound else 200
    )


def desk(request):
    """An officer's page."""
    return render(request, "web/desk.html", {"crumbs": [{"label": "Kotak masuk", "url": "/"}]})


def paper(request):
    """An empty sheet."""
    return render(
        request, "web/paper.html", {"heading": "Tanda terima", "download_url": "#", "back_url": "/"}
    )


def error(request, code: int):
    """One of the error pages."""
    return render(request, f"{code}.html", status=code)

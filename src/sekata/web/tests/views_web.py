"""Pages that only the tests and our eyes visit: one of each frame."""

from django.shortcuts import render

from sekata.web import samples

BACK = {"back_url": "/", "lede": "Kalau tidak tahu persis, cukup nama desanya."}


def question(request):
    """A question page after a bad answer."""
    steps = {"step": 2, "steps_total": 4, "progress_label": "Laporkan masalah lingkungan"}
    context = {"form": samples.filled_form(), "heading": "Di mana kejadiannya?", "can_save": True}
    return render(request, "web/question.html", {**BACK, **steps, **context, "offline_version": "1"})


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

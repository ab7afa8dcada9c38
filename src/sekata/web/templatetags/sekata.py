"""The tag library of every page (a template builtin): components, forms, charts and plain formatting.

Each tag draws one partial of `web/tags/`; what it does is in `sekata.web.components`.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from django import template
from django.template import Context
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from sekata.lib import clock
from sekata.web import words
from sekata.web.components import clocks, errors, fields, icons

register = template.Library()


def _lang() -> str:
    return words.language(get_language())


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """A lucide icon: {% icon "map-pin" %}, {% icon "inbox" "xl" %}."""
    return icons.icon(str(name), str(size))


@register.simple_tag
def sign(pillar: str) -> SafeString:
    """The rhombus of a pillar: {% sign "environment" %}."""
    return icons.sign(pillar)


@register.simple_tag
def mark() -> SafeString:
    """Sekata's mark."""
    return icons.partial("mark")


@register.simple_tag
def bono() -> SafeString:
    """The seven waves; once, on the start page."""
    return icons.partial("bono")


@register.inclusion_tag("web/tags/clock_badge.html")
def clock_badge(clock: object) -> dict[str, object]:
    """The badge of a limit: anything with state, words and percent."""
    return clocks.badge_context(clock)


@register.inclusion_tag("web/tags/tag_badge.html")
def tag_badge(label: str, tone: str = "", icon: str = "") -> dict[str, object]:
    """A state in a word. tone: "", ok, warn, bad or none; ok carries a tick unless another icon is named."""
    classes = {"bad": "bad-t", "info": ""}.get(tone, tone)
    return {"label": label, "tone": classes, "icon": icon or ("check" if tone == "ok" else "")}


@register.inclusion_tag("web/field.html")
def field(bound, label: str = "", hint: str = "", big: bool = False) -> dict[str, object]:
    """A bound field in our look: {% field form.nik %}; big=True makes its label the page's question."""
    return fields.field_context(bound, big=big, label=label, hint=hint)


@register.inclusion_tag("web/tags/form_fields.html")
def form_fields(form) -> dict[str, object]:
    """All fields of a form, hidden ones too."""
    return {"fields": list(form)}


@register.inclusion_tag("web/tags/error_summary.html")
def error_summary(*sources: object) -> dict[str, object]:
    """What has to be put right: {% error_summary form %}, {% error_summary form reasons %}; else nothing."""
    lines = errors.error_lines(*sources)
    return {"lines": lines, "heading": errors.heading(len(lines)) if lines else ""}


@register.inclusion_tag("web/tags/summary_list.html")
def summary_list(rows: Iterable[Mapping[str, object]]) -> dict[str, object]:
    """Answers to check: rows of {label, value, soft, url, change}."""
    return {"rows": rows}


@register.inclusion_tag("web/tags/timeline.html")
def timeline(steps: Iterable[Mapping[str, object]], small: bool = False, level: int = 3) -> dict[str, object]:
    """The way of a case: steps of {title, when, text, state: done|now|next}."""
    return {"steps": steps, "small": small, "heading": f"h{level}"}


@register.inclusion_tag("web/tags/steps.html")
def steps(items: Iterable[object], level: int = 3) -> dict[str, object]:
    """Numbered steps: items of {title, text} or (title, text)."""
    pairs = [(item["title"], item.get("text", "")) if isinstance(item, Mapping) else item for item in items]
    return {"items": pairs, "heading": f"h{level}"}


@register.inclusion_tag("web/tags/pager.html")
def pager(next_url: str = "", first_url: str = "", words: str = "", label: str = "") -> dict[str, object]:
    """Keyset paging: forward, back to the first page, and how much there is ("Baris 1–50 dari lebih 500")."""
    return {"next_url": next_url, "first_url": first_url, "words": words, "label": label}


@register.inclusion_tag("web/tags/empty_state.html")
def empty_state(
    title: str, text: str = "", url: str = "", label: str = "", icon: str = "inbox", level: int = 3
) -> dict[str, object]:
    """Nothing here - and what can be done now."""
    return {"title": title, "text": text, "url": url, "label": label, "icon": icon, "heading": f"h{level}"}


@register.inclusion_tag("web/tags/progress_steps.html")
def progress_steps(current: int, total: int, label: str = "") -> dict[str, object]:
    """Where one is in a form: {% progress_steps 2 4 "Laporkan masalah" %}."""
    current, total = int(current), int(total)
    states = ["done" if step < current else "now" if step == current else "" for step in range(1, total + 1)]
    return {"current": current, "total": total, "label": label, "states": states, "last": current == total}


@register.inclusion_tag("web/tags/progress_bar.html")
def progress_bar(done: int, total: int, label: str, id: str = "kemajuan") -> dict[str, object]:
    """Long work: how much is done and about how much is left (in `label`)."""
    return {"done": done, "total": total, "label": label, "id": id}


@register.inclusion_tag("web/tags/who.html")
def who(name: str, *parts: str) -> dict[str, object]:
    """A person without a photograph: name, post, unit."""
    return {"name": name, "parts": [part for part in parts if part]}


@register.inclusion_tag("web/tags/crumbs.html")
def crumbs(trail: Iterable[Mapping[str, str]]) -> dict[str, object]:
    """The way back: items of {label, url}."""
    return {"trail": trail}


@register.inclusion_tag("web/tags/chart.html")
def chart(chart, caption: bool = True, table: bool = True) -> dict[str, object]:
    """A chart of `sekata.web.charts` with its twin table."""
    return {"chart": chart, "caption": caption, "table": table}


@register.inclusion_tag("web/tags/map_with_list.html")
def map_with_list(view, heading: str = "") -> dict[str, object]:
    """A map of `sekata.web.maps` with its twin list."""
    return {"map": view, "heading": heading}


@register.simple_block_tag(end_name="endnotice")
def notice(content: str, tone: str = "", icon: str = "") -> SafeString:
    """Words in a box: {% notice "warn" %}...{% endnotice %}. tone: "", ok, warn or bad."""
    return template.loader.render_to_string(
        "web/tags/notice.html", notice_context(content, str(tone), str(icon))
    )


def notice_context(content: str, tone: str, icon: str = "") -> dict[str, object]:
    """What the partial reads; also for messages of Django ("success", "error"...)."""
    tone = {"success": "ok", "warning": "warn", "error": "bad", "info": "", "debug": ""}.get(tone, tone)
    drawn = icon or {"ok": "check", "warn": "triangle-alert", "bad": "triangle-alert"}.get(tone, "info")
    return {"content": content, "tone": {"bad": "bad-n"}.get(tone, tone), "icon": drawn}


@register.inclusion_tag("web/tags/notice.html")
def notice_line(text: str, tone: str = "") -> dict[str, object]:
    """The same box for one sentence: {% notice_line message message.tags %}."""
    return notice_context(text, tone.split()[-1] if tone else "")


@register.simple_tag(takes_context=True)
def page_address(context: Context, **changes: object) -> str:
    """The address of this page with some of its parameters changed; None removes one."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value not in (None, ""):
            query[name] = value
    return f"?{query.urlencode()}" if query else context["request"].path


@register.filter
def rupiah(amount: int | None) -> str:
    return words.rupiah(amount, _lang())


@register.filter
def number_id(value: object, places: int | None = None) -> str:
    return words.number(value, places, _lang()) if value != "" else ""


@register.filter
def percent(value: object, places: int | None = None) -> str:
    return words.percent(value, places, _lang()) if value != "" else ""


@register.filter
def tanggal(moment: date | datetime | None) -> str:
    return words.long_date(moment or None, _lang())


@register.filter
def tanggal_polos(moment: date | datetime | None) -> str:
    return words.plain_date(moment or None, _lang())


@register.filter
def tanggal_pendek(moment: date | datetime | None) -> str:
    return words.short_date(moment or None, _lang())


@register.filter
def tanggal_jam(moment: datetime | None) -> str:
    return words.date_time(moment or None, _lang())


@register.filter
def jam(moment: datetime | None) -> str:
    return words.clock_time(moment or None, _lang())


@register.filter
def hours_words(span: timedelta | int | None) -> str:
    return words.duration(None if span == "" else span, _lang())


@register.filter
def last_day_words(limit: datetime | None) -> str:
    """Until when: `Kamis, 7 Mei 2026` for a limit that ends at 24:00 of that day."""
    return words.last_day(limit, _lang())


@register.filter
def due_words(limit: date | datetime | None) -> str:
    """How near a limit is now: "10 hari lagi", "lewat 38 menit"."""
    if not limit:
        return ""
    if isinstance(limit, datetime):
        return words.due(limit, clock.now(), _lang())
    return words.day_due(limit, clock.today(), _lang())


@register.filter
def file_size(size: int | None) -> str:
    return words.file_size(size, _lang()) if size else ""


@register.filter
def count_word(count: int) -> str:
    return words.count_word(count, _lang())

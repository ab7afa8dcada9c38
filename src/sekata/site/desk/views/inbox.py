"""One inbox over all rooms: queues, list, case - each a link, so that it works without script."""

from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sekata.kernel.cases import queries as cases
from sekata.kernel.cases.models import Case
from sekata.kernel.cases.queries import SEE
from sekata.kernel.units import queries as units
from sekata.lib import clock
from sekata.lib.actor import Actor
from sekata.site.desk import queries
from sekata.site.desk.asking import PRIORITIES, Ask, address, kept, read, write_cursor
from sekata.site.desk.ground import base, frame_around
from sekata.site.desk.rows import Line, lines, place, state_of, system_of
from sekata.site.desk.tools import tools
from sekata.site.registry import REGISTRY
from sekata.site.rights import OFFICER
from sekata.web import maps, words
from sekata.web.components.clocks import ClockBadge
from sekata.web.doors import door

QUEUE_LABELS = {
    "saya": gettext_lazy("Untuk saya"),
    "bidang": gettext_lazy("Bidang saya"),
    "lewat": gettext_lazy("Lewat batas"),
    "jeda": gettext_lazy("Dijeda"),
    "ikut": gettext_lazy("Saya ikuti"),
}
STEPS = {
    "open": gettext_lazy("Diterima"),
    "assign": gettext_lazy("Ditugaskan"),
    "priority": gettext_lazy("Prioritas diubah"),
    "note": gettext_lazy("Catatan"),
    "escalation_answered": gettext_lazy("Eskalasi dijawab"),
}


@dataclass(frozen=True)
class Found:
    """A page of cases and where the next one begins."""

    cases: list[Case]
    next: str = ""


@door(OFFICER)
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """The three panes; a request by script for one case gets that pane alone."""
    ask, at = read(request.GET), clock.now()
    if request.htmx and ask.case:
        return render(request, "desk/case.html", {"pane": pane(request, ask, at), "ask": ask})
    found = page_of(request.actor, ask, at)
    shown = lines(found.cases, at)
    context = {
        "ask": ask,
        "lines": [SimpleNamespace(line=one, url=address(ask, case=one.case.pk)) for one in shown],
        "heading": QUEUE_LABELS[ask.queue],
        "next_url": address(ask, after=found.next, case=None) if found.next else "",
        "first_url": address(ask, after="", case=None) if ask.after else "",
        "map": case_map(ask, shown) if ask.map and not ask.case else None,
        "pane": pane(request, ask, at) if ask.case else None,
        "plain_url": address(ask, map=False),
        "map_url": address(ask, map=True),
        "kept": kept(ask),
        **rail(request.actor, ask, at),
        **choices(ask),
        "tools": () if request.actor.may(SEE.code) else tools(request.actor),
    }
    context["styles"] = [sheet for system in REGISTRY.systems for sheet in system.styles]
    return render(request, "desk/inbox.html", context)


def page_of(actor: Actor, ask: Ask, at: datetime) -> Found:
    """The cases of a page. Today's are the front of the same order."""
    if ask.text:
        return Found(queries.found(actor, ask))
    page = cases.inbox(actor, ask.filters, at)
    if ask.today:
        until = queries.tomorrow()
        today = [case for case in page.cases if case.due_at <= until]
        return Found(today, write_cursor(page.next) if len(today) == len(page.cases) else "")
    return Found(page.cases, write_cursor(page.next))


def rail(actor: Actor, ask: Ask, at: datetime) -> dict[str, object]:
    """Queues, systems and saved views with their numbers: three statements."""
    sizes = cases.queue_sizes(actor, at)
    counts = queries.counts(actor, ask, REGISTRY.workflows, at)
    by_queue = {"saya": "mine", "bidang": "unit", "lewat": "late", "ikut": "followed"}
    numbers = {queue: sizes[name] for queue, name in by_queue.items()} | {"jeda": counts.paused}
    return {
        "queues": [
            {
                "label": label,
                "url": address(Ask(queue=queue, map=ask.map)),
                "size": capped(numbers[queue]),
                "current": ask.queue == queue,
                "aside": queue in ("jeda", "ikut"),
            }
            for queue, label in QUEUE_LABELS.items()
        ],
        "size": capped(numbers[ask.queue]),
        "unit_size": sizes["unit"],
        "systems": [_system(ask, code, counts.workflows.get(code, 0)) for code in REGISTRY.workflows],
        "chips": chips(ask, counts),
        "views": cases.saved_views(actor.person),
    }


def _system(ask: Ask, workflow: str, size: int) -> dict[str, object]:
    system = system_of(workflow)
    several = len(system.workflows) > 1
    return {
        "pillar": system.pillar,
        "label": REGISTRY.workflows[workflow].label if several else system.label,
        "url": address(ask, workflow="" if ask.workflow == workflow else workflow, states=()),
        "size": capped(size),
        "current": ask.workflow == workflow,
    }


def chips(ask: Ask, counts: queries.Counts) -> list[dict[str, object]]:
    """Semua, Hari ini, P1-P2: pressing a chosen one lets go of it."""
    urgent = ask.priorities == (1, 2)
    return [
        {
            "label": _("Semua"),
            "url": address(Ask(queue=ask.queue, map=ask.map)),
            "current": not ask.is_narrow,
        },
        {
            "label": _("Hari ini"),
            "url": address(ask, today=not ask.today),
            "current": ask.today,
            "size": capped(counts.today),
        },
        {
            "label": "P1–P2",
            "url": address(ask, priorities=() if urgent else (1, 2)),
            "current": urgent,
            "size": capped(counts.urgent),
        },
    ]


def choices(ask: Ask) -> dict[str, object]:
    """What the filter form offers; states need a system."""
    flow = REGISTRY.workflows.get(ask.workflow)
    return {
        "priorities": PRIORITIES,
        "districts": units.districts(),
        "workflows": REGISTRY.workflows,
        "states": flow.states if flow else (),
        "workflow_label": system_of(ask.workflow).label if flow else "",
        "district_label": place(ask.district),
    }


def capped(size: int) -> str:
    """A number as far as it was counted: "500+" beyond."""
    return f"{cases.MANY}+" if size > cases.MANY else str(size)


def case_map(ask: Ask, shown: list[Line]) -> maps.MapView | None:
    """The cases of this page that have a point; numbers are the same in map and list."""
    spots = [
        maps.Place(
            label=one.case.title,
            lon=one.case.lon,
            lat=one.case.lat,
            note=" · ".join(filter(None, (one.number, one.about, _words(one.badge)))),
            url=address(ask, case=one.case.pk) + "#kasus",
        )
        for one in shown
        if one.case.lat is not None and one.case.lon is not None
    ]
    label = _("%(count)d urusan pada peta kabupaten") % {"count": len(spots)}
    return maps.places_map(label, spots, base(), frame_around(spots)) if spots else None


def _words(badge: ClockBadge | None) -> str:
    return badge.words if badge else ""


@dataclass(frozen=True)
class Pane:
    """The case beside the list: the room's own view of it, or the plain one of the house."""

    line: Line
    html: SafeString
    url: str
    back_url: str
    follows: bool


def pane(request: HttpRequest, ask: Ask, at: datetime) -> Pane | None:
    """What stands beside the list for the case in the address; None when it is not this officer's to see."""
    case = queries.seen(request.actor).filter(pk=ask.case).first()
    if case is None:
        return None
    system, line = system_of(case.workflow), lines([case], at)[0]
    if system and system.pane:
        template, context = system.pane(request.actor, case)
    else:
        template, context = "desk/plain_pane.html", plain(line)
    html = mark_safe(render_to_string(template, context, request))  # noqa: S308 - rendered, hence escaped
    return Pane(
        line=line,
        html=html,
        url=reverse(system.case_url, args=[case.number]) if system and system.case_url else "",
        back_url=address(ask, case=None),
        follows=cases.follows(case, request.actor.person),
    )


def plain(line: Line) -> dict[str, object]:
    """A case of a room that brings no pane of its own: limits and history in the words of its workflow."""
    case, state = line.case, state_of(line.case)
    flow = REGISTRY.workflows.get(case.workflow)
    edges = {edge.name: edge.label for edge in flow.transitions} if flow else {}
    clocks = {clock.code: clock.label for clock in flow.clocks} if flow else {}
    running = [timer for timer in cases.timers(case) if timer.stopped_at is None]
    steps = [
        {
            "title": edges.get(step.transition) or STEPS.get(step.transition, step.transition),
            "when": words.date_time(step.at, words.language(get_language())),
            "text": step.says or step.reason,
        }
        for step in reversed(cases.history(case))
    ]
    return {
        "case": case,
        "line": line,
        "state": state.label if state else case.state,
        "steps": steps,
        "limits": [(clocks.get(timer.code, timer.code), timer.due_at) for timer in running],
    }

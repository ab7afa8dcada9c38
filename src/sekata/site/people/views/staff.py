"""Staff and roles of the units one administers."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sekata.kernel.people import actions
from sekata.kernel.people import queries as people
from sekata.kernel.people.rules import GRANT_DAYS
from sekata.kernel.units import queries as units
from sekata.lib import clock
from sekata.lib.actor import Actor
from sekata.lib.manifest import Role
from sekata.lib.result import Refused
from sekata.site.people import queries
from sekata.site.people.forms import GrantForm
from sekata.site.registry import REGISTRY
from sekata.site.rights import POSTS, STAFF
from sekata.web.doors import door, refuse


@door(STAFF)
@require_safe
def staff(request: HttpRequest) -> HttpResponse:
    """Staff x roles of one administered unit and what lies below it; conflicts in red."""
    today = clock.today()
    mine = list(queries.administered(request.actor, today))
    asked = request.GET.get("unit", "")
    unit = next((one for one in mine if str(one.pk) == asked), mine[0] if mine else None)
    reach = {one.pk for one in mine} & units.below([unit.pk])[unit.pk] if unit else set()
    columns, rows = queries.matrix(reach, REGISTRY.roles, request.actor, today)
    context = {
        "units": mine,
        "unit": unit,
        "columns": columns,
        "rows": rows,
        "conflicts": sum(row.conflicted for row in rows),
        "may_posts": POSTS.opens(request.actor),
    }
    return render(request, "people/staff.html", context)


def grantable(actor: Actor) -> list[Role]:
    """Roles that `actor` holds somewhere: nobody gives a role one lacks (R8)."""
    held = {holding.role for holding in actor.holdings}
    return [role for code, role in REGISTRY.roles.items() if code in held]


@door(STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def grant(request: HttpRequest) -> HttpResponse:
    """Give a role, with its days and its reason."""
    today = clock.today()
    initial = {
        "person": request.GET.get("pegawai", ""),
        "role": request.GET.get("peran", ""),
        "unit": request.GET.get("unit", ""),
        "starts": today,
        "ends": today + timedelta(days=GRANT_DAYS),
    }
    form = GrantForm(
        request.POST if request.method == "POST" else None,
        initial=initial,
        roles=grantable(request.actor),
        units=queries.administered(request.actor, today),
    )
    if form.is_valid() and _granted(request, form):
        given = form.cleaned_data
        label, name = REGISTRY.roles[given["role"]].label, given["person"].full_name.title()
        messages.success(request, _("%(name)s kini memegang peran %(role)s.") % {"name": name, "role": label})
        return redirect("people:staff")
    return render(request, "people/grant.html", {"form": form}, status=422 if form.errors else 200)


def _granted(request: HttpRequest, form: GrantForm) -> bool:
    try:
        actions.grant(actor=request.actor, **form.cleaned_data)
    except Refused as refusal:
        refuse(form, refusal)
        return False
    return True


@door(POSTS)
@require_safe
def chart(request: HttpRequest) -> HttpResponse:
    """The tree of offices with their posts; vacant and acting ones stand out."""
    branches = queries.tree(clock.today())
    acting = people.acting_now(clock.today()).count()
    return render(
        request, "people/chart.html", {"branches": branches, "acting": acting, "today": clock.today()}
    )

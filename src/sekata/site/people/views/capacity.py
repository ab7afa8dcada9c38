"""In which capacity an officer acts."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from sekata.kernel.people import queries as people
from sekata.lib import clock
from sekata.site.people.queries import own
from sekata.site.registry import REGISTRY
from sekata.site.rights import OFFICER
from sekata.web.doors import door


@door(OFFICER)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def capacity(request: HttpRequest) -> HttpResponse:
    """Choose among one's posts and tasks; the choice lasts as long as the session."""
    offered = people.capacities(request.actor.person, clock.today(), REGISTRY.roles)
    if request.method == "POST":
        wanted = request.POST.get("sebagai", "")
        chosen = next((one for one in offered if one.key == wanted), None)
        if chosen is None:
            messages.error(request, _("Jabatan itu tidak Anda pegang hari ini."))
            return redirect("mine:capacity")
        request.session[people.CAPACITY] = chosen.key
        messages.success(
            request, _("Anda bertindak sebagai: %(post)s.") % {"post": own.capacity_name(chosen)}
        )
        return redirect("portal:home")
    now = request.actor.via.partition("/")[2]
    context = {
        "offered": [
            {"row": one, "name": own.capacity_name(one), "current": one.key == now} for one in offered
        ],
        "joined": any(one.key == "" for one in offered),
    }
    return render(request, "people/own/capacity.html", context)

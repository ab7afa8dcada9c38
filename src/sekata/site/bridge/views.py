from django.shortcuts import render

from sekata.lib.rights import permission
from sekata.web.doors import door

BRIDGE = permission("bridge.see", "pimpinan")


@door(BRIDGE)
def home(request):
    return render(request, "web/desk.html")

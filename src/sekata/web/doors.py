"""The door of a page: who may enter it, asked before the view runs. Every URL of the house has one."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse

from sekata.lib.result import Refused
from sekata.lib.rights import Right

View = Callable[..., HttpResponse]


def door(right: Right) -> Callable[[View], View]:
    """Let in whoever may do anything at all by `right`; unknown people are asked to sign in, others get 403.

    Which rows they may touch is asked again, by the same right, when the view reads them.
    """

    def hang(view: View) -> View:
        @wraps(view)
        def enter(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if right.opens(request.actor):
                return view(request, *args, **kwargs)
            if not request.actor.is_known:
                return redirect_to_login(request.get_full_path())
            raise PermissionDenied(f"Yang boleh membuka halaman ini: {right.label}.")

        enter.right = right
        return enter

    return hang


def refuse(form: BaseForm, refusal: Refused) -> BaseForm:
    """Put the reasons of a refused act where they belong in the form."""
    for reason in refusal.reasons:
        form.add_error(reason.field if reason.field in form.fields else None, reason.message)
    return form

"""How django-allauth meets our accounts."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from sekata.kernel.people import actions, queries
from sekata.kernel.people.forms import SignupForm
from sekata.kernel.people.models import Account
from sekata.lib import clock
from sekata.lib.actor import NOBODY

WELCOME = "account/messages/logged_in.txt"
PROVED_NUMBER = "proved_number"
"""Session key: a number whose code came back before its owner signed in with the password."""


class AccountAdapter(DefaultAccountAdapter):
    """Handles are phone numbers or NIPs; nobody chooses a nickname. A new account comes with its person."""

    def clean_username(self, username: str, shallow: bool = False) -> str:
        return super().clean_username(queries.normal_handle(username), shallow)

    def save_user(
        self, request: HttpRequest, user: Account, form: SignupForm, commit: bool = True
    ) -> Account:
        user = super().save_user(request, user, form, commit=False)
        if commit:
            given = form.cleaned_data
            actions.register(actor=NOBODY, account=user, full_name=given["full_name"], nik=given["nik"])
        return user

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, object] | None = None,
        **how: object,
    ) -> None:
        """Whoever signs in is greeted by name: allauth would write the whole phone number on the page (R12)."""
        if message_template == WELCOME and request.user.is_authenticated:
            words = _("Selamat datang, %(name)s.") % {"name": request.user.get_full_name().title()}
            return super().add_message(request, level, message=words, **how)
        return super().add_message(request, level, message_template, message_context, **how)

    def post_login(self, request: HttpRequest, user: Account, **how: object) -> HttpResponse:
        """A number that was proved by a code in this session, before the password was given, is the account's own."""
        number = request.session.pop(PROVED_NUMBER, "")
        if number and number == user.username:
            actions.prove_contact(actor=NOBODY, account=user, at=clock.now())
        return super().post_login(request, user, **how)

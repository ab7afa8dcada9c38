"""How django-allauth meets our accounts."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from sekata.kernel.people import actions, queries
from sekata.kernel.people.forms import SignupForm
from sekata.kernel.people.models import Account
from sekata.lib.actor import NOBODY


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

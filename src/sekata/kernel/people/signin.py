"""Signing in: a handle (phone, NIP, e-mail or NIK) with a password; ten failures lock the handle for 15 minutes."""

from datetime import timedelta

from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from sekata.kernel.people import actions, queries
from sekata.kernel.people.models import Account
from sekata.lib import clock

TRIES = 10
WINDOW = timedelta(minutes=15)


class Backend(AuthenticationBackend):
    """Password sign-in with lockout kept in the database, so that it holds across processes."""

    def authenticate(self, request: HttpRequest | None, **credentials: str) -> Account | None:
        handle = credentials.get("username") or credentials.get("email") or ""
        password = credentials.get("password")
        if not handle or password is None:
            return None
        at, normal = clock.now(), queries.normal_handle(handle)
        if queries.failures("signin", normal, WINDOW, at) >= TRIES:
            return None
        account = queries.account_for(handle)
        if account is None:
            Account().set_password(password)
        if (
            account
            and account.check_password(password)
            and account.is_active
            and account.person.deceased_at is None
        ):
            actions.forgive("signin", normal)
            return account
        actions.note_failure("signin", normal, at)
        return None

    def get_user(self, user_id: int) -> Account | None:
        return Account.objects.select_related("person").filter(pk=user_id, is_active=True).first()

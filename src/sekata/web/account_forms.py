"""The forms of django-allauth with our sentences and labels; `ACCOUNT_FORMS` names them."""

from allauth.account import forms as allauth
from django.utils.translation import gettext_lazy as _

from sekata.web.forms import SpeakingMixin


class LoginForm(SpeakingMixin, allauth.LoginForm):
    """Signing in by name or e-mail."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Nama pengguna atau email")
        self.fields["login"].error_messages["required"] = _("Isi nama pengguna atau email")


class SignupForm(SpeakingMixin, allauth.SignupForm):
    """Opening an account."""


class ChangePasswordForm(SpeakingMixin, allauth.ChangePasswordForm):
    """A new password in place of the old one."""


class ResetPasswordForm(SpeakingMixin, allauth.ResetPasswordForm):
    """A forgotten password."""


class AddEmailForm(SpeakingMixin, allauth.AddEmailForm):
    """One more address."""


class ReauthenticateForm(SpeakingMixin, allauth.ReauthenticateForm):
    """Being asked again before something grave."""


ACCOUNT_FORMS = {
    "login": "sekata.web.account_forms.LoginForm",
    "signup": "sekata.web.account_forms.SignupForm",
    "change_password": "sekata.web.account_forms.ChangePasswordForm",
    "reset_password": "sekata.web.account_forms.ResetPasswordForm",
    "add_email": "sekata.web.account_forms.AddEmailForm",
    "reauthenticate": "sekata.web.account_forms.ReauthenticateForm",
}

"""The forms of django-allauth with our sentences; the settings name them."""

from allauth.account import forms as allauth

from sekata.web.forms import SpeakingMixin


class ChangePasswordForm(SpeakingMixin, allauth.ChangePasswordForm):
    """A new password in place of the old one."""


class ResetPasswordForm(SpeakingMixin, allauth.ResetPasswordForm):
    """A forgotten password."""


class AddEmailForm(SpeakingMixin, allauth.AddEmailForm):
    """One more address."""


class ReauthenticateForm(SpeakingMixin, allauth.ReauthenticateForm):
    """Being asked again before something grave."""

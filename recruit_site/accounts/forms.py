import re
import unicodedata

from django import forms
from django.conf import settings
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import authenticate
from django.contrib.auth.signals import user_login_failed
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recruit_site.accounts import login_attempts, second_factor


def locked():
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    return ValidationError(
        _(
            "Signing in failed too often and is locked for about %(minutes)s minutes. Wait, then try again; or ask the "
            "administrator of this site to unlock your account, which takes them a moment."
        )
        % {"minutes": minutes},
        code="locked",
    )


class SignInForm(AdminAuthenticationForm):
    def get_invalid_login_error(self):
        return locked() if self.request.axes_locked_out else super().get_invalid_login_error()

    def confirm_login_allowed(self, user):
        """Refuse an account that may not use the admin, and send `user_login_failed` though the password is right.

        The lock and the audit log count this attempt like a wrong password.
        """
        try:
            super().confirm_login_allowed(user)
        except ValidationError:
            user_login_failed.send(__name__, credentials={"username": user.get_username()}, request=self.request)
            raise


class PasswordForm(forms.Form):
    """The form that asks a signed-in user for the password again before a change of the second factor."""

    password = forms.CharField(
        label=gettext_lazy("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, request, data=None):
        super().__init__(data)
        self.request = request

    def clean_password(self):
        name, password = self.request.user.get_username(), self.cleaned_data["password"]
        if authenticate(self.request, username=name, password=password) != self.request.user:
            raise locked() if self.request.axes_locked_out else ValidationError(_("This is not your password."))
        return password


class CodeForm(forms.Form):
    """The form for a code of the authenticator app or a recovery code; with a `key`, for the first code of a new app.

    A valid form has the attribute `device`, the django-otp device that accepted the code.
    """

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}),
    )

    def __init__(self, request, user, key="", data=None):
        super().__init__(data)
        self.request, self.user, self.key = request, user, key

    def clean_code(self):
        """Return the code without spaces and hyphens and with ASCII digits: people type full-width digits too."""
        code = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", self.cleaned_data["code"]))
        name = self.user.get_username()
        if not login_attempts.may_try(self.request, name):
            raise locked()
        self.device = None
        if code.isascii() and code.isdigit():
            if self.key:
                self.device = second_factor.set_up(self.user, self.key, code)
            else:
                self.device = second_factor.verify_code(self.user, code)
        if not self.device:
            login_attempts.failed(self.request, name)
            if self.request.axes_locked_out:
                raise locked()
            raise ValidationError(
                _(
                    "This code is not right, or it was used already. Wait for the next one; if none is accepted, look "
                    "whether the clock of your phone is right."
                )
            )
        return code

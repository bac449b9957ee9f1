"""The sign-in pages. A session begins only after the password and, where one is needed, the code."""

import django_otp
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model, login
from django.contrib.auth.views import LoginView
from django.core import signing
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from recruit_site.accounts import second_factor
from recruit_site.accounts.forms import CodeForm, PasswordForm, SignInForm

#: The hidden field that holds, signed, whose password was right, and the seconds for which its value is valid.
PASSWORD_PROOF, SECONDS = "passed", 600


def sign_password_proof(user, key=""):
    """Return the signed value of PASSWORD_PROOF for a user, and for the `key` of an app that is being set up.

    The value is void after SECONDS, and after the user's password changes.
    """
    return signing.dumps((user.pk, user.get_session_auth_hash(), key), salt=PASSWORD_PROOF, compress=True)


def read_password_proof(value):
    """Return (user, key) from a value of PASSWORD_PROOF; (None, "") if it is void or the user may not use the admin."""
    try:
        number, password, key = signing.loads(value, salt=PASSWORD_PROOF, max_age=SECONDS)
    except signing.BadSignature:
        return None, ""
    user = get_user_model().objects.filter(pk=number, is_active=True, is_staff=True).first()
    if user and constant_time_compare(password, user.get_session_auth_hash()):
        return user, key
    return None, ""


def ask_for_code(user, form=None, key=""):
    """Return (template, context) of the page that asks for a code; with a `key`, of the page that sets up an app."""
    if not key:
        return "accounts/code.html", {"form": form, "passed": sign_password_proof(user)}
    return "accounts/set_up.html", {
        "form": form,
        "passed": sign_password_proof(user, key),
        "picture": second_factor.qr_code(user, key),
        "typed": second_factor.format_key(key),
    }


def rules():
    """Return the context of the sign-in page's rules, in minutes: `pause` of a lock and `idle` time of a session."""
    return {"pause": int(settings.AXES_COOLOFF_TIME.total_seconds() // 60), "idle": settings.SESSION_IDLE // 60}


class SignInView(LoginView):
    """The sign-in page: the password first, then a code where the account has a second factor or must set one up."""

    authentication_form = SignInForm

    def get_context_data(self, **kwargs):
        return super().get_context_data(**rules(), **kwargs)

    def get_default_redirect_url(self):
        return reverse("admin:index")

    def post(self, request, *args, **kwargs):
        if PASSWORD_PROOF not in request.POST:
            return super().post(request, *args, **kwargs)
        user, key = read_password_proof(request.POST[PASSWORD_PROOF])
        if user is None:
            return self.start_again()
        key = "" if second_factor.is_set_up(user) else key
        form = CodeForm(request, user, key, request.POST)
        if not form.is_valid():
            return self.ask(user, form, key)
        response = self.begin(user, form.device)
        if key:
            messages.warning(request, _("Your app is set up. Now make recovery codes, for the day your phone is lost."))
            if not self.extra_context["carried"]:  # the form of an expired session is shown first
                return HttpResponseRedirect(reverse("second_factor", query={"next": self.get_success_url()}))
        return response

    def form_valid(self, form):
        user = form.get_user()
        if second_factor.is_set_up(user):
            return self.ask(user, CodeForm(self.request, user))
        if second_factor.is_demanded(user):
            key = second_factor.new_key()
            return self.ask(user, CodeForm(self.request, user, key), key)
        return self.begin(user)

    def ask(self, user, form, key=""):
        template, context = ask_for_code(user, form, key)
        return render(self.request, template, self.get_context_data(address=reverse("admin:login"), **context))

    def start_again(self):
        form = self.authentication_form(self.request)
        return self.render_to_response(self.get_context_data(form=form, too_late=True))

    def begin(self, user, device=None):
        user.backend = "django.contrib.auth.backends.ModelBackend"
        user.otp_device = device  # django-otp notes it in the session
        login(self.request, user)
        return HttpResponseRedirect(self.get_success_url())


def second_factor_view(request):
    """Show the page on which users set up, renew or remove their second factor, after entering the password again."""
    user, where = request.user, request.GET.get("next", "")
    way_on = where if url_has_allowed_host_and_scheme(where, {request.get_host()}, request.is_secure()) else ""
    context = {"way_on": way_on or reverse("admin:index"), "address": request.get_full_path()}
    if PASSWORD_PROOF in request.POST:
        passing, key = read_password_proof(request.POST[PASSWORD_PROOF])
        if passing == user and key:
            form = CodeForm(request, user, key, request.POST)
            if not form.is_valid():
                return show(request, *ask_for_code(user, form, key), context)
            django_otp.login(request, form.device)
            messages.success(request, _("Your app is set up. From now on signing in asks for its code."))
        return HttpResponseRedirect(context["address"])
    form = PasswordForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        if "set-up" in request.POST:
            key = second_factor.new_key()
            return show(request, *ask_for_code(user, CodeForm(request, user, key), key), context)
        if "codes" in request.POST and second_factor.is_set_up(user):
            return show(request, "accounts/codes.html", {"codes": second_factor.new_recovery_codes(user)}, context)
        if "remove" in request.POST and not second_factor.is_demanded(user):
            second_factor.remove(user)
            messages.success(request, _("Your second factor is removed."))
        return HttpResponseRedirect(context["address"])
    state = {
        "form": form,
        "is_set_up": second_factor.is_set_up(user),
        "is_demanded": second_factor.is_demanded(user),
        "left": second_factor.recovery_codes_left(user),
    }
    return show(request, "accounts/second_factor.html", state, context)


def show(request, template, found, context):
    return render(request, template, context | found)

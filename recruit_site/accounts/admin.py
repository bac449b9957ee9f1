"""The admin of user accounts, with buttons that unlock an account or remove the second factor of a lost phone."""

from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import UserAdmin
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django_otp.plugins.otp_totp.models import TOTPDevice

from recruit_site.accounts import login_attempts, second_factor
from recruit_site.web.admin_page import form_address


class AccountAdmin(UserAdmin):
    change_form_template = "accounts/account.html"
    readonly_fields = ("second_factor", "lock")

    def get_list_display(self, request):
        return (*super().get_list_display(request), "second_factor", "lock")

    def get_fieldsets(self, request, account=None):
        own = (gettext_lazy("Signing in"), {"fields": ("second_factor", "lock")})
        return (*super().get_fieldsets(request, account), *([own] if account else []))

    def get_queryset(self, request):
        """Annotate whether an account has an app and is locked, so that the list needs no query for each account."""
        return (
            super()
            .get_queryset(request)
            .annotate(
                has_app=Exists(TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)),
                is_locked=Exists(login_attempts.locks(OuterRef("username"))),
            )
        )

    @admin.display(description=gettext_lazy("second factor"), boolean=True)
    def second_factor(self, account):
        return account.has_app

    @admin.display(description=gettext_lazy("locked after wrong passwords"))
    def lock(self, account):
        until = login_attempts.locked_until(account.get_username()) if account.is_locked else None
        return _("until %s") % f"{timezone.localtime(until):%H:%M}" if until else "–"

    def get_urls(self):
        helps = [
            path("<int:number>/unlock/", self.help(self.unlock), name="auth_user_unlock"),
            path("<int:number>/remove-second-factor/", self.help(self.remove), name="auth_user_remove_second_factor"),
        ]
        return helps + super().get_urls()

    def help(self, how):
        """Return the view of a button: it calls `how(account)` and shows the message that this returns.

        Only a superuser may change the account of a superuser.
        """

        def view(request, number):
            account = get_object_or_404(get_user_model(), pk=number)
            if not self.has_change_permission(request, account) or (
                account.is_superuser and not request.user.is_superuser
            ):
                raise PermissionDenied
            message = how(account)
            self.log_change(request, account, message)
            messages.success(request, message)
            return HttpResponseRedirect(form_address(account))

        return self.admin_site.admin_view(require_POST(view))

    def unlock(self, account):
        login_attempts.unlock(account)
        return _("%s may sign in again at once.") % account

    def remove(self, account):
        second_factor.remove(account)
        return _("%s signs in without a second factor, and sets one up anew where it is demanded.") % account

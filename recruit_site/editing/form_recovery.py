"""Recovery of a form that is submitted after its session has ended: the texts come back after signing in.

The pages in between carry the fields; neither database nor session stores them. Then the form is submitted again with
the verb “_resume” and shown with its texts, unsaved.
"""

import logging
from functools import update_wrapper

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.db import DatabaseError
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csp import csp_override
from django.views.i18n import JavaScriptCatalog

from recruit_site.accounts.forms import SignInForm
from recruit_site.accounts.views import SignInView, rules
from recruit_site.editing import autosave
from recruit_site.editing.dashboard import dashboard_context
from recruit_site.editing.form_submission import Verb, submission
from recruit_site.text.sanitising import sanitise
from recruit_site.web import error_pages

logger = logging.getLogger(__name__)
#: The prefix of the name of each field that the sign-in page carries.
CARRIED = "carried:"
NOT_SAVED = gettext_lazy("Here is what you wrote. It is not saved yet: go on, then save.")
#: Fields that are not carried: the CSRF token of the old session, and the button that was pressed.
LEFT_OUT = {"csrfmiddlewaretoken", *Verb.values}


class ResumeMixin:
    """The mixin for the admin of content that shows a recovered form with its texts, and saves nothing."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        resumed = request.method == "POST" and Verb.RESUME in request.POST
        if resumed:
            sent = submission(request)
            sent.conflict = sent.conflict or str(NOT_SAVED)
        response = super().changeform_view(request, object_id, form_url, extra_context)
        if resumed and hasattr(response, "context_data"):
            response.context_data["errors"] = ()  # no error list: the person made no mistake
            messages.warning(request, NOT_SAVED)
        return response

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.conflict = submission(request).conflict
        return form  # Django makes a new form class for each request


def sanitised_post(post):
    """Return submitted data with invisible characters removed from the fields whose names begin with “_”.

    No form validates these fields, such as the reason of a change. U+0000 is among the characters removed: form fields
    refuse it, and PostgreSQL cannot store it.
    """
    data = post.copy()
    for name, values in post.lists():
        if name.startswith("_"):
            data.setlist(name, [sanitise(value) for value in values])
    return data


class SiteCatalog(JavaScriptCatalog):
    """The message catalogue of scripts, with the messages of the site's own catalogue."""

    def get_paths(self, packages):
        return [*super().get_paths(packages), *settings.LOCALE_PATHS]


class EditorsSite(admin.AdminSite):
    def admin_view(self, view, cacheable=False):
        inner = csp_override(settings.ADMIN_CSP)(super().admin_view(view, cacheable))

        def guarded(request, *args, **kwargs):
            if request.method == "POST":
                request.POST = sanitised_post(request.POST)
            if not self.has_permission(request) and (fields := content_form_fields(request)):
                return self.sign_in_again(request, request.get_full_path(), fields)
            try:
                return inner(request, *args, **kwargs)
            except (DatabaseError, OSError) as error:
                list(messages.get_messages(request))  # discard messages about changes that are not stored
                if not error_pages.cannot_store(error) or not (fields := content_form_fields(request)):
                    raise
                logger.exception("a form could not be saved")
                return self.not_stored(request, fields)

        return update_wrapper(guarded, view)

    @method_decorator([never_cache, csp_override(settings.SIGN_IN_CSP)])
    def login(self, request, extra_context=None):
        way_on = SignInView().get_redirect_url(request) or reverse("admin:index", current_app=self.name)
        if request.method == "GET" and self.has_permission(request):
            return HttpResponseRedirect(way_on)
        request.current_app = self.name
        fields = carried_fields(request)
        context = self.each_context(request) | {REDIRECT_FIELD_NAME: way_on, "carried": fields} | (extra_context or {})
        response = SignInView.as_view(template_name=self.login_template, extra_context=context)(request)
        return self.resume(request, response.url, fields) if fields and response.status_code == 302 else response

    def index(self, request, extra_context=None):
        return super().index(request, dashboard_context(request) | (extra_context or {}))

    def i18n_javascript(self, request, extra_context=None):
        """Return the catalogue of Django's admin scripts, with our translations of messages that its Japanese lacks."""
        return SiteCatalog.as_view(packages=["django.contrib.admin"])(request)

    def sign_in_again(self, request, address, fields):
        """Return the sign-in page carrying the fields of a form; to an autosave, JSON with status 403."""
        if Verb.AUTOSAVE in request.POST:
            return autosave.json_answer(_("Your session is over. Press save and sign in: nothing is lost."), status=403)
        context = rules() | {"form": SignInForm(request), REDIRECT_FIELD_NAME: address, "carried": fields}
        return self.page(request, self.login_template, context)

    def resume(self, request, address, fields):
        """Return a page with a button that shows the form again as submitted; to an autosave, JSON with status 403."""
        if Verb.AUTOSAVE in request.POST:
            return autosave.json_answer(_("You signed in anew in between. Press save: nothing is lost."), status=403)
        why = _(
            "You were signed out, or signed in anew, while the form was open. "
            "What you wrote is here, but not saved yet."
        )
        return self.recovery_page(request, address, fields, why)

    def not_stored(self, request, fields):
        """Return the same page with status 507 if the disk is full: the person can go on when there is room again."""
        if Verb.AUTOSAVE in request.POST:
            said = _(
                "Not kept: the server cannot store anything now. Leave this page open, and tell who keeps the server."
            )
            return autosave.json_answer(said, status=507)
        why = _(
            "Nothing was saved: the server has no room left, or its disk cannot be written to. What you wrote is still "
            "on this page. Leave it open, tell whoever keeps the server, and go on when that is mended."
        )
        response = self.recovery_page(request, request.get_full_path(), fields, why)
        response.status_code = 507
        return response

    def recovery_page(self, request, address, fields, why):
        context = {
            "title": _("Your text is still here"),
            "why": why,
            "address": address,
            "fields": fields,
            "verb": Verb.RESUME.value,
        }
        return self.page(request, "editing/resume.html", context)

    def page(self, request, template, context):
        response = render(request, template, self.each_context(request) | context)
        add_never_cache_headers(response)
        return response


def content_form_fields(request):
    """Return [(name, value), …] of a submitted form of content, [] for any other request."""
    match = request.resolver_match
    form = match and match.url_name and match.url_name.endswith(("_add", "_change"))
    if request.method != "POST" or not form or not isinstance(getattr(match.func, "model_admin", None), ResumeMixin):
        return []
    return [pair for pair in pairs(request.POST) if pair[0] not in LEFT_OUT]


def carried_fields(request):
    """Return [(name, value), …] of the form that the sign-in page carried, [] if it carried none."""
    fields = pairs(request.POST)
    return [(name.removeprefix(CARRIED), value) for name, value in fields if name.startswith(CARRIED)]


def pairs(data):
    return [(name, value) for name, values in data.lists() for value in values]


def csrf_failure(request, reason=""):
    """Return the response to a form with a wrong CSRF token, mostly because the person has signed in since.

    A form from the site's own origin is recovered; any other request gets the error page.
    """
    if request.headers.get("origin") != f"{request.scheme}://{request.get_host()}":
        return error_pages.csrf_failure(request, reason)
    site, address, fields = admin.site, request.get_full_path(), content_form_fields(request)
    if not fields and request.path == reverse("admin:login"):
        address, fields = request.POST.get(REDIRECT_FIELD_NAME, ""), carried_fields(request)
    if not fields or not url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure()):
        return error_pages.csrf_failure(request, reason)
    return (site.resume if site.has_permission(request) else site.sign_in_again)(request, address, fields)

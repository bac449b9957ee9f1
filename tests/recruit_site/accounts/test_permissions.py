"""Permissions on each content model in each state, tested over HTTP: the status, and the changes in the database.

The tables below are the specification; nothing in them is computed from the code under test. A URL of the admin
without a line in a table fails test_access. EVERY_MODEL=1 tests every content model in every state.
"""

import os
import re
from datetime import timedelta
from html import unescape

import pytest
from django.contrib import admin as django_admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.test import Client
from django.utils import timezone
from PIL import Image

from faq.models import Question
from recruit_site.consent.models import Consent
from recruit_site.content import snapshot
from recruit_site.content.models import Publishable, SiteText, Source, parts_of
from recruit_site.editing.models import Revision, WorkingCopy
from recruit_site.editing.revisions import record_revision
from recruit_site.media.models import Picture
from recruit_site.search.models import Synonyms
from tests import factories
from tests.admin_forms import admin_url, form_of
from tests.page_text import read
from tests.recruit_site.editing.test_hostile_forms import example

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

#: "yes": the action is done. "no": status 403. "404": the response does not reveal that the row exists. "–": no page
#: offers the action, and a request for it changes nothing.
#: The column "leaves" names the changes; `texts` are the titles in both languages, for translators in English alone.
#: "member" is a staff account without a group.
PIECES = """
action         states                  member translator editor approver leaves
list           draft                   no     yes        yes    yes      nothing
form           every                   no     yes        yes    yes      nothing
history        draft,live              no     yes        yes    yes      nothing
share          draft,live              404    yes        yes    yes      nothing
deleted        draft                   no     yes        yes    yes      nothing
add            draft                   no     no         yes    yes      new
preview        every                   no     yes        yes    yes      nothing
resume         draft,live              no     yes        yes    yes      nothing
autosave       every                   no     yes        yes    yes      copy
save           draft,review,archived   no     yes        yes    yes      texts
save           live,scheduled,copied   no     yes        yes    yes      copy
send           draft,archived          no     yes        yes    yes      texts+review
send           live,scheduled,copied   no     yes        yes    yes      copy
publish        draft,review,archived   no     no         no     yes      texts+live
publish        live,scheduled          no     no         no     yes      texts
publish        copied                  no     no         no     yes      texts+copy_gone
schedule       draft,review,archived   no     no         no     yes      texts+live+publish_from
withdraw       live,scheduled          no     no         no     yes      texts+archived
withdraw       copied                  no     no         no     yes      texts+archived+copy_gone
withdraw       draft,review,archived   no     no         no     no       nothing
discard        copied                  no     no         yes    yes      copy_gone
discard        draft,live              no     no         no     no       nothing
delete         draft,review,archived   no     no         yes    yes      gone
delete         live,scheduled          no     no         no     yes      gone
restore        draft,review,archived   no     no         yes    yes      texts
restore        live,scheduled          no     no         no     yes      texts
bring_back     draft                   no     no         yes    yes      new
bring_back     live                    no     no         no     yes      new
move           draft,live              no     no         no     yes      order
delete_several draft,live              no     –          –      yes      gone
mark_reviewed  draft,live              no     –          –      yes      reviewed_on
"""
#: Models without states: readers see a saved row at once.
AT_ONCE = """
action         states                  member translator editor approver leaves
list           saved                   no     yes        yes    yes      nothing
form           saved                   no     yes        yes    yes      nothing
history        saved                   no     yes        yes    yes      nothing
deleted        saved                   no     yes        yes    yes      nothing
add            saved                   no     no         yes    yes      new
save           saved                   no     no         yes    yes      texts
delete         saved                   no     no         yes    yes      gone
restore        saved                   no     no         yes    yes      texts
bring_back     saved                   no     no         yes    yes      new
move           saved                   no     no         yes    yes      order
delete_several saved                   no     –          yes    yes      gone
"""
#: Actions that a model does not have: site texts cannot be added or deleted, consents are deleted one by one, and
#: pictures have no order.
EXCEPT = {
    SiteText: {"add", "delete", "withdraw", "schedule", "delete_several", "bring_back", "deleted"},
    Consent: {"move", "delete_several"},
    Picture: {"move"},
}

ACTORS = ("member", "translator", "editor", "approver")
GROUPS = {"translator": "翻訳者", "editor": "編集者", "approver": "承認者"}
STATES = ("draft", "review", "live", "archived", "scheduled", "copied")
PUBLISHABLE = [model for model in django_admin.site._registry if issubclass(model, Publishable)]
WITHOUT_STATES = [Source, Synonyms, Consent, Picture]
EVERY = bool(os.environ.get("EVERY_MODEL"))
NEW = {"ja": "題名が変わった", "en": "The title has changed"}
VERBS = {
    "resume": "_resume", "autosave": "_autosave", "save": "_save", "send": "_review", "publish": "_publish",
    "schedule": "_publish", "withdraw": "_archive", "discard": "_discard", "preview": "_preview",
}  # fmt: skip
#: Fields that no form offers, sent with each form.
NOT_OFFERED = {"state": "live", "id": "1", "pk": "1", "updated_at": "2000-01-01", "author": "1", "loaded": "1"}


def lines_of(table):
    heading, *lines = (line.split() for line in table.strip().splitlines())
    for line in lines:
        cells = dict(zip(heading, line, strict=True))
        states = STATES if cells["states"] == "every" else cells["states"].split(",")
        yield cells["action"], states, {actor: cells[actor] for actor in ACTORS}, set(cells["leaves"].split("+"))


@pytest.fixture
def browsers():
    """Return a signed-in test client for each actor and for the superuser "admin", by name."""
    clients = {}
    for actor in (*ACTORS, "admin"):
        user = User.objects.create_user(actor, is_staff=True, is_superuser=actor == "admin")
        if group := GROUPS.get(actor):
            user.groups.add(Group.objects.get(name=group))
        clients[actor] = Client(headers={"accept-language": "ja"})
        clients[actor].force_login(user)
    return clients


class Scene:
    """The rows of a model, one in each state, each with an older revision that differs, and the forms of the rows."""

    def __init__(self, model, admin, states):
        self.model, self.admin = model, django_admin.site.get_model_admin(model)
        self.title = "text" if model is SiteText else "name" if model is Picture else "title"
        self.translated = model is not Picture
        self.rows = {state: self.made(state) for state in states}
        self.gone = {state: self.deleted(state) for state in states if model is not SiteText}
        self.forms = {}
        for state, row in self.rows.items():
            page = admin.get(admin_url(model, "change", row.pk))
            form = {name: unescape(value) for name, value in form_of(read(page)).items() if name != "_base"}
            several = {
                field.name: [each.pk for each in getattr(row, field.name).all()] for field in model._meta.many_to_many
            }
            self.forms[state] = form | several

    @property
    def titles(self):
        return (
            {f"{self.title}_{language}": text for language, text in NEW.items()}
            if self.translated
            else {self.title: NEW["ja"]}
        )

    def data(self, state):
        base = {name: to_the_minute(value) for name, value in snapshot.take_snapshot(self.base).items()}
        if "state" in base:
            base |= {"state": "live" if state in ("scheduled", "copied") else state}
        base |= {"order": 90_000 + STATES.index(state) if state in STATES else 90_000} if "order" in base else {}
        if state == "scheduled":
            base["publish_from"] = to_the_minute((timezone.now() + timedelta(days=9)).isoformat())
        if "reviewed_on" in base:
            base["reviewed_on"] = None
        if getattr(self.model, "needs_source", False):
            base["source"] = Source.objects.first().slug
        return base

    @property
    def base(self):
        if not hasattr(self, "_base"):
            self._base = example(self.model)
        return self._base

    def made(self, state):
        data = self.data(state) | {"slug": f"{state}-row"}
        older = {name: f"{data[name]}前" if name.endswith("_ja") else f"{data[name]} x" for name in self.titles}
        row = snapshot.apply(self.model, data | older, complete=False)
        self.older = record_revision(row, Revision.Event.SAVED)
        row = snapshot.apply(self.model, data, complete=False)
        record_revision(row, Revision.Event.SAVED)
        if state == "copied":
            copied = {
                name: value
                for name, value in snapshot.take_snapshot(row).items()
                if name not in ("slug", "state", "order", "publish_from", "publish_until")
            }
            WorkingCopy.objects.create(model=self.model._meta.label_lower, slug=row.slug, snapshot=copied)
        return row

    def deleted(self, state):
        row = snapshot.apply(self.model, self.data(state) | {"slug": f"{state}-gone"}, complete=False)
        revision = record_revision(row, Revision.Event.DELETED)
        row.delete()
        return revision

    def send(self, browser, action, state):
        row, name = self.rows[state], self.model._meta.model_name
        prefix = f"/admin/{self.model._meta.app_label}/{name}/"
        form = self.forms[state] | self.titles
        if action in ("list", "deleted"):
            return browser.get(prefix if action == "list" else f"{prefix}deleted/")
        if action in ("form", "history", "share"):
            return browser.get(f"{prefix}{row.pk}/{'change' if action == 'form' else action}/")
        if action == "add":
            tied = ("-id", "-slug", *(f"-{part.parent_field}" for part in parts_of(self.model).values()))
            new = {field: "" if field.endswith(tied) else value for field, value in form.items()}
            new |= {field: "0" for field in form if field.endswith("INITIAL_FORMS")}
            file = {"file": factories.file(Image.new("RGB", (40, 30)))} if self.model is Picture else {}
            return browser.post(f"{prefix}add/", NOT_OFFERED | new | {"slug": "", "_save": "1"} | file)
        if action == "delete":
            return browser.post(f"{prefix}{row.pk}/delete/", {"post": "yes"})
        if action in ("restore", "bring_back"):
            revisions = Revision.objects.of(row).order_by("pk")
            number = self.gone[state].pk if action == "bring_back" else revisions.first().pk
            return browser.post(f"{prefix}restore/{number}/")
        if action == "move":
            return browser.post(prefix, {"_move": f"up:{row.pk}"})
        if action in ("delete_several", "mark_reviewed"):
            chosen = action if action == "mark_reviewed" else "delete_selected"
            return browser.post(prefix, {"action": chosen, "_selected_action": [row.pk], "post": "yes"})
        if action == "schedule":
            form |= {"publish_from_0": "2030-04-01", "publish_from_1": "09:00"}
        return browser.post(f"{prefix}{row.pk}/change/", NOT_OFFERED | form | {VERBS[action]: "1"})

    def look(self, state):
        """Return the data that an action could change: the row, its working copy, and numbers of rows."""
        row = self.model._base_manager.filter(pk=self.rows[state].pk).first()
        copy = WorkingCopy.objects.of(self.rows[state]).first()
        return {
            "number": self.model._base_manager.count(),
            "row": row and snapshot.take_snapshot(row),
            "copy": copy and copy.snapshot,
            "revisions": Revision.objects.count(),
            "log": LogEntry.objects.count(),
            "titles": sorted(str(row) for row in self.model._base_manager.all()),
        }

    def left(self, before, after):
        """Return (changes of an action in the words of the table, names of the text fields that it wrote)."""
        if before == after:
            return {"nothing"}, set()
        words, wrote = set(), set()
        row, old = after["row"], before["row"]
        if row is None:
            return {"gone"}, wrote
        if after["number"] > before["number"]:
            return {"new"}, wrote
        if after["copy"] is None and before["copy"] is not None:
            words.add("copy_gone")
        elif after["copy"] != before["copy"]:
            words.add("copy")
            wrote = {
                name
                for name, value in after["copy"].items()
                if (value or None) != ((before["copy"] or old)[name] or None)
            }
        changed = {name for name in row if (row[name] or None) != (old[name] or None)}
        if titles := changed & self.titles.keys():
            words.add("texts")
            wrote |= titles
        others = changed - self.titles.keys()
        return words | {row["state"] if name == "state" else name for name in others}, wrote


def to_the_minute(value):
    """Return a value of a snapshot; a time without its seconds, as a form shows it."""
    return re.sub(r":\d\d(\.\d+)?\+00:00$", ":00+00:00", value) if isinstance(value, str) else value


def try_action(scene, browser, action, state):
    """Do an action and roll it back; return (status, changes, written text fields)."""
    before = scene.look(state)
    with transaction.atomic():
        response = scene.send(browser, action, state)
        left, wrote = scene.left(before, scene.look(state))
        transaction.set_rollback(True)
    return response.status_code, left, wrote


def compare_outcome(scene, browser, actor, action, state, allowed, leaves):
    """Return a sentence about an outcome that differs from the table, "" where it agrees."""
    status, left, wrote = try_action(scene, browser, action, state)
    statuses = {"yes": {200, 302}, "no": {403}, "404": {404}, "–": {200, 302}}[allowed]
    expected = leaves if allowed == "yes" else {"nothing"}
    english = {name for name in scene.titles if not scene.translated or name.endswith("_en")}
    texts = english if actor == "translator" else set(scene.titles)
    right = status in statuses and left == expected and (wrote == texts or not expected & {"texts", "copy"})
    if right or (action == "restore" and status in statuses and left == expected):
        return ""
    return f"{scene.model.__name__} {action} {state} by {actor}: {status}, left {sorted(left)} {sorted(wrote)}"


def differences(scene, browsers, table, states):
    differences = []
    for action, of_states, may, leaves in lines_of(table):
        if action in EXCEPT.get(scene.model, ()):
            continue
        if action == "move" and not (scene.model.ordered_by_hand):
            continue
        if action == "share" and not hasattr(scene.model, "get_absolute_url"):
            continue
        if action == "preview" and not hasattr(scene.model, "get_absolute_url"):
            continue
        for state in [state for state in of_states if state in states][: None if EVERY else 1]:
            for actor in ACTORS if EVERY else border(may):
                differences.append(compare_outcome(scene, browsers[actor], actor, action, state, may[actor], leaves))
    return list(filter(None, differences))


def border(may):
    """Return the strongest actor without the permission, and the weakest with it."""
    return [
        *[actor for actor in ACTORS if may[actor] != "yes"][-1:],
        *[actor for actor in ACTORS if may[actor] == "yes"][:1],
    ]


@pytest.mark.parametrize("model", PUBLISHABLE if EVERY else [Question], ids=lambda model: model.__name__)
def test_piece_is_touched_by_those_alone_who_may(browsers, model):
    states = STATES if EVERY else ("draft", "live", "copied")
    assert "\n".join(differences(Scene(model, browsers["admin"], states), browsers, PIECES, states)) == ""


@pytest.mark.parametrize("model", WITHOUT_STATES if EVERY else [Synonyms], ids=lambda model: model.__name__)
def test_what_has_no_states_is_touched_by_those_alone_who_may(browsers, model):
    assert "\n".join(differences(Scene(model, browsers["admin"], ("saved",)), browsers, AT_ONCE, ("saved",))) == ""

"""The audit log: entries about accounts and content, the admin's list and export, and entries that cannot change."""

import csv
import io
import json
from datetime import datetime, timedelta

import pytest
from axes.signals import user_locked_out
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, models, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from faq.models import Question
from recruit_site.accounts import sessions
from recruit_site.audit import export
from recruit_site.audit.log import record_event
from recruit_site.audit.middleware import operator
from recruit_site.audit.models import AuditEntry, AuditEntryIsImmutable, AuditKind
from recruit_site.consent.models import Consent
from recruit_site.editing.models import Revision
from recruit_site.web.request_log import JSONFormatter
from tests import factories
from tests.admin_forms import admin_url, form_of
from tests.page_text import read
from tests.recruit_site.editing.test_workflow import APPROVER, EDITOR, press, question, signed_in

__all__ = ["signed_in"]
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

LIST = "/admin/audit/auditentry/"
PASSWORD, NEW_PASSWORD = "a long enough password", "another long password 2"


@pytest.fixture(autouse=True)
def begin():
    """Delete the entries that the setup of a test wrote."""
    models.QuerySet(AuditEntry).delete()


def log():
    """Return (kind, who, title, detail) of all entries, the oldest first."""
    rows = AuditEntry.objects.order_by("pk")
    return [(entry.kind, entry.who, entry.title, entry.detail) for entry in rows]


# Accounts


def test_signing_in_and_out_is_logged_with_time_address_and_request(editor):
    models.QuerySet(AuditEntry).delete()
    client = Client(REMOTE_ADDR="2001:DB8::7")
    before = timezone.now()
    response = client.post("/admin/login/", {"username": "editor", "password": PASSWORD, "next": "/admin/"})
    client.post("/admin/logout/")
    assert log() == [("signed-in", "editor", "editor", ""), ("signed-out", "editor", "editor", "")]
    first = AuditEntry.objects.order_by("pk").first()
    assert before <= first.at <= timezone.now()
    assert (first.address, first.request, first.account) == ("2001:db8::7", response["X-Request-ID"], editor.pk)


def test_session_that_is_over_is_logged_as_a_signing_out_from_the_address_that_asked(editor):
    client = Client(REMOTE_ADDR="192.0.2.1")
    client.post("/admin/login/", {"username": "editor", "password": PASSWORD})
    session = client.session
    session[sessions.BEGAN] = 0
    session.save()
    response = client.get("/admin/")
    entry = AuditEntry.objects.get(kind="signed-out")
    assert (entry.who, entry.address, entry.request) == ("editor", "192.0.2.1", response["X-Request-ID"])


@pytest.mark.parametrize(
    ("typed", "concerned"),
    [
        ({"username": "editor", "password": "wrong"}, "editor"),
        ({"username": PASSWORD, "password": "editor"}, ""),
        ({"username": "edi\0tor", "password": "wrong"}, ""),
        ({"username": "outsider", "password": PASSWORD}, "outsider"),
        ({"username": "former", "password": PASSWORD}, "former"),
    ],
)
def test_failed_sign_in_is_logged_and_what_was_typed_only_where_it_names_an_account(editor, typed, concerned):
    User.objects.create_user("outsider", password=PASSWORD)
    User.objects.create_user("former", password=PASSWORD, is_staff=True, is_active=False)
    models.QuerySet(AuditEntry).delete()
    response = Client().post("/admin/login/", typed)
    assert response.status_code == 200
    assert log() == ([] if "\0" in typed["username"] else [("refused", "", concerned, "")])


def test_address_is_the_one_that_the_proxy_names_and_no_other(settings, editor):
    header = {"X-Forwarded-For": "203.0.113.9, 198.51.100.4"}
    for settings.BEHIND_PROXY in (False, True):
        Client(headers=header).post("/admin/login/", {"username": "x", "password": "x"})
    header = {"X-Forwarded-For": "<script>"}
    Client(headers=header).post("/admin/login/", {"username": "x", "password": "x"})
    addresses = list(AuditEntry.objects.order_by("pk").filter(kind="refused").values_list("address", flat=True))
    assert addresses == ["127.0.0.1", "198.51.100.4", "127.0.0.1"]


def test_lock_after_failed_sign_ins_is_logged(editor):
    models.QuerySet(AuditEntry).delete()
    user_locked_out.send("axes", username="editor", request=None, ip_address="192.0.2.1")
    user_locked_out.send("axes", username="a password perhaps")
    assert [entry[2] for entry in log()] == ["editor", ""]


def change_user(admin, user, **fields):
    url = f"/admin/auth/user/{user.pk}/change/"
    form = form_of(read(admin.get(url)))
    data = {name: value for name, value in form.items() if name not in ("is_staff", "is_superuser", "is_active")}
    switches = {"is_active": "on"} | fields
    response = admin.post(url, data | {name: value for name, value in switches.items() if value})
    assert response.status_code == 302, read(response)


def test_admin_who_makes_changes_and_deletes_an_account_leaves_a_trace_of_each_step(admin):
    group, right = Group.objects.get(name=EDITOR), Permission.objects.get(codename="view_auditentry")
    made = {"username": "new", "usable_password": "true", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    admin.post("/admin/auth/user/add/", made)
    user = User.objects.get(username="new")
    change_user(admin, user, is_staff="on", groups=[group.pk], user_permissions=[right.pk])
    change_user(admin, user, email="new@example.go.jp", is_active="", username="renamed")
    password = {"usable_password": "true", "password1": PASSWORD, "password2": PASSWORD}
    admin.post(f"/admin/auth/user/{user.pk}/password/", password)
    admin.post(f"/admin/auth/user/{user.pk}/delete/", {"post": "yes"})
    assert not User.objects.filter(pk=user.pk).exists()
    assert [entry for entry in log() if entry[1] == "editor" and entry[0] != "signed-in"] == [
        ("account-made", "editor", "new", ""),
        ("permissions", "editor", "new", "+is_staff"),
        ("permissions", "editor", "new", f"+{EDITOR}"),
        ("permissions", "editor", "new", "+audit.view_auditentry"),
        ("account-closed", "editor", "renamed", ""),
        ("permissions", "editor", "renamed", "-is_staff"),
        ("account-changed", "editor", "renamed", "username, email (new → renamed)"),
        ("permissions", "editor", "renamed", f"-{EDITOR}"),
        ("permissions", "editor", "renamed", "-audit.view_auditentry"),
        ("password", "editor", "renamed", ""),
        ("account-deleted", "editor", "renamed", ""),
    ]


def test_rights_of_a_group_and_its_members_are_logged_from_either_side():
    user, right = User.objects.create_user("someone"), Permission.objects.get(codename="publish_question")
    models.QuerySet(AuditEntry).delete()
    group = Group.objects.create(name="広報")
    group.permissions.set([right])
    group.user_set.add(user)
    group.permissions.clear()
    user.groups.clear()
    user.groups.add(group)
    group.name = "広報課"
    group.save()
    group.delete()
    who = operator()
    assert log() == [
        ("group-made", who, "広報", ""),
        ("permissions", who, "広報", "+faq.publish_question"),
        ("permissions", who, "someone", "+広報"),
        ("permissions", who, "広報", "-faq.publish_question"),
        ("permissions", who, "someone", "-広報"),
        ("permissions", who, "someone", "+広報"),
        ("group-changed", who, "広報課", "広報 → 広報課"),
        ("group-deleted", who, "広報課", "-someone"),
    ]


def test_own_password_is_logged_as_changed_and_a_renewed_hash_is_not(admin, editor, settings):
    models.QuerySet(AuditEntry).delete()
    form = {"old_password": PASSWORD, "new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD}
    assert admin.post("/admin/password_change/", form).status_code == 302
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.PBKDF2SHA1PasswordHasher",
        "django.contrib.auth.hashers.MD5PasswordHasher",
    ]
    before = User.objects.get(pk=editor.pk).password
    assert Client().post("/admin/login/", {"username": "editor", "password": NEW_PASSWORD}).status_code == 302
    assert User.objects.get(pk=editor.pk).password != before
    assert [entry[0] for entry in log()] == ["password", "signed-in"]


def test_no_password_session_or_token_ever_lands_in_the_log(admin, editor):
    client = Client()
    client.post("/admin/login/", {"username": NEW_PASSWORD, "password": PASSWORD})
    client.post("/admin/login/", {"username": "editor", "password": PASSWORD})
    token = str(client.get("/admin/").context["csrf_token"])
    form = {"old_password": PASSWORD, "new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD}
    client.post("/admin/password_change/", form)
    client.post(f"/admin/auth/user/{editor.pk}/password/", {"usable_password": "false"})
    editor.refresh_from_db()
    secrets = [PASSWORD, NEW_PASSWORD, client.session.session_key, token, client.cookies["csrftoken"].value]
    whole = str(list(AuditEntry.objects.values()))
    assert AuditEntry.objects.count() > 4
    assert [secret for secret in (*secrets, editor.password) if secret in whole] == []


def test_deleting_an_account_leaves_what_it_did(editor):
    record_event(AuditKind.PUBLISHED, factories.term(title_ja="用語"), who=editor)
    User.objects.get(pk=editor.pk).delete()
    assert ("published", "editor", "用語", "") in log()


# Content


def test_each_step_that_readers_notice_is_logged_with_its_revision(signed_in):
    approver, row = signed_in(APPROVER), question(title_ja="質問", state="draft")
    models.QuerySet(AuditEntry).delete()
    press(approver, "_review", row, text_ja="下書きの答え。")
    press(approver, "_publish", row)
    press(approver, "_save", row, text_ja="次の答え。")
    press(approver, "_publish", row)
    press(approver, "_archive", row)
    first = Revision.objects.of(row).last()
    approver.post(f"/admin/faq/question/restore/{first.pk}/")
    approver.post(admin_url(Question, "delete", row.pk), {"post": "yes"})
    kinds = ["published", "published", "withdrawn", "restored", "deleted"]
    assert [entry[:3] for entry in log()] == [(kind, APPROVER, "質問") for kind in kinds]
    numbers = {int(entry[3].split()[1]) for entry in log()}
    events = Revision.objects.filter(pk__in=numbers).order_by("pk").values_list("event", flat=True)
    assert list(events) == ["published", "published", "archived", "restored", "deleted"]


def test_time_of_publishing_is_logged(signed_in):
    row = question(state="draft")
    press(signed_in(APPROVER), "_publish", row, publish_from_0="2030-04-01", publish_from_1="09:00")
    assert log()[-1][3].endswith(" publish_from=2030-04-01T00:00+00:00")


def test_what_is_not_written_is_not_logged(signed_in, settings):
    editor, row = signed_in(EDITOR), question(state="draft")
    models.QuerySet(AuditEntry).delete()
    assert editor.post(admin_url(Question, "change", row.pk), {"_publish": "1"}).status_code == 403
    press(signed_in(APPROVER), "_publish", row, title_ja="")
    with transaction.atomic():
        record_event(AuditKind.PUBLISHED, row)
        transaction.set_rollback(True)
    assert {entry[0] for entry in log()} <= {"account-made", "permissions", "signed-in"}


def test_change_that_has_no_draft_is_logged(admin):
    consent = Consent.objects.create(slug="c", title_ja="山本", given_on=timezone.localdate())
    models.QuerySet(AuditEntry).delete()
    url = admin_url(Consent, "change", consent.pk)
    admin.post(url, form_of(read(admin.get(url))) | {"withdrawn_on": "2026-04-01"})
    first = Question.objects.filter(topic=Question.objects.first().topic).first()
    admin.post(admin_url(Question, "changelist"), {"_move": f"down:{first.pk}"})
    assert [(entry[0], entry[2]) for entry in log()] == [("changed", "山本"), ("changed", str(first))]


def test_loading_and_exporting_from_the_server_is_logged(tmp_path):
    (tmp_path / "new.yaml").write_text("faq.topic:\n- slug: new\n  title_ja: 新しい\n  title_en: New\n")
    call_command("load_brochures", tmp_path, verbosity=0)
    assert log() == [("loaded", operator(), "", "made 1 changed 0 left 0")]


# The admin's list and its export


@pytest.fixture
def auditor(django_user_model):
    """Return a signed-in test client whose user may view the audit log and nothing else."""
    user = django_user_model.objects.create_user("auditor", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_auditentry"))
    client = Client(headers={"accept-language": "ja"})
    client.force_login(user)
    return client


def rows_of(html):
    return html.count('<th class="field-second">')


def test_log_is_filtered_by_person_kind_time_and_searched(auditor, editor):
    models.QuerySet(AuditEntry).delete()
    old = record_event(AuditKind.EXPORTED, detail="old.csv", who=editor)
    models.QuerySet(AuditEntry).filter(pk=old.pk).update(at=timezone.make_aware(timezone.datetime(2025, 3, 31, 23, 59)))
    record_event(AuditKind.REFUSED, editor)
    record_event(AuditKind.SIGNED_OUT, who=User.objects.get(username="auditor"))
    numbers = {
        "": 3,
        "?person=editor": 2,
        "?kind=exported": 1,
        "?since=2025-03-31&until=2025-03-31": 1,
        "?until=2025-03-30": 0,
        "?since=2025-04-01": 2,
        "?since=9999-99-99&until=x": 3,
        "?until=9999-12-31": 3,
        "?q=old.csv": 1,
        "?person=editor&kind=exported&since=2026-01-01": 0,
    }
    assert {query: rows_of(read(auditor.get(LIST + query))) for query in numbers} == numbers


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_export_holds_what_the_list_shows_and_is_logged(auditor, editor, form):
    models.QuerySet(AuditEntry).delete()
    record_event(AuditKind.EXPORTED, detail="=1+1", who=editor)
    record_event(AuditKind.SIGNED_OUT, who=editor)
    response = auditor.post(f"{LIST}export/?kind=exported", {"form": form})
    exported = AuditEntry.objects.filter(kind="exported")
    assert response["Content-Disposition"] == f'attachment; filename="audit-{timezone.localdate()}.{form}"'
    assert "no-store" in response["Cache-Control"]
    if form == "csv":
        table = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    else:
        sheets = load_workbook(io.BytesIO(response.content)).worksheets
        table = [[cell.value for cell in row] for row in sheets[0]]
        assert len(sheets) == 1
    assert [int(row[0]) for row in table[1:]] == list(exported.values_list("pk", flat=True))
    assert [row[10] for row in table[1:]] == [
        f"audit-{timezone.localdate()}.{form} kind=exported",
        "'=1+1" if form == "csv" else "=1+1",
    ]
    assert log()[-1][:2] == ("exported", "auditor")


def test_export_too_large_for_excel_says_so(auditor, monkeypatch):
    monkeypatch.setattr(export, "MOST_IN_XLSX", 0)
    record_event(AuditKind.EXPORTED)
    html = read(auditor.post(f"{LIST}export/", {"form": "xlsx"}, follow=True))
    assert "Excelの上限（0件）を超えています" in html
    assert auditor.get(f"{LIST}export/").status_code == 404


def test_nobody_without_the_right_reads_or_exports_the_log(signed_in):
    for client in (signed_in(APPROVER), signed_in(EDITOR)):
        assert client.get(LIST).status_code == 403
        assert client.post(f"{LIST}export/", {"form": "csv"}).status_code == 403
        assert "監査記録" not in read(client.get("/admin/"))


def test_nobody_changes_or_deletes_an_entry_through_the_admin(admin):
    entry = record_event(AuditKind.EXPORTED, detail="x")
    url = f"{LIST}{entry.pk}/"
    assert admin.get(f"{url}change/").status_code == 200
    answers = [
        admin.post(f"{url}change/", {"detail": "y"}).status_code,
        admin.get(f"{url}delete/").status_code,
        admin.post(f"{url}delete/", {"post": "yes"}).status_code,
        admin.get(f"{LIST}add/").status_code,
        admin.post(f"{LIST}add/", {"kind": "exported"}).status_code,
    ]
    chosen = {"action": "delete_selected", "_selected_action": [entry.pk], "post": "yes"}
    admin.post(LIST, chosen)
    admin.post(LIST, chosen | {"index": "0", "select_across": "1"})
    admin.post(LIST, {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-id": entry.pk, "form-0-detail": "y"})
    assert answers == [403, 403, 403, 403, 403]
    assert 'name="action"' not in read(admin.get(LIST))
    assert AuditEntry.objects.get(pk=entry.pk).detail == "x"


@pytest.mark.parametrize(
    "change",
    [
        lambda entry: entry.save(),
        lambda entry: entry.delete(),
        lambda entry: AuditEntry.objects.update(detail="y"),
        lambda entry: AuditEntry.objects.filter(pk=entry.pk).delete(),
        lambda entry: AuditEntry.objects.update_or_create(pk=entry.pk, defaults={"detail": "y"}),
        lambda entry: AuditEntry.objects.bulk_update([entry], ["detail"]),
        lambda entry: AuditEntry.objects.bulk_create([entry], update_conflicts=True),
    ],
)
def test_code_cannot_change_or_delete_an_entry(change):
    entry = record_event(AuditKind.EXPORTED, detail="x")
    entry.detail = "y"
    with pytest.raises(AuditEntryIsImmutable), transaction.atomic():
        change(entry)
    assert AuditEntry.objects.get(pk=entry.pk).detail == "x"


def test_no_other_table_refers_to_entries_or_is_referred_to():
    relations = [field for field in AuditEntry._meta.get_fields() if field.is_relation]
    assert (relations, AuditEntry in apps.get_models()) == ([], True)


def test_page_asks_as_many_questions_whatever_the_number_of_entries(admin):
    counts = []
    for _time in range(3):
        for number in range(20):
            record_event(AuditKind.EXPORTED, detail=f"{number}")
        with CaptureQueriesContext(connection) as queries:
            admin.get(LIST)
        counts.append(len(queries))
    assert counts[1] == counts[2] < 8


# The log of the process, and the deletion of old entries


def test_each_entry_is_a_line_of_the_log_with_all_fields_of_its_row(caplog, django_capture_on_commit_callbacks, admin):
    row = factories.term(title_ja="用語")
    with caplog.at_level("INFO", "recruit_site.audit"), django_capture_on_commit_callbacks(execute=True):
        record_event(AuditKind.PUBLISHED, row, "revision 1", who=User.objects.get(username="editor"))
    (line,) = [json.loads(JSONFormatter().format(log_record)) for log_record in caplog.records]
    stored = AuditEntry.objects.values().get(kind="published")
    assert (line["logger"], datetime.fromisoformat(line["audit"]["at"])) == ("recruit_site.audit", stored["at"])
    assert line["audit"] | {"at": stored["at"]} == stored
    assert stored["title"] == "用語"


def test_line_is_written_once_the_entry_is_committed_and_never_where_it_is_not(
    caplog, django_capture_on_commit_callbacks
):
    with caplog.at_level("INFO", "recruit_site.audit"), django_capture_on_commit_callbacks(execute=True):
        record_event(AuditKind.EXPORTED, detail="a")
        with transaction.atomic():
            record_event(AuditKind.EXPORTED, detail="b")
            transaction.set_rollback(True)
        assert caplog.records == []
    assert [line.fields["audit"]["detail"] for line in caplog.records] == ["a"]


def test_old_entries_are_removed_by_command_alone_and_that_is_logged():
    for days in (800, 400, 10):
        AuditEntry(kind="exported", detail=f"{days}", at=timezone.now() - timedelta(days=days)).save()
    for _time in range(2):  # the second time there is no entry to delete and nothing to record
        call_command("prune_audit_log", years=1, verbosity=0, stdout=io.StringIO())
    assert [(kind, detail.partition(" before ")[0]) for kind, _who, _title, detail in log()] == [
        ("exported", "10"),
        ("pruned", "2"),
    ]
    with pytest.raises(CommandError, match="one year"):
        call_command("prune_audit_log", years=0)

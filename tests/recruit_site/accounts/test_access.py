"""Access to every address of the admin: also with ids of other rows, with fields that no form offers, and with GET."""

import csv
import io

import pytest
from django.contrib import admin as django_admin
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver

from faq.models import Question, Topic
from interviews.models import Answer, Interview
from recruit_site.audit.models import AuditEntry
from recruit_site.consent.models import Consent
from recruit_site.content import snapshot
from recruit_site.content.models import Chapter, Publishable, Scene, SiteText, Source, parts_of
from recruit_site.editing.models import Revision, WorkingCopy
from recruit_site.editing.revisions import record_revision
from recruit_site.media.models import Picture
from recruit_site.search.models import MissedSearch, Synonyms
from tests import factories
from tests.admin_forms import admin_url, form_of
from tests.page_text import read
from tests.recruit_site.accounts.test_permissions import ACTORS, EVERY, border, browsers

__all__ = ["browsers"]
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

#: The admin URLs of each model, by the last part of the URL's name. Each of them has a line in a table here or in
#: test_permissions, which says who has access. A new URL needs a new line.
FORMS = {"changelist", "add", "change", "delete", "history"}
AT_ONCE = FORMS | {"deleted", "restore"}
PIECE = AT_ONCE | {"share"}
ADDRESSES = {
    **{model: PIECE for model in django_admin.site._registry if issubclass(model, Publishable)},
    **dict.fromkeys((Scene, Source, Synonyms, Consent, Picture), AT_ONCE),
    Question: PIECE | {"sheet"},
    MissedSearch: FORMS,
    AuditEntry: FORMS | {"export"},
    User: FORMS | {"password_change", "unlock", "remove_second_factor"},
    Group: FORMS,
}
#: Pages that belong to no single model. "yes": status 200, or a redirect to another page than the sign-in page; "no":
#: status 403. "anyone" has no account, or an account without `is_staff`.
SITE = """
address                     anyone   member translator editor approver
/admin/                     sign-in  yes    yes        yes    yes
/admin/login/               yes      yes    yes        yes    yes
/admin/logout/              yes      405    405        405    405
/admin/password_change/     sign-in  yes    yes        yes    yes
/admin/password_change/done/ sign-in yes    yes        yes    yes
/admin/autocomplete/        sign-in  no     no         no     no
/admin/jsi18n/              sign-in  yes    yes        yes    yes
/admin/guide/               sign-in  yes    yes        yes    yes
/admin/signing-in/          sign-in  yes    yes        yes    yes
/admin/translations/        sign-in  yes    yes        yes    yes
/admin/translations/sheet/  sign-in  no     yes        yes    yes
/admin/checks/              sign-in  yes    yes        yes    yes
/admin/faq/question/sheet/  sign-in  no     yes        yes    yes
/admin/faq/                 sign-in  404    yes        yes    yes
/admin/r/{kind}/{pk}/       sign-in  yes    yes        yes    yes
/admin/no-such-page/        sign-in  404    404        404    404
/preview/forged/ja/         404      404    404        404    404
"""
#: Pages of accounts, the audit log and missed searches, which are not content.
OTHERS = """
address                                   member translator editor approver admin
/admin/auth/user/                         no     no         no     no       yes
/admin/auth/user/add/                     no     no         no     no       yes
/admin/auth/user/{user}/change/           no     no         no     no       yes
/admin/auth/user/{user}/password/         no     no         no     no       yes
/admin/auth/user/{user}/delete/           no     no         no     no       yes
/admin/auth/user/{user}/history/          no     no         no     no       yes
/admin/auth/group/                        no     no         no     no       yes
/admin/auth/group/add/                    no     no         no     no       yes
/admin/auth/group/{group}/change/         no     no         no     no       yes
/admin/auth/group/{group}/delete/         no     no         no     no       yes
/admin/auth/group/{group}/history/        no     no         no     no       yes
/admin/audit/auditentry/           no     no         no     no       yes
/admin/audit/auditentry/{entry}/change/  no no       no     no       yes
/admin/audit/auditentry/{entry}/history/ no no       no     no       yes
/admin/audit/auditentry/{entry}/delete/  no no       no     no       no
/admin/audit/auditentry/add/       no     no         no     no       no
/admin/search/missedsearch/               no     yes        yes    yes      yes
/admin/search/missedsearch/{missed}/change/     no yes      yes    yes      yes
/admin/search/missedsearch/{missed}/history/    no yes      yes    yes      yes
/admin/search/missedsearch/{missed}/delete/     no no       yes    yes      yes
/admin/search/missedsearch/add/           no     no         no     no       no
"""


def table(text):
    heading, *lines = (line.split() for line in text.strip().splitlines())
    return [dict(zip(heading, line, strict=True)) for line in lines]


def all_addresses(resolver=None, prefix="", name=""):
    """Yield (pattern, name with namespace) of every URL pattern of the site."""
    for pattern in (resolver or get_resolver()).url_patterns:
        here = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from all_addresses(pattern, here, f"{name}{pattern.namespace or ''}:" if pattern.namespace else name)
        else:
            yield here, f"{name}{pattern.name}" if pattern.name else ""


def addresses_of_staff():
    addresses = [pair for pair in all_addresses() if pair[0].startswith(("admin/", "preview/"))]
    assert len(addresses) > 200
    return addresses


def example_of(pattern):
    """Return an address that matches a URL pattern; no row has its id."""
    address = "/" + pattern.replace("(?P<url>.*)$", "no-such-page/")
    for converter in ("<path:object_id>", "<int:number>", "<id>", "<path:content_type_id>", "<token>"):
        address = address.replace(converter, "987654")
    return address.replace("<language>", "ja").replace("^(?P<app_label>", "").replace(")/$", "/")


def of_model(name):
    """Return (model, last part) of a URL's name, (None, name) where the URL belongs to no single model."""
    for model in django_admin.site._registry:
        prefix = f"admin:{model._meta.app_label}_{model._meta.model_name}_"
        if name.startswith(prefix):
            return model, name.removeprefix(prefix)
    return None, name


def test_every_address_of_the_admin_stands_in_a_table():
    parts, site = {}, set()
    for _pattern, name in addresses_of_staff():
        model, part = of_model(name)
        if model:
            parts.setdefault(model, set()).add(part)
        elif name:
            site.add(name)
    assert parts == ADDRESSES
    assert site == {
        "admin:index", "admin:login", "admin:logout", "admin:password_change", "admin:password_change_done",
        "admin:autocomplete", "admin:jsi18n", "admin:view_on_site", "admin:app_list",
        "guide", "second_factor", "translations", "translations_sheet", "checks", "preview",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("who", "method"),
    [("nobody", "get"), ("outsider", "post"), *([("nobody", "post"), ("outsider", "get")] if EVERY else [])],
)
def test_whoever_is_not_of_the_staff_is_sent_to_sign_in_from_every_address(client, who, method):
    if who == "outsider":
        user = User.objects.create_user("outsider")
        user.groups.add(Group.objects.get(name="承認者"))
        client.force_login(user)
    before = everything()
    answers = {}
    for pattern, name in addresses_of_staff():
        address = example_of(pattern)
        if name in ("admin:login", "admin:logout", "preview"):
            continue
        response = getattr(client, method)(address, {"_publish": "1"} if method == "post" else {})
        carried = method == "post" and b'name="username"' in response.content  # a sign-in page with the posted form
        if not carried and not response.headers.get("Location", "").startswith("/admin/login/?next="):
            answers[address] = response.status_code
    assert (answers, same(before)) == ({}, True)


def same(before):
    return everything() == before


def everything():
    """Return the rows of all models of content and accounts, by model."""
    models = [*ADDRESSES, Revision, WorkingCopy]
    models += [part for model in ADDRESSES for part in parts_of(model).values()]
    return {model: list(model._base_manager.order_by("pk").values()) for model in models if model is not AuditEntry}


def test_pages_about_no_one_kind_open_for_those_alone_who_may(browsers):
    row = factories.question()
    ids = {"kind": ContentType.objects.get_for_model(Question).pk, "pk": row.pk}
    outsider = Client()
    outsider.force_login(User.objects.create_user("outsider"))
    actual, expected = {}, {}
    for line in table(SITE):
        address = line["address"].format(**ids)
        for actor in ACTORS if EVERY else border(line):
            actual[address, actor] = meaning(browsers[actor].get(address))
            expected[address, actor] = line[actor]
        for actor, browser in {"nobody": Client(), **({"outsider": outsider} if EVERY else {})}.items():
            actual[address, actor], expected[address, actor] = meaning(browser.get(address)), line["anyone"]
    assert actual == expected


def meaning(response):
    if response.headers.get("Location", "").startswith("/admin/login/"):
        return "sign-in"
    return {200: "yes", 302: "yes", 403: "no"}.get(response.status_code, str(response.status_code))


def test_accounts_log_and_searches_open_for_those_alone_who_may(browsers):
    ids = {
        "user": User.objects.get(username="admin").pk,
        "group": Group.objects.get(name="承認者").pk,
        "entry": AuditEntry.objects.first().pk,
        "missed": MissedSearch.objects.create(language="ja", text="x", last_on="2026-04-01").pk,
    }
    actual, expected = {}, {}
    for line in table(OTHERS):
        address = line["address"].format(**ids)
        for actor in (*ACTORS, "admin") if EVERY else border(line):
            expected[address, actor] = line[actor]
            actual[address, actor] = meaning(browsers[actor].get(address))
    assert actual == expected


def test_nobody_but_the_admin_changes_accounts_groups_or_searches(browsers):
    group = Group.objects.get(name="承認者").pk
    me = {actor: User.objects.get(username=actor).pk for actor in ACTORS}
    before = list(User.objects.order_by("pk").values("is_superuser", "is_active", "password"))
    for actor, pk in me.items():
        promoted = {"username": actor, "is_superuser": "on", "is_staff": "on", "is_active": "on", "groups": [group]}
        answers = [
            browsers[actor].post(f"/admin/auth/user/{pk}/change/", promoted),
            browsers[actor].post("/admin/auth/user/add/", {"username": "new", "usable_password": "false"}),
            browsers[actor].post(f"/admin/auth/group/{group}/change/", {"name": "x", "permissions": []}),
            browsers[actor].post(f"/admin/auth/user/{pk}/password/", {"usable_password": "false"}),
            browsers[actor].post("/admin/audit/auditentry/export/", {"form": "csv"}),
        ]
        assert [response.status_code for response in answers] == [403] * 5
    assert list(User.objects.order_by("pk").values("is_superuser", "is_active", "password")) == before
    assert Group.objects.get(pk=group).permissions.exists()


# Ids of other rows


def test_revision_of_another_kind_or_piece_is_neither_restored_nor_shown(browsers):
    mine, other = factories.question(), factories.live(Topic, title_ja="別の話題")
    foreign = record_revision(other, Revision.Event.SAVED)
    sibling = factories.question(title_ja="別の質問の前の題名")
    foreign_sibling, own = record_revision(sibling, Revision.Event.SAVED), record_revision(mine, Revision.Event.SAVED)
    approver = browsers["approver"]
    assert approver.post(f"/admin/faq/question/restore/{foreign.pk}/").status_code == 404
    page = read(approver.get(admin_url(Question, "history", mine.pk), {"from": own.pk, "to": foreign_sibling.pk}))
    assert "別の質問の前の題名" not in page


def test_part_of_another_piece_is_neither_changed_nor_taken_over(browsers):
    victim, mine = factories.interview(), factories.interview(state="draft")
    theirs = victim.answers.get()
    editor, url = browsers["editor"], admin_url(Interview, "change", mine.pk)
    attack = {"answers-0-id": theirs.pk, "answers-0-interview": victim.pk, "answers-0-text_ja": "乗っ取り。"}
    form = form_of(read(editor.get(url)))
    for extra in ({"answers-0-DELETE": "on"}, {"answers-0-slug": "other"}):
        editor.post(url, form | attack | extra | {"_save": "1"})
    add = admin_url(Interview, "add")
    form = form_of(read(editor.get(add))) | {"title_ja": "新", "person": str(mine.person_id), "_save": "1"}
    editor.post(add, form | attack | {"answers-TOTAL_FORMS": "1", "answers-INITIAL_FORMS": "1"})
    theirs.refresh_from_db()
    assert (theirs.interview_id, theirs.text_ja) == (victim.pk, "理由。")
    assert Answer.objects.filter(interview=victim).count() == 1


def test_tied_part_of_another_piece_is_not_taken_out(browsers):
    victim, mine = factories.interview(), factories.interview(state="draft")
    victim.answers.update(slug="theirs")
    editor, url = browsers["editor"], admin_url(Interview, "change", mine.pk)
    editor.post(url, form_of(read(editor.get(url))) | {"_tied": "theirs", "_autosave": "1"})
    assert victim.answers.count() == 1


def test_preview_link_of_one_piece_opens_no_other_and_only_with_our_signature(client):
    mine = factories.question(title_ja="見せる質問", state="draft")
    secret = factories.question(title_ja="秘密", state="draft")
    own = signing.dumps(["faq.question", mine.slug], salt="preview")
    assert "見せる質問" in read(client.get(f"/preview/{own}/ja/"))
    body, _colon, signature = own.partition(":")
    forged = [
        signing.dumps(["faq.question", secret.slug], salt="another use"),
        signing.dumps(["faq.question", secret.slug], salt="preview", key="x" * 50),
        f"{signing.dumps(['faq.question', secret.slug], salt='preview').partition(':')[0]}:{signature}",
        body,
    ]
    assert [client.get(f"/preview/{token}/ja/").status_code for token in forged] == [404] * 4


def test_move_and_selection_with_ids_of_nothing_change_nothing(browsers):
    before, approver = everything(), browsers["approver"]
    for key in ("x", "", "1 OR 1=1"):
        approver.post("/admin/faq/question/", {"_move": f"up:{key}"})
    approver.post("/admin/faq/question/", {"action": "mark_reviewed", "_selected_action": ["987654"]})
    approver.post("/admin/faq/question/", {"action": "delete_selected", "_selected_action": ["987654"], "post": "yes"})
    assert same(before)


# Fields that no form offers


@pytest.mark.parametrize("state", ["draft", "live"])
def test_translator_writes_nothing_but_english_whatever_is_sent(browsers, state):
    row = factories.interview(state=state, source=factories.source())
    before = snapshot.take_snapshot(row)
    url, other = admin_url(Interview, "change", row.pk), factories.interview()
    sent = {
        "title_ja": "日本語", "title_en": "English", "slug": "taken", "order": "1", "source": "",
        "publish_from_0": "2030-01-01", "publish_from_1": "09:00", "reviewed_on": "2030-01-01", "state": "live",
        "person": str(other.person_id), "source_section_ja": "別", "answers-0-title_ja": "別", "answers-0-order": "999",
        "answers-0-title_en": "Why?", "answers-0-slug": "moved",
        "answers-1-title_ja": "足した", "answers-1-text_ja": "足した", "answers-TOTAL_FORMS": "2",
    }  # fmt: skip
    translator = browsers["translator"]
    translator.post(url, form_of(read(translator.get(url))) | sent | {"_save": "1"})
    row.refresh_from_db()
    copy = WorkingCopy.objects.of(row).first()
    after = snapshot.take_snapshot(row) | (copy.snapshot if copy else {})
    assert {name for name in after if (after[name] or None) != (before[name] or None)} <= {"title_en", "answers"}
    assert after["title_en"] == "English"
    (was,), (answer,) = before["answers"], after["answers"]
    assert {name for name in answer if answer[name] != was[name]} <= {"title_en"}


def test_address_of_a_page_and_names_of_sentences_stay_whatever_is_sent(browsers):
    chapter, site_text = Chapter.objects.get(slug="mission"), SiteText.objects.get(slug="disclaimer")
    approver = browsers["approver"]
    renamed = {"title_ja": "別名", "slug": "other", "state": "draft"}
    for row, sent in ((chapter, {"slug": "elsewhere"}), (site_text, renamed)):
        url = admin_url(type(row), "change", row.pk)
        assert approver.post(url, form_of(read(approver.get(url))) | sent | {"_publish": "1"}).status_code == 302
        before = (row.slug, row.title_ja, row.state)
        row.refresh_from_db()
        assert (row.slug, row.title_ja, row.state) == before


def test_right_to_view_alone_opens_the_form_and_sends_nothing(browsers):
    user, row = User.objects.get(username="member"), factories.question(title_ja="題名")
    user.user_permissions.add(Permission.objects.get(codename="view_question"))
    WorkingCopy.objects.create(model="faq.question", slug=row.slug, snapshot={"title_ja": "次の題名"})
    url, before = admin_url(Question, "change", row.pk), everything()
    form = {"title_ja": "新しい題名", "slug": row.slug, "topic": row.topic_id, "order": row.order}
    verbs = ("_save", "_review", "_publish", "_archive", "_discard", "_preview", "_autosave", "_resume")
    answers = {browsers["member"].post(url, form | {verb: "1"}).status_code for verb in verbs}
    assert (answers, browsers["member"].get(url).status_code, same(before)) == ({403}, 200, True)


# GET, and forms without a CSRF token


def test_looking_changes_nothing(browsers):
    row = factories.question()
    record_revision(row, Revision.Event.SAVED)
    WorkingCopy.objects.create(model="faq.question", slug=row.slug, snapshot={"title_ja": "次の題名"})
    before, approver = everything(), browsers["approver"]
    models = ADDRESSES if EVERY else (Question,)
    for model in models:
        piece = row if model is Question else model._base_manager.first()
        for pattern, name in addresses_of_staff():
            if piece and of_model(name)[0] is model:
                address = "/" + pattern.replace("<path:object_id>", str(piece.pk)).replace("<id>", str(piece.pk))
                approver.get(address.replace("<int:number>", str(Revision.objects.first().pk)))
    queries = {"_publish": "1", "_move": f"up:{row.pk}", "action": "mark_reviewed", "_selected_action": row.pk}
    for view in ("change", "changelist"):
        approver.get(admin_url(Question, view, *([row.pk] if view == "change" else [])), queries)
    assert same(before)


def test_looking_without_the_right_leaves_a_working_copy_that_no_longer_fits(browsers):
    row = factories.question()
    WorkingCopy.objects.create(model="faq.question", slug=row.slug, snapshot={"topic": "gone"})
    for browser in (browsers["member"], Client()):
        browser.get(admin_url(Question, "change", row.pk))
        browser.post(admin_url(Question, "change", row.pk), {"_save": "1"})
    assert WorkingCopy.objects.of(row).exists()


def test_form_without_its_key_does_nothing(browsers):
    row = factories.question(state="draft")
    revision = record_revision(row, Revision.Event.SAVED)
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.get(username="approver"))
    before = everything()
    for address, data in (
        (admin_url(Question, "change", row.pk), {"_publish": "1"}),
        (admin_url(Question, "delete", row.pk), {"post": "yes"}),
        (admin_url(Question, "changelist"), {"_move": f"up:{row.pk}"}),
        (f"/admin/faq/question/restore/{revision.pk}/", {}),
        ("/admin/faq/question/sheet/", {"_export": "1", "wanted": "all", "form": "csv"}),
        ("/admin/logout/", {}),
    ):
        assert client.post(address, data).status_code == 403
    assert same(before)


# Spreadsheets

#: The outcome of importing a file with a new English title of a live question and of a draft, or with a new question.
SHEETS = """
sheet         sent            member translator     editor         approver
translations  english         no     copy+draft     copy+draft     copy+draft
translations  english+publish no     no             no             live+draft
questions     english         no     copy+draft     copy+draft     copy+draft
questions     japanese        no     refused        copy+draft     copy+draft
questions     english+publish no     no             no             live+draft
questions     new             no     refused        new            new
"""
PATHS = {"translations": "/admin/translations/sheet/", "questions": "/admin/faq/question/sheet/"}


def sheet_of(name, sent, browser, rows):
    """Return a CSV file that `browser` exported, with the texts of `sent` filled in."""
    answer = browser.post(PATHS[name], {"_export": "1", "wanted": "all", "kind": "faq.question", "form": "csv"})
    table = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    names = [cell.split()[0] for cell in table[0]]
    lines = [dict(zip(names, line, strict=True)) for line in table[1:]]
    slugs = [row.slug for row in rows]
    if name == "translations":
        lines = [line for line in lines if line["key"] in {f"faq.question/{slug}/title" for slug in slugs}]
        lines = [line | {"english": "A new title"} for line in lines]
    elif sent == "new":
        new = {"topic": rows[0].topic.slug, "title_ja": "新しい質問", "text_ja": "答え。"}
        lines = [dict.fromkeys(names, "") | new]
    else:
        new = {"title_ja": "新しい題名"} if sent == "japanese" else {"title_en": "A new title"}
        lines = [line | new for line in lines if line["slug"] in slugs]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows([names, *([line[name] for name in names] for line in lines)])
    return SimpleUploadedFile("texts.csv", out.getvalue().encode("utf-8-sig"))


def outcome(name, sent, browser, admin):
    """Import a file with `browser` and return the outcome in the words of SHEETS."""
    rows = [factories.question(source=factories.source()), factories.question(state="draft")]
    number, kind = Question.objects.count(), sent.partition("+")[0]
    page = browser.post(PATHS[name], {"file": sheet_of(name, kind, admin, rows)})
    if page.status_code == 403:
        return "no"
    signed = form_of(read(page)).get("_rows")
    if not signed or page.context_data.get("problems"):
        return "refused"
    answer = browser.post(PATHS[name], {"_rows": signed} | ({"_publish": "1"} if "publish" in sent else {}))
    if answer.status_code == 403:
        return "no"
    if Question.objects.count() > number:
        return Question.objects.order_by("-pk").first().state.replace("draft", "new")
    new = ("新しい題名", "A new title")
    live, draft = (Question.objects.get(pk=row.pk) for row in rows)
    written = [
        *(["copy"] if WorkingCopy.objects.of(live).exists() else []),
        *(["live"] if live.title_ja in new or live.title_en in new else []),
        *(["draft"] if draft.title_ja in new or draft.title_en in new else []),
    ]
    return "+".join(written) or "refused"


@pytest.mark.parametrize(
    "line", table(SHEETS) if EVERY else table(SHEETS)[1::2], ids=lambda line: f"{line['sheet']} {line['sent']}"
)
def test_import_writes_what_the_person_may_write(browsers, line):
    may = {actor: "no" if line[actor] in ("no", "refused") else "yes" for actor in ACTORS}
    actors, actual = ACTORS if EVERY else border(may), {}
    for actor in actors:
        with transaction.atomic():
            actual[actor] = outcome(line["sheet"], line["sent"], browsers[actor], browsers["admin"])
            transaction.set_rollback(True)
    assert actual == {actor: line[actor] for actor in actors}


def test_dry_run_of_another_or_for_another_sheet_is_not_confirmed(browsers):
    rows = [factories.question(title_en="Old", source=factories.source())]
    file = sheet_of("questions", "english", browsers["admin"], rows)
    signed = form_of(read(browsers["approver"].post(PATHS["questions"], {"file": file})))["_rows"]
    before = everything()
    for actor, sheet in (("editor", "questions"), ("admin", "questions"), ("approver", "translations")):
        assert browsers[actor].post(PATHS[sheet], {"_rows": signed, "_publish": "1"}).status_code == 302
    assert same(before)

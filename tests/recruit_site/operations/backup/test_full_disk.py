"""A full disk and a read-only disk: readers still get pages, and an editor's text is not lost."""

import pytest
from django.contrib.auth import get_user_model
from django.core.files.storage import default_storage
from django.db import connection
from PIL import Image

from faq.models import Question
from recruit_site.editing.models import Revision
from recruit_site.media.folder_storage import UNFINISHED, FolderStorage
from recruit_site.media.models import Picture
from tests import factories
from tests.page_text import read

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has its own disk"),
]
WORDS = "空きがないときに書いた文章。" * 3000
FORM = "/admin/faq/question/{}/change/"


@pytest.fixture
def editor(site, client):
    """Return the test client of a signed-in superuser, on a database in a file of its own."""
    client.force_login(get_user_model().objects.create_superuser("sato", password="a long enough password"))
    client.raise_request_exception = False
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "ja"
    return client


@pytest.fixture(params=["full", "read-only"])
def disk(request, editor):
    """Yield a function that makes SQLite refuse writes with the error of such a disk (False) or allow them (True)."""

    def writable(now):
        with connection.cursor() as cursor:
            if request.param == "read-only":
                cursor.execute(f"PRAGMA query_only = {'OFF' if now else 'ON'}")
            else:
                cursor.execute("VACUUM")
                pages = cursor.execute("PRAGMA page_count").fetchone()[0]
                cursor.execute(f"PRAGMA max_page_count = {1_000_000 if now else pages}")

    yield writable
    writable(True)


@pytest.fixture
def question(editor):
    return Question.objects.get(slug="housing")


def fields(question, **others):
    names = ("topic_id", "title_ja", "title_en", "text_en", "slug", "order", "source_id")
    values = {name.removesuffix("_id"): getattr(question, name) for name in names}
    links = {"related_links-TOTAL_FORMS": 0, "related_links-INITIAL_FORMS": 0}
    return (
        {name: "" if value is None else value for name, value in values.items()} | links | {"text_ja": WORDS} | others
    )


def test_words_come_back_when_nothing_can_be_stored(editor, disk, question):
    disk(False)
    answer = editor.post(FORM.format(question.pk), fields(question, _save="1"))
    html = read(answer)
    assert (answer.status_code, "保存できませんでした。サーバーの保存先に空きがないか" in html, WORDS in html) == (
        507,
        True,
        True,
    )
    assert "作業中の版として保存しました" not in html
    assert [editor.get(page).status_code for page in ("/ja/faq/", "/ja/faq/housing/", "/en/search/?q=zzzz")] == [
        200
    ] * 3
    disk(True)
    assert not Revision.objects.filter(snapshot__text_ja=WORDS).exists()
    answer = editor.post(FORM.format(question.pk), fields(question, _resume="1"))
    assert (answer.status_code, WORDS in read(answer)) == (200, True)
    assert editor.post(FORM.format(question.pk), fields(question, _save="1")).status_code == 302


def test_form_that_keeps_itself_says_why_it_is_not_kept(editor, disk, question):
    disk(False)
    answer = editor.post(FORM.format(question.pk), fields(question, _autosave="1"))
    assert answer.status_code == 507
    assert (answer.json()["kept"], answer.json()["said"][:15]) == (False, "自動保存できませんでした。サーバ"[:15])


@pytest.mark.parametrize("disk", ["read-only"], indirect=True)
def test_signing_in_says_that_nothing_can_be_stored(editor, disk):
    editor.logout()
    disk(False)
    answer = editor.post("/admin/login/", {"username": "sato", "password": "a long enough password"})
    assert (answer.status_code, "<h1>保存できませんでした</h1>" in read(answer)) == (507, True)


def test_picture_that_cannot_be_stored_is_told_at_its_field(editor, settings):
    settings.MEDIA_ROOT = "/sys/media"  # no user can create a folder in /sys
    before = Picture.objects.count()
    file = factories.file(Image.new("RGB", (40, 30)))
    values = {"name": "x", "alt_ja": "写真", "focus_x": 50, "focus_y": 50, "file": file}
    answer = editor.post("/admin/media/picture/add/", values)
    form = answer.context["adminform"].form
    assert answer.status_code == 200
    assert [str(said)[:15] for said in form.errors["file"]] == ["画像を保存できませんでした。サ"]
    assert form["alt_ja"].value() == "写真"
    assert Picture.objects.count() == before


def test_file_that_does_not_fit_leaves_nothing_behind(tmp_path):
    def chunks():
        yield b"the first half"
        raise OSError(28, "No space left on device")

    storage, content = FolderStorage(tmp_path), factories.file(Image.new("RGB", (40, 30)))
    content.chunks = chunks
    with pytest.raises(OSError, match="No space left"):
        storage.save("pictures/a/original.jpg", content)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_file_of_a_process_that_was_killed_while_writing_is_no_picture(site):
    half = default_storage.path(f"pictures/a/{UNFINISHED}original.jpg")
    default_storage.save("pictures/a/other", factories.file(Image.new("RGB", (4, 3))))
    with open(half, "wb") as file:
        file.write(b"half")
    assert not default_storage.exists("pictures/a/original.jpg")


def test_commit_is_on_the_disk_before_it_is_answered_for(site):
    with connection.cursor() as cursor:
        values = [cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")]
    assert values == ["wal", 2]  # 2 is FULL

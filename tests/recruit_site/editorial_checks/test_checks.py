"""Each check marks its kind of fault, at the right place, and nothing that only looks like one."""

import re

import pytest
from django.apps import apps
from django.urls import reverse

from careers.models import Notice
from faq.models import Question, Topic
from interviews.models import Interview
from recruit_site.content import snapshot
from recruit_site.content.models import Chapter, SiteText, Sluggable, Term
from recruit_site.editing.models import Revision
from recruit_site.editing.revisions import record_revision
from recruit_site.editorial_checks.check_results import accept_fixture_findings, recheck_links
from recruit_site.editorial_checks.models import CheckResult
from recruit_site.editorial_checks.registry import CHECKS, findings, remarks
from tests import factories
from tests.admin_forms import admin_url, form_of, publish
from tests.page_text import read

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


def found(check, ja="", en="", **fields):
    """Return the places that a check marks in a question with these texts."""
    source = factories.source()
    row = factories.question(**{"source": source, "text_ja": ja, "text_en": en} | fields)
    return [finding.marked for finding in findings(Question, snapshot.take_snapshot(row)) if finding.check == check]


@pytest.mark.parametrize(
    ("japanese", "english", "marked"),
    [
        ("世界153か国にある。", "It is in 135 countries.", ["153", "135"]),
        ("令和6年に始まった。", "It began in 2023.", ["令和6年", "2023"]),
        ("全体の50％。", "15 per cent of all.", ["50％", "15 per cent"]),
        ("９時半に始まる。", "It begins at 10:30.", ["９時半", "10:30"]),
        ("2週間。", "Two months.", ["2週間"]),
        ("世界153か国にある。", "It is in 153 countries.", []),
        ("世界153か国にある。", "", []),
        ("令和元年", "2019", []),
    ],
)
def test_number_that_differs_between_the_languages(japanese, english, marked):
    assert found("numbers", japanese, english) == marked


@pytest.mark.parametrize(
    ("check", "text", "marked"),
    [
        ("other-address", "[www.mofa.go.jp](https://evil.example/)", True),
        ("other-address", "[https://www.mofa.go.jp/saiyo](https://www.mofa.go.jp.evil.example/)", True),
        ("other-address", "[mofa.go.jp](/ja/apply/)", True),
        ("other-address", "[ｍｏｆａ.ｇｏ.ｊｐ](https://evil.example/)", True),
        ("other-address", "[saiyo@mofa.go.jp](mailto:saiyo@evil.example)", True),
        ("other-address", "[https://www.mofa.go.jp](https://www.mofa.go.jp@evil.example/)", True),
        ("other-address", "[外務省（www.mofa.go.jp）](https://www.mofa.go.jp/mofaj/)", False),
        ("other-address", "[https://mofa.go.jp](https://www.mofa.go.jp/saiyo/)", False),
        ("other-address", "[saiyo@mofa.go.jp](mailto:saiyo@mofa.go.jp)", False),
        ("other-address", "[https://www.m\u043efa.go.jp](https://www.mofa.go.jp/)", True),
        ("other-address", "[外務省のwww.mofa.go.jpを見る。](https://www.mofa.go.jp/)", False),
        ("other-address", "[https://www.mofa.go.jp/.](https://www.mofa.go.jp/)", False),
        ("other-address", "[testserver](/ja/)", False),
        ("other-address", "[Node.jsの使い方](https://example.go.jp/)", False),
        ("lookalike", "[外務省](https://www.m\u043efa.go.jp/)", True),
        ("lookalike", "[外務省](https://xn--mfa-qdd.go.jp/)", True),
        ("lookalike", "[外務省](https://外務省.jp/)", False),
        ("lookalike", "[外務省](https://xn--tckwe.jp/)", False),
        ("lookalike", "[キリル文字](/ja/faq/\u043e/)", False),
        ("not-linked", "[外務省](https://www.mofa.go.jp@evil.example/)", True),
        ("not-linked", "[開く](javascript:alert)", True),
        ("not-linked", "[開く](data:text/html,x)", True),
        ("not-linked", "[電話](tel:+81-3-5501-8000)", False),
        ("not-linked", "[この節](#top)", False),
    ],
)
def test_link_that_leads_elsewhere_than_it_says_stops_publishing(check, text, marked):
    assert bool(found(check, text)) is marked
    assert CHECKS[check].blocks


def test_number_is_shown_in_its_sentence_with_what_the_other_language_says():
    row = factories.question(text_ja="世界153か国で働きます。", text_en="We work in 135 countries.")
    one, other = remarks(
        Question, [one for one in findings(Question, snapshot.take_snapshot(row)) if one.check == "numbers"]
    )
    assert (one.label, other.label) == ("回答 (日本語)", "回答 (英語)")
    finding = one.finding
    assert (finding.at, finding.before, finding.marked, finding.after) == ("text_ja", "世界", "153", "か国で働きます。")
    assert "135" in one.advice
    assert one.blocks
    assert one.finding.key == other.finding.key


def test_era_beside_a_western_year_stands_in_japanese_alone():
    def numbers_of(caption):
        row = factories.chapter()
        row.passages.update(title_ja="1869年", title_en="1869", caption_ja=caption, caption_en="The beginning")
        return [one.marked for one in findings(type(row), snapshot.take_snapshot(row)) if one.check == "numbers"]

    assert numbers_of("明治2年") == []
    assert numbers_of("明治3年") == ["明治3年"]


@pytest.mark.parametrize(
    ("japanese", "english", "marked"),
    [
        ("外交公電を送る。", "We send a message.", ["外交公電"]),
        ("外交公電を送る。", "We send a diplomatic telegram.", []),
        ("手紙を送る。", "We send a message.", []),
    ],
)
def test_glossary_term_with_another_english(japanese, english, marked):
    Term.objects.all().delete()
    factories.term(title_ja="公電", title_en="telegram")
    factories.term(title_ja="外交公電", title_en="diplomatic telegram")
    assert found("terms", japanese, english) == marked


@pytest.mark.parametrize(
    ("check", "text", "marked"),
    [
        ("full-width", "２０２４年のＩＴ部門", ["２０２４", "ＩＴ"]),
        ("full-width", "2024年のIT部門。100％、（注）", []),
        ("counters", "230ヶ所、3ケ月、5ヵ国、数カ国、2箇所", ["ヶ所", "ケ月", "ヵ国", "カ国", "箇所"]),
        ("counters", "230か所、霞ヶ関、該当箇所、一カ所", ["カ所"]),
        ("sentences", "あ" * 100 + "。", ["あ" * 100 + "。"]),
        ("sentences", "あ" * 99 + "。" + "い" * 99 + "。", []),
        ("sentences", "- " + "あ" * 60 + "\n- " + "い" * 60, []),
        ("sentences", "あ" * 80 + "[案内](/ja/" + "x" * 40 + "/)。", []),
        ("chains", "行政手続電子化推進施策を進める。", ["行政手続電子化推進施策"]),
        ("chains", "大臣官房業務合理化推進室長の話。電子化の推進。国家公務員採用一般職試験を受ける。", []),
        ("headings", "# 見出し\n\n本文", ["# 見出し"]),
        ("headings", "本文\n\n**見出し**\n\n本文", ["**見出し**"]),
        ("headings", "番号は#1です。\n\n**これは強調した文です。**\n\n**強調**から始まる文。", []),
        ("link-words", "詳しくは[こちら](/ja/apply/)。[応募案内はこちら](/ja/apply/)。", ["こちら"]),
        ("link-words", "[https://example.com/](https://example.com/)", ["https://example.com/"]),
        ("link-words", "[応募のしかた](/ja/apply/)。こちらです。", []),
        ("file-names", "IMG_1234.JPG", ["IMG_1234.JPG"]),
        ("file-names", "スクリーンショット 2024-05-01 10.20.30", ["スクリーンショット 2024-05-01 10.20.30"]),
        ("file-names", "写真 umi.jpg の説明", []),
    ],
)
def test_japanese_text(check, text, marked):
    assert found(check, text) == marked


@pytest.mark.parametrize(
    ("check", "text", "marked"),
    [
        ("full-width", "In ２０２４", ["２０２４"]),
        ("link-words", "Click [here](/en/apply/) or [click here](/en/faq/).", ["here", "click here"]),
        ("link-words", "See [where here leads](/en/apply/).", []),
        ("headings", "## Heading", ["## Heading"]),
        ("file-names", "photo-1.webp", ["photo-1.webp"]),
        ("sentences", "a" * 200, []),
    ],
)
def test_english_text(check, text, marked):
    assert found(check, "本文", text) == marked


def test_source_that_is_missing():
    assert found("source", "答え", source=None) == [""]
    assert found("source", "答え") == []
    assert found("source", source=None) == []  # a question without an answer says nothing that needs a source


@pytest.mark.parametrize(
    ("target", "instead"),
    [
        ("/ja/faq/live/", None),
        ("/ja/faq/live/?from=x", None),
        ("http://testserver/ja/faq/live/", None),
        ("../live/", None),
        ("/ja/faq/#topic-ours", None),
        ("https://example.com/ja/faq/draft/", None),
        ("mailto:someone@example.com", None),
        ("/ja/faq/draft/", ""),
        ("http://testserver/ja/faq/draft/", ""),
        ("../draft/", ""),
        ("/ja/faq/old/", "/ja/faq/live/"),
        ("/ja/faq/live", "/ja/faq/live/"),
        ("/faq/live/", "/ja/faq/live/"),
        ("/ja/faq/#nowhere", "/ja/faq/"),
        ("/ja/nowhere/", ""),
        ("/admin/", ""),
        ("http://[", ""),
    ],
)
def test_link_to_what_is_not_live(target, instead):
    live = factories.question(slug="old", topic=factories.live(apps.get_model("faq.topic"), slug="ours"))
    live.slug = "live"
    live.save()
    factories.question(slug="draft", state="draft")
    row = factories.question(slug="from", text_ja=f"[行き先]({target})", source=factories.source())
    dead = [one for one in findings(Question, snapshot.take_snapshot(row)) if one.check == "dead-ends"]
    assert [one.values["instead"] for one in dead] == ([] if instead is None else [instead])


def test_draft_may_link_to_itself():
    row = factories.question(slug="mine", state="draft", text_ja="[ここから](#top) [この質問](/ja/faq/mine/)")
    assert "dead-ends" not in {one.check for one in findings(Question, snapshot.take_snapshot(row))}


def test_finding_in_a_part_names_the_part():
    row = factories.interview(source=factories.source())
    row.answers.update(text_ja="５年目です。", text_en="In the fifth year.")
    (remark,) = remarks(Interview, findings(Interview, snapshot.take_snapshot(row)))
    assert (remark.label, remark.finding.part, remark.finding.at) == (
        "回答「動機」 回答 (日本語)",
        "answers why",
        "answers-0-text_ja",
    )


@pytest.mark.parametrize(
    "text",
    ["", "a" * 20000, "9" * 20000, "令和" + "9" * 5000 + "年", "[" * 5000, "[a](" * 3000, "**" * 5000, "# " * 5000,
     "\ud7ff\x01\u202e", "[x](http://[::1)", "[x](/ja/%00%ff%2e%2e/)", "[x](/ja/#\"'<>)", "一" * 20000, "IMG_" * 5000,
     "詳しく" * 3000, "[x](/ja/faq/" + "y" * 5000 + "/)", "9:30" * 3000, "A-" * 5000, "%(x)s %s %"],
)  # fmt: skip
def test_hostile_text_is_checked_like_any_other(text):
    row = factories.question(text_ja=text, text_en=text)
    assert isinstance(remarks(Question, findings(Question, snapshot.take_snapshot(row))), list)


def test_brochures_hold_no_finding_but_those_that_are_meant():
    """Chapters, site texts and topics of questions need no source document."""
    marks, unsourced = [], set()
    for model in apps.get_models():
        for row in model.objects.all() if issubclass(model, Sluggable) else ():
            for finding in findings(model, snapshot.take_snapshot(row)):
                if finding.check == "source":
                    unsourced.add(model)
                else:
                    marks.append((finding.check, row.slug, finding.name, finding.marked))
    assert marks == []
    assert unsourced == {Chapter, SiteText, Topic}
    assert not CheckResult.objects.filter(open__gt=0).exists()


def test_findings_are_kept_at_every_way_of_writing_and_go_with_the_piece(admin):
    row = factories.question(text_ja="２つ", text_en="Two", source=factories.source())
    record_revision(row, Revision.Event.SAVED)
    assert CheckResult.objects.of(row).get().open == 1
    row.slug = "renamed"
    row.save()
    assert CheckResult.objects.of(row).get().open == 1
    row.text_ja = "二つ"
    row.save()
    record_revision(row, Revision.Event.SAVED)
    assert CheckResult.objects.of(row).get().open == 0
    admin.post(admin_url(Question, "delete", row.pk), {"post": "yes"})
    assert not CheckResult.objects.of(row).exists()


def test_what_was_loaded_is_meant_until_its_text_changes():
    row = factories.question(text_ja="２つ", text_en="Two", source=factories.source())
    accept_fixture_findings([row])
    assert CheckResult.objects.of(row).get().open == 0
    row.text_ja = "３つ"
    row.save()
    record_revision(row, Revision.Event.SAVED)
    assert {finding["check"] for finding in CheckResult.objects.of(row).get().findings} == {"numbers", "full-width"}
    assert CheckResult.objects.of(row).get().open == 2


def test_page_lists_what_is_found_now(admin):
    target = factories.question(slug="target", source=factories.source())
    row = factories.question(text_ja="[答え](/ja/faq/target/)", source=factories.source())
    record_revision(row, Revision.Event.SAVED)
    assert "注意するところはありません。" in read(admin.get(reverse("checks")))
    target.state = "draft"
    target.save()
    html = read(admin.get(reverse("checks")))
    assert f'<a href="{admin_url(Question, "change", row.pk)}#id_text_ja">{row}: 回答 (日本語)</a>' in html
    assert "<mark>/ja/faq/target/</mark>" in html
    assert [result.slug for result in recheck_links()] == [row.slug]


def test_list_is_narrowed_to_what_has_findings(admin):
    clean, open_one = factories.question(), factories.question(text_ja="２つ", text_en="Two")
    record_revision(open_one, Revision.Event.SAVED)

    def listed(value):
        html = read(admin.get(admin_url(Question, "changelist"), {"checks": value, "q": "題名"}))
        return [row.pk for row in (clean, open_one) if f"/question/{row.pk}/change/" in html]

    assert (listed("open"), listed("none")) == ([open_one.pk], [clean.pk])


def test_every_check_has_words_of_its_own():
    assert len({str(check.says) for check in CHECKS.values()}) == len(CHECKS)


def send(admin, row, **fields):
    url = admin_url(type(row), "change", row.pk)
    return admin.post(url, form_of(read(admin.get(url))) | fields, follow=True)


def key_in(html):
    """Return the value of the first checkbox that marks a finding as right."""
    return re.search(r'name="_right" value="(\w+)"', html)[1]


def question(**fields):
    return factories.question(source=factories.source(), **fields)


def test_saving_warns_with_the_place_and_publishing_too(admin):
    row = question(state="draft")
    url = admin_url(Question, "change", row.pk)
    for verb in ("_save", "_publish"):
        html = read(send(admin, row, text_ja="２つです。", text_en="Two.", **{verb: "1"}))
        assert f'<a href="{url}#id_text_ja">回答 (日本語): ２</a>' in html
    assert Question.objects.published().filter(pk=row.pk).exists()
    assert "<mark>２</mark>つです。" in read(admin.get(url))


def test_number_that_differs_stops_publishing_at_its_field_and_nothing_is_lost(admin):
    row = question(text_ja="もとの本文。")
    html = read(send(admin, row, text_ja="153か国です。", text_en="135 countries.", _publish="1"))
    assert '<a href="#id_text_ja">回答 (日本語)</a>' in html
    assert "<mark>153</mark>か国です。" in html
    assert form_of(html)["text_ja"] == "153か国です。"
    row.refresh_from_db()
    assert row.text_ja == "もとの本文。"
    assert "を変更しました" not in read(admin.get("/admin/"))
    send(admin, row, text_ja="153か国です。", text_en="153 countries.", _publish="1")
    row.refresh_from_db()
    assert row.text_en == "153 countries."


def test_number_marked_as_right_is_published_and_asked_about_again_when_a_text_changes(admin):
    row = question()
    html = read(send(admin, row, text_ja="153か国です。", text_en="Many.", _publish="1"))
    admin.post(admin_url(Question, "change", row.pk), form_of(html) | {"_right": key_in(html), "_publish": "1"})
    row.refresh_from_db()
    assert row.text_ja == "153か国です。"
    assert CheckResult.objects.of(row).get().open == 0
    send(admin, row, title_ja="別の質問", _publish="1")
    row.refresh_from_db()
    assert row.title_ja == "別の質問"
    send(admin, row, text_ja="154か国です。", _publish="1")
    row.refresh_from_db()
    assert row.text_ja == "153か国です。"


def test_what_is_marked_as_right_stays_so_while_something_else_stops_the_form(admin):
    row = question()
    html = read(send(admin, row, title_ja="7つの質問", text_ja="153か国です。", text_en="Many.", _publish="1"))
    html = read(
        admin.post(admin_url(Question, "change", row.pk), form_of(html) | {"_right": key_in(html), "_publish": "1"})
    )
    assert "<mark>7</mark>" not in html
    form = {**form_of(html), "_right": set(re.findall(r'name="_right" value="(\w+)"', html)), "_publish": "1"}
    admin.post(admin_url(Question, "change", row.pk), form)
    row.refresh_from_db()
    assert (row.title_ja, row.text_ja) == ("7つの質問", "153か国です。")


def test_working_copy_shows_its_findings_and_remembers_what_is_right(admin):
    row = question()
    html = read(send(admin, row, text_ja="153か国です。", text_en="Many.", _save="1"))
    assert "<mark>153</mark>か国です。" in html
    assert not CheckResult.objects.of(row).filter(open__gt=0).exists()  # only the working copy has the finding
    assert "<mark>153</mark>" not in read(send(admin, row, _right=key_in(html), _save="1"))
    send(admin, row, _publish="1")
    row.refresh_from_db()
    assert row.text_ja == "153か国です。"


def test_new_part_whose_number_differs_is_named_at_its_place_in_the_form(admin):
    row = factories.interview(source=factories.source())
    url = admin_url(Interview, "change", row.pk)
    form = form_of(read(admin.get(url))) | publish()
    new = {
        "title_ja": "人数",
        "title_en": "How many",
        "text_ja": "3人。",
        "text_en": "4 people.",
        "order": "5",
        "slug": "",
    }
    form |= {"answers-TOTAL_FORMS": "2"} | {f"answers-1-{name}": value for name, value in new.items()}
    html = read(admin.post(url, form))
    assert '<a href="#id_answers-1-text_ja">回答「人数」 回答 (日本語)</a>' in html
    assert row.answers.count() == 1
    admin.post(url, form_of(html) | {"_publish": "1", "_right": key_in(html)})
    assert row.answers.count() == 2


def test_new_piece_whose_number_differs_is_not_made(admin):
    form = form_of(read(admin.get(admin_url(Question, "add"))))
    texts = {"title_ja": "新しい質問", "title_en": "New", "text_ja": "3人。", "text_en": "4 people.", "slug": "new"}
    form |= publish(topic=str(question().topic_id), **texts)
    html = read(admin.post(admin_url(Question, "add"), form))
    assert "<mark>3</mark>人。" in html
    assert not Question.objects.filter(slug="new").exists()


def test_notice_is_not_asked_for_a_document(admin):
    """Staff write notices themselves, so notices have no source document."""
    assert [found.check for found in findings(Notice, snapshot.take_snapshot(factories.notice(source=None)))] == []

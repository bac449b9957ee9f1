"""Every value that the site computes or infers, and every drawing made from such values, says so in place.

COMPUTED lists them all. A drawing on any public page must be in this list, or in STATED with what its documents state.
"""

import pytest

from tests.page_kinds import LANGUAGES, examples

#: (page, the values as a CSS selector, where they come from in Japanese, the same in English): what the site computes
#: or infers. The sentence stands in the same part of the page.
COMPUTED = [
    ("/", ".hero .map", "通信の経路ではありません", "are not cable routes"),
    ("/", ".clock-small", "東京との冬の時差14時間（このサイトの計算）", "14 hours later: the winter time difference"),
    ("/", ".career-line", "次の職が始まる年まで", "taken from the year in which the next one begins"),
    ("/", ".family-small", "このサイトが読み取りました", "This site has inferred when the family uses"),
    ("/", ".history", "内容からこのサイトが推定したものです", "this site has inferred the order"),
    ("/mission/", ".history", "内容からこのサイトが推定したものです", "this site has inferred the order"),
    ("/days/", ".clock-chart", "もう一方の都市の時刻を計算しました", "computed the time of the other city"),
    ("/days/", ".clock-chart", "夏時間の間は13時間", "summer time it is 13 hours"),
    ("/days/", ".clock-chart", "このサイトが二人の例から計算した時間です", "computed the hours “in neither example”"),
    ("/work/", ".career", "このサイトが組み立てた流れです", "put together from the sentences"),
    ("/work/", ".career", "期間の長さではありません", "the distance between two points is not a length"),
    ("/paths/", ".career", "このサイトが組み立てた流れです", "put together from the sentences"),
    ("/paths/", ".career", "次の職が始まる年まで", "taken from the year in which the next one begins"),
    ("/interviews/goto/", ".career", "次の職が始まる年まで", "taken from the year in which the next one begins"),
    ("/work-life/", ".bar-chart", "このサイトが読み取りました", "This site has inferred when the family uses"),
    ("/training/", ".training-overview", "このサイトが年の単位で描いた", "drawn by this site in whole years"),
    ("/places/", ".map", "通信の経路ではありません", "are not cable routes"),
    ("/places/", ".map", "国や都市などの、おおよその位置", "Dots show roughly where the countries, cities"),
    (
        "/apply/",
        ".recruiting-steps",
        "名前と順はこのサイトによるものです",
        "their names and their order are this site’s own",
    ),
]
#: Drawings of what the documents state: the hours of a day in local time, and who stands under whom in an article.
STATED = [".day-chart"]

#: Return the texts of the parts of the page around the elements that a selector finds.
AROUND = """selector => [...document.querySelectorAll(selector)]
    .map(found => found.closest('.row, figure, section, article, .title').textContent)
    .map(words => words.replaceAll('\\u200b', '').replace(/\\s+/g, ' '))"""
#: Return the drawings of a page that none of these selectors holds. Scenes illustrate; marks and icons have no text.
UNLISTED = """selectors => [...document.querySelectorAll('main svg:has(text), main .bar:not(.key__mark)')]
    .filter(drawing => !drawing.closest(selectors)).map(drawing => drawing.parentElement.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_computed_value_says_so_in_place(language, windows):
    window, unsaid, shown = windows[language], [], None
    for page, values, japanese, english in COMPUTED:
        if page != shown:
            window.open(f"/{language}{page}")
            shown = page
        words = japanese if language == "ja" else english
        if not any(words in around for around in window.page.evaluate(AROUND, values)):
            unsaid.append((page, values, words))
    assert unsaid == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_drawing_is_listed(language, windows, site):
    window, unlisted = windows[language], []
    for (_view, of), path in examples(site.paths).items():
        if of == language:
            window.open(path)
            selectors = STATED + [values for _page, values, *_words in COMPUTED]
            unlisted += [(path, drawing) for drawing in window.page.evaluate(UNLISTED, ", ".join(selectors))]
    assert unlisted == []

"""The searches of applicants, and the places that answer them, which must come first or nearly first.

The themes are those of the National Personnel Authority's surveys of recruits: the daily work, hours, flexitime and
telework, study and postings abroad, women, families, transfers, what to study, English, selection.
"""

import pytest
from django.utils.translation import override

from recruit_site.content.navigation import PAGES
from recruit_site.search.query import Query
from recruit_site.search.ranking import find, read_candidates

pytestmark = pytest.mark.django_db

#: The searches in each language, each with the places that answer it best, separated by spaces.
ASKED = {
    "ja": {
        "説明会": "notices/",
        "お知らせ": "notices/",
        "締切": "faq/examination-dates/ notices/",
        "応募": "apply/",
        "使命": "mission/",
        "研修": "training/",
        "応募方法": "apply/#step-application apply/",
        "選考": "faq/selection/ apply/ apply/#digital-electrical-electronic",
        "住宅手当": "faq/allowances/ faq/housing/",
        "有給": "faq/paid-leave/ work-life/#maternity-leave",
        "結婚": "faq/work-of-spouse/ work-life/#spouse-childbirth-leave faq/with-family-or-alone/",
        "子育て": "faq/working-with-children/ work-life/#childcare-participation-leave",
        "パパ育休": "work-life/#spouse-childbirth-leave",
        "えいご": "training/#language-training-abroad faq/language-confidence/",
        "じょせい": "faq/women-at-work/",
        "ｼﾞｮｾｲ": "faq/women-at-work/",
        "トーイック": "faq/toeic/ glossary/#toeic",
        "りゅうがく": "faq/language-training-content/",
        "てんきん": "faq/transfers/ faq/with-family-or-alone/",
        "ざんぎょう": "faq/overtime/ days/#headquarters-first-year-after-hours",
        "英語は必要ですか": "faq/english-level/ training/#language-training-abroad faq/language-confidence/",
        "英語ができなくても大丈夫ですか": "faq/english-level/ faq/language-confidence/",
        "残業はありますか？": "faq/overtime/ days/#headquarters-first-year-after-hours",
        "ざんぎょうはありますか": "faq/overtime/ days/#headquarters-first-year-after-hours",
        "寮はありますか": "faq/housing/",
        "文系でもなれますか": "faq/humanities/ faq/ict-knowledge/",
        "一日": "days/ days/#headquarters-first-year days/#goto days/#washington-tenth-year",
        "1日の流れ": "days/#headquarters-first-year days/#goto days/#washington-tenth-year",
        "仕事内容": "interviews/goto/#daily-work",
        "志望動機": "interviews/goto/#why",
        "やりがい": "interviews/deputy-director-o/#synergy interviews/#digitalization-2018-voices",
        "残業": "faq/overtime/ days/#headquarters-first-year-after-hours",
        "残業 東京": "days/#headquarters-first-year-after-hours",
        "休日": "days/#washington-tenth-year-days-off",
        "フレックス": "faq/telework-and-flexitime/ work-life/#flexitime",
        "ﾌﾚｯｸｽﾀｲﾑ": "faq/telework-and-flexitime/ work-life/#flexitime",
        "テレワーク": "work-life/#telework",
        "てれわーく": "work-life/#telework",
        "在宅勤務": "faq/telework-and-flexitime/ work-life/#telework",
        "リモートワーク": "faq/telework-and-flexitime/ work-life/#telework",
        "早出遅出": "work-life/#early-late-hours",
        "時短": "work-life/#childcare-hours",
        "留学": "faq/study-abroad/ faq/language-training-content/ training/#language-training-abroad",
        "海外の大学院": "faq/language-training-content/",
        "海外勤務": "faq/posting-required/",
        "在外公館": "glossary/#missions-abroad",
        "海外赴任 家族": "faq/with-family-or-alone/",
        "単身赴任": "faq/with-family-or-alone/",
        "勤務する国 希望": "faq/choice-of-country/",
        "転勤": "faq/transfers/ faq/with-family-or-alone/ interviews/deputy-director-o/",
        "女性": "faq/women-at-work/",
        "女性　活躍": "faq/women-at-work/",
        "育休": "work-life/#childcare-leave",
        "産休": "work-life/#maternity-leave",
        "産前 産後": "work-life/#maternity-leave",
        "介護": "work-life/#family-care-leave",
        "看護休暇": "glossary/#nursing-leave work-life/#child-nursing-leave",
        "配偶者の出産": "work-life/#spouse-childbirth-leave",
        "ＷＬＢ": "work-life/",
        "英語": "faq/english-level/ training/#language-training-abroad faq/language-confidence/",
        "英語力": "faq/language-confidence/",
        "ＴＯＥＩＣ": "glossary/#toeic",
        "知識がない": "faq/humanities/ faq/ict-knowledge/",
        "文系": "faq/humanities/ faq/ict-knowledge/",
        "専攻": "faq/degree/ interviews/goto/#studies",
        "採用試験": "faq/selection/ apply/#digital-electrical-electronic apply/",
        "物理": "apply/#physics",
        "問合せ": "apply/",
        "電話番号": "apply/",
        "寮": "faq/housing/",
        "住居手当": "faq/allowances/ faq/housing/",
        "出向": "glossary/#secondment faq/secondments/",
        "出向先": "faq/secondments/",
        "デジタル庁": "glossary/#digital-agency",
        "出張": "faq/business-trips/",
        "外部研修": "training/#external-training",
        "大学院": "faq/degree/ faq/study-abroad/ faq/external-training-content/",
        "サイバーセキュリティ": "interviews/#security-2023 work/#duty-security",
        "暗号": "mission/#history-cipher glossary/#cipher",
        "クラウド": "interviews/#system-support-2008-cloud",
        "ネットワーク": "interviews/#network-2022",
        "ＡＩ": "interviews/#dx-2021-generative-ai",
        "営繕": "faq/building-engineers/ professions/#building-engineer",
        "大使館 建設": "professions/#site-supervision professions/#embassy-peru-office",
        "サーバ": "professions/#server-maintenance",
        "政府専用機": "glossary/#government-aircraft professions/#government-aircraft",
        "ペルー": "places/#embassy-peru professions/#embassy-peru-office",
        "地域おこし協力隊": "glossary/#cooperators",
        "後藤": "interviews/goto/ days/#goto",
        "給料": "faq/pay/",
        "ボーナス": "faq/bonus/",
        "何歳まで": "faq/age/",
        "国籍": "faq/nationality/",
        "中途採用": "faq/mid-career/",
        "官庁訪問": "faq/interviews-and-visits/ apply/#step-visits",
        "面接": "faq/interviews-and-visits/ apply/#step-interviews",
        "試験科目": "faq/examination-subjects/",
        "インターン": "faq/internship/",
        "子供": "faq/school-of-children/ faq/working-with-children/",
        "危険": "faq/safety/",
        "どこの国": "faq/countries/",
        "男 育休": "faq/men-and-childcare/",
        "離職率": "faq/resignation/",
        "クッキー": "about/#about-privacy-no-cookies",
    },
    "en": {
        "briefing": "notices/",
        "notices": "notices/",
        "deadline": "faq/examination-dates/ notices/",
        "apply": "apply/",
        "how to apply": "apply/",
        "glossary": "glossary/",
        "questions": "faq/",
        "day at headquarters": "days/#headquarters-first-year",
        "daily work": "interviews/goto/#daily-work",
        "overtime": "faq/overtime/ days/#headquarters-first-year-after-hours",
        "flextime": "faq/telework-and-flexitime/ work-life/#flexitime",
        "working from home": "faq/telework-and-flexitime/ work-life/#telework",
        "remote work": "faq/telework-and-flexitime/ work-life/#telework",
        "working hours": "faq/working-hours/ work-life/#early-late-hours",
        "study abroad": "faq/study-abroad/ faq/language-training-content/",
        "Do I have to work abroad?": "faq/posting-required/ faq/language-confidence/",
        "choose country": "faq/choice-of-country/",
        "family abroad": "faq/with-family-or-alone/",
        "women": "faq/women-at-work/",
        "parental leave": "work-life/#childcare-leave",
        "maternity": "work-life/#maternity-leave",
        "spouse": "faq/work-of-spouse/ work-life/#spouse-childbirth-leave faq/women-at-work/",
        "work-life balance": "work-life/",
        "English": "faq/english-level/ training/#language-training-abroad faq/language-confidence/",
        "do I need English": "faq/english-level/ training/#language-training-abroad faq/language-confidence/",
        "paternity": "work-life/#spouse-childbirth-leave",
        "cypher": "mission/#telegram-cipher mission/#history-cipher",
        "cipher": "mission/#history-cipher",
        "language skills": "faq/language-confidence/",
        "background in ICT": "faq/ict-knowledge/",
        "what should I study": "faq/what-to-study/ interviews/goto/#studies faq/external-training-content/",
        "exam": "faq/which-examination/ apply/",
        "physics": "apply/#physics",
        "contact": "apply/",
        "dormitories": "faq/housing/",
        "secondments": "glossary/#secondment faq/secondments/",
        "business trips": "faq/business-trips/",
        "graduate school": "faq/study-abroad/ faq/external-training-content/",
        "trained": "training/ faq/external-training-content/ training/#external-training",
        "ciphers": "mission/#history-cipher glossary/#cipher",
        "AI": "interviews/#dx-2021-generative-ai",
        "building engineers": "professions/#building-engineer",
        "Goto": "interviews/goto/ days/#goto",
        "salary": "faq/pay/",
        "humanities": "faq/humanities/",
        "no IT background": "faq/ict-knowledge/",
        "degree": "faq/degree/",
        "certification": "faq/certifications/",
        "dangerous countries": "faq/safety/",
        "can my husband come": "faq/with-family-or-alone/",
        "internship": "faq/internship/",
        "cookies": "about/#about-privacy-no-cookies",
    },
}


def places(words, language):
    with override(language):
        return [hit.place for hit in find(Query(words), read_candidates(language))[:10]]


def rank(words, language, answers):
    """Return the rank of the first answer, or 0 if none is among the first ten."""
    urls = {f"/{language}/{answer}" for answer in answers.split()}
    return next((number for number, place in enumerate(places(words, language), 1) if place in urls), 0)


@pytest.mark.parametrize("language", ASKED)
def test_what_applicants_ask_is_answered_first(language):
    ranks = {words: rank(words, language, answers) for words, answers in ASKED[language].items()}
    assert [words for words, number in ranks.items() if not number] == []
    assert sum(1 / number for number in ranks.values()) / len(ranks) >= 0.9


@pytest.mark.parametrize("language", ASKED)
def test_page_is_found_first_by_its_very_name(language):
    with override(language):
        pages = [page for page in PAGES if page.section != "search"]
        first_places = {str(page.label): places(str(page.label), language)[0] for page in pages}
        assert first_places == {str(page.label): page.url for page in pages}

"""Source notes name headings that stand in the documents, each under one name in each language."""

import re

import pytest
from django.apps import apps

from recruit_site.content.models.publishable import Publishable

pytestmark = pytest.mark.django_db

#: The headings of each document, and the names of its parts without one (its cover, the profiles at its end).
HEADINGS = {
    "recruitment-guide": {
        "表紙": "Cover",
        "連絡先": "Contact",
        "外務省情報通信課のミッション": "Purpose of the Information and Communications Division",
        "業務概要": "Business overview",
        "本省勤務と在外勤務のサイクル": "The cycle between headquarters and overseas",
        "職員インタビュー": "Staff interviews",
        "キャリアパスのモデルケース": "Model career path",
        "研修制度": "Training",
        "ワークライフバランス支援制度の紹介": "Programmes that support work–life balance",
        "ある職員の日": "A day in the life of a member of staff",
        "採用に関するQ&A": "Questions and answers",
        **{f"Q{number}": f"Q{number}" for number in range(1, 13)},
    },
    "technical-guide": {
        "技術系職員の活躍貢献": "The work and contribution of technical officials",
        "日本で最も古い外交公電": "The oldest diplomatic telegram of Japan",
        "職員紹介": "Staff profile",
    },
    "diplomat-questions": {"Question 1": "Question 1", "Question 2": "Question 2", "MESSAGE": "MESSAGE"},
    "dx-article": {
        "2. 国民サービス向上、外交力強化のために": "2. For better services to the public and stronger diplomacy",
        "末尾の三人の紹介": "Profiles of the three at its end",
    },
    "mic-essays": {
        "Chapter 1「政策の最前線から」": "Chapter 1, “From the frontiers of policy”",
        "デジタル・ガバメントの世界へようこそ！": "Welcome to the world of digital government!",
        "「このまちで生きる。」を支えられる存在に": "Supporting those who say “I will live in this town”",
        "豊かな社会を目指して": "Towards a richer society",
    },
}


def faults_of(piece):
    """Return what is wrong with the place in the source that a piece names, "" where it is right."""
    headings = HEADINGS[piece.source.slug]
    one = "|".join(sorted(map(re.escape, headings), key=len, reverse=True))
    if not re.fullmatch(f"({one})(、({one}))*", piece.source_section_ja or ""):
        return f"{piece.slug}: no heading of the document in {piece.source_section_ja}"
    english = ", ".join(headings[name] for name in re.findall(one, piece.source_section_ja))
    return "" if piece.source_section_en == english else f"{piece.slug}: {piece.source_section_en}, not {english}"


@pytest.mark.parametrize("model", [model for model in apps.get_models() if issubclass(model, Publishable)])
def test_texts_name_headings_of_their_document(model):
    pieces = model.objects.exclude(source=None).exclude(source_section_ja=None).select_related("source")
    assert list(filter(None, map(faults_of, pieces))) == []

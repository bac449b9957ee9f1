"""Factories of published content for tests.

The factories set both languages by name, because `title=` would write only the column of the active language.
"""

import itertools
from datetime import timedelta
from io import BytesIO

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from careers import models as careers
from faq.models import Question, Topic
from interviews.models import Answer, Day, DayEntry, Feature, FeatureSection, Interview
from recruit_site.content.models import Chapter, Passage, Source, Term
from recruit_site.media.models import Picture
from recruit_site.media.upload import redraw_as_jpeg

numbers = itertools.count(1)


def letters(number):
    """Return a positive number in letters, as spreadsheets name columns: 1 → A, 27 → AA."""
    name = ""
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def source(**fields):
    number = next(numbers)
    return Source.objects.create(
        **{
            "slug": f"source-{number}",
            "title_ja": f"資料{number}",
            "title_en": f"Document {number}",
            "publisher_ja": "発行者",
            "publisher_en": "Publisher",
        }
        | fields
    )


def live(model, **fields):
    """Create a published piece of a model, with a title in each language that ends in letters.

    The title has no digits: the editorial checks report numbers that differ between the languages, so digits would
    disturb tests that change one language only.
    """
    number = next(numbers)
    name = letters(number)
    return model.objects.create(
        **{
            "slug": f"piece-{number}",
            "state": "live",
            "order": number,
            "title_ja": f"題名{name}",
            "title_en": f"Title {name}",
        }
        | fields
    )


def texts(name):
    return {"text_ja": f"本文{name}", "text_en": f"Text {name}"}


def question(**fields):
    topic = fields.pop("topic", None) or live(Topic)
    return live(Question, topic=topic, **texts("answer") | fields)


def interview(**fields):
    person = fields.pop("person", None) or live(
        careers.Person, group="technical", duty=live(careers.Duty), joined_year=2020
    )
    piece = live(Interview, person=person, **{"has_page": True} | fields)
    Answer.objects.create(
        interview=piece, slug="why", title_ja="動機", title_en="Why", text_ja="理由。", text_en="Reasons."
    )
    return piece


def voice(**fields):
    """Create an interview without a page of its own."""
    return interview(has_page=False, **fields)


def chapter(**fields):
    piece = live(Chapter, **{"section": "mission"} | fields)
    Passage.objects.create(chapter=piece, slug="first", text_ja="段落。", text_en="A passage.")
    return piece


def day(**fields):
    piece = live(Day, **fields)
    DayEntry.objects.create(
        day=piece, slug="work", starts_at="9:30", ends_at="12:30", title_ja="午前", title_en="Morning"
    )
    return piece


def training(**fields):
    return live(careers.TrainingProgramme, **texts("training") | fields)


def programme(**fields):
    stages = [live(careers.LifeStage, source=source()), live(careers.LifeStage, source=source())]
    rules = {"rule_ja": "年5日まで", "rule_en": "Five days a year"}
    piece = live(careers.WorkLifeProgramme, **texts("rule") | rules | fields)
    careers.ProgrammeUse.objects.create(
        programme=piece,
        slug="use",
        whose="employee",
        effect="away",
        example_ja="休む",
        example_en="Away",
        from_stage=stages[0],
        to_stage=stages[1],
    )
    return piece


def place(**fields):
    return live(
        careers.Place,
        **{"country_ja": "国", "country_en": "Country", "kind": "posting", "latitude": "1.5", "longitude": "2.5"}
        | fields,
    )


def official(place=None, **fields):
    """Create a technical official with dated posts, whose career can be laid beside the model career."""
    person = live(careers.Person, **{"group": "technical", "joined_year": 2000} | fields)
    for number, kind in enumerate(("headquarters", "abroad", "headquarters")):
        titles = {"title_ja": f"職{number}", "title_en": f"Post {number}"}
        person.career_steps.create(slug=f"step-{number}", kind=kind, year=2000 + 3 * number, place=place, **titles)
    return person


def stage(**fields):
    return live(careers.PathStage, **{"kind": "abroad", "period_ja": "時期", "period_en": "When"} | fields)


def exam_category(**fields):
    return live(careers.ExamCategory, **{"exam_ja": "試験", "exam_en": "Exam"} | fields)


def recruiting_step(at=None, **fields):
    """Create a step of recruiting; `at`, a number of days from today, is its only day."""
    day = {} if at is None else {"starts_on": timezone.localdate() + timedelta(days=at)}
    return live(careers.RecruitingStep, **day | fields)


def figure(**fields):
    return live(careers.Figure, **{"section": "home", "value_ja": "3か国", "value_en": "3 countries"} | fields)


def project(**fields):
    profession = fields.pop("profession", None) or live(careers.Profession)
    return live(careers.Project, profession=profession, **fields)


def feature(**fields):
    piece = live(Feature, **{"kind": "essay"} | fields)
    FeatureSection.objects.create(
        feature=piece, slug="first", title_ja="節", title_en="Section", text_ja="本文。", text_en="Text."
    )
    return piece


def term(**fields):
    reading = {} if "title_ja" in fields else {"reading": "だいめい"}  # of the title that live() gives
    return live(Term, **texts("term") | reading | fields)


def file(image, form="JPEG", **options):
    """Return a Pillow image as an uploaded file. `options` are those of Image.save()."""
    content = BytesIO()
    image.save(content, form, **options)
    return ContentFile(content.getvalue(), name=f"P1000123.{form.lower()}")


def picture(size=(40, 30), colour="teal", **fields):
    number = next(numbers)
    return Picture.objects.create(
        **{
            "slug": f"picture-{number}",
            "name": f"写真{number}",
            "file": redraw_as_jpeg(file(Image.new("RGB", size, colour))),
            "alt_ja": f"説明{number}",
            "alt_en": f"Alternative {number}",
        }
        | fields
    )


def link(piece, target, **fields):
    """Create a related link from a piece to another one."""
    fields = {"slug": f"link-{next(numbers)}", "text_ja": "理由", "text_en": "Reason"} | fields
    return piece.related_links.create(target=f"{target._meta.label_lower}:{target.slug}", **fields)


def notice(**fields):
    return live(careers.Notice, **texts("notice") | fields)


def briefing(at=timedelta(days=7), **fields):
    """Create a briefing that starts after the timedelta `at` and lasts two hours."""
    start = timezone.now() + at
    venue = {"venue_ja": "会場", "venue_en": "Venue"}
    return notice(**{"starts_at": start, "ends_at": start + timedelta(hours=2)} | venue | fields)

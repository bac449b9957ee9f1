"""Related pieces: they share subjects, a duty or a place with the piece."""

import pytest

from careers.models import Duty, Person, TrainingProgramme
from faq.models import Question
from recruit_site.content.models import Subject
from recruit_site.content.related import related, related_of_each
from tests import factories
from tests.page_text import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def subjects():
    return [Subject.objects.create(slug=f"s{number}", title_ja=f"主題{number}") for number in range(3)]


def about(make, *subjects, **fields):
    piece = make(**fields)
    piece.subjects.set(subjects)
    return piece


def test_pieces_with_the_most_shared_subjects_come_first(subjects):
    one, two, three = subjects
    weak, strong = about(factories.question, one), about(factories.question, one, two)
    about(factories.question, three)
    interview = about(factories.interview, one, two)
    assert related(interview, "questions") == [strong, weak]
    assert related(interview, "questions", most=1) == [strong]
    assert related_of_each([interview], "questions") == {interview.pk: [strong, weak]}
    assert related_of_each([interview], "questions", most=1) == {interview.pk: [strong]}


def test_piece_without_subjects_has_no_relations():
    interview = factories.interview()
    assert related(interview, "questions") == []
    assert related_of_each([interview], "questions") == {interview.pk: []}


def test_piece_is_not_related_to_itself(subjects):
    question, other = about(factories.question, *subjects), about(factories.question, subjects[0])
    assert related(question, "questions") == [other]
    assert related_of_each([question], "questions") == {question.pk: [other]}


@pytest.mark.parametrize("names", [["questions", "interviews"], ["features", "training_programmes", "questions"]])
@pytest.mark.parametrize("kind", [TrainingProgramme, Question])
def test_pieces_of_a_kind_are_related_as_each_by_itself(kind, names, django_assert_num_queries):
    pieces = list(kind.objects.published())
    expected = {piece.pk: related(piece, *names) for piece in pieces}
    with django_assert_num_queries(1 + 2 * len(names)):
        assert related_of_each(pieces, *names) == expected


def test_interview_offers_the_question_that_answers_it_and_the_colleagues_of_the_same_duty(client, subjects):
    duty = factories.live(Duty)
    interview = about(factories.interview, subjects[0], person=factories.live(Person, duty=duty))
    colleague = factories.interview(person=factories.live(Person, duty=duty))
    question, hidden = about(factories.question, subjects[0]), about(factories.question, subjects[0], state="draft")
    html = read(client.get(interview.get_absolute_url()))
    assert (str(question) in html, str(colleague) in html, str(hidden) in html) == (True, True, False)


@pytest.mark.parametrize(
    ("path", "make"), [("/ja/training/", factories.training), ("/ja/work-life/", factories.programme)]
)
def test_programme_offers_the_question_that_answers_it(client, subjects, path, make):
    about(make, subjects[0])
    question, hidden = about(factories.question, subjects[0]), about(factories.question, subjects[0], state="draft")
    html = read(client.get(path))
    assert (str(question) in html, str(hidden) in html) == (True, False)

"""The checks that both languages of a text say the same."""

from django.utils.translation import gettext_lazy as _

from recruit_site.editorial_checks.finding import EditorialCheck, Mark
from recruit_site.editorial_checks.numbers_and_terms import ERA_YEAR, narrow, numbers, numbers_that_disagree


def in_both_languages(place):
    """Return (Japanese, English) of a field if both should say the same, else ("", "")."""
    if place.original in getattr(place.unit.model, "language_specific_fields", ()):
        return "", ""
    return place.said_in("ja"), place.said_in("en")


def differing_numbers(place):
    japanese, english = in_both_languages(place)
    if not (japanese and english):
        return
    disagreements = numbers_that_disagree(japanese, english)
    for disagreement in disagreements:
        start, end = disagreement.span
        if disagreement.stands_in == place.language and not is_said_beside_it(place, start, end):
            others = ", ".join(other.what for other in disagreements if other.stands_in != place.language)
            yield Mark(start, end, {"others": others})


def is_said_beside_it(place, start, end):
    """Return whether an era year is in an English text of the same unit: English gives only Western years."""
    if place.language != "ja" or not ERA_YEAR.fullmatch(narrow(place.text[start:end])):
        return False
    era_years, _implied = numbers(place.text[start:end], "ja")
    english_texts = [text for name, text in place.unit.data.items() if name.endswith("_en") and isinstance(text, str)]
    return any(era_years[0].agrees_with(year) for text in english_texts for year in numbers(text, "en")[0])


def other_english(place):
    japanese, english = in_both_languages(place)
    if not (japanese and english):
        return
    for missing in place.lexicon.disagreements(japanese, english):
        yield Mark(*missing.span, {"term": missing.what, "english": place.lexicon.english(missing.what)})


CHECKS = (
    EditorialCheck(
        "numbers",
        differing_numbers,
        _("This figure is not in the other language."),
        _("Make both languages say the same."),
        _("Only the other one has: %(others)s"),
        compares=True,
        blocks=True,
    ),
    EditorialCheck(
        "terms",
        other_english,
        _("The English does not use the agreed word for “%(term)s”."),
        _("Use the glossary’s word, or give the term another form there."),
        _("The glossary says: %(english)s"),
        languages=("ja",),
        compares=True,
    ),
)

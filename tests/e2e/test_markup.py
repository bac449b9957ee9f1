"""Tests that the Nu HTML checker finds no errors in each kind of page and in the stylesheets."""

import pytest
from django.conf import settings

from tests.page_kinds import kinds
from tests.quality import nu

PUBLIC_PAGES = [kind for kind in kinds() if not kind.signed_in]


@pytest.mark.parametrize("kind", PUBLIC_PAGES, ids=str)
def test_page_is_valid_html(kind, site, address_of, checker):
    assert nu.page_faults(checker, site.get(address_of(kind)).body) == []


def test_stylesheets_are_valid():
    assert nu.stylesheet_faults(sorted((settings.BASE_DIR / "static/css").rglob("*.css"))) == []

"""Readers load one stylesheet, hashed and compressed, that holds each component's file in its cascade layer."""

import re

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import FileSystemStorage, staticfiles_storage

from recruit_site.web.static_storage import SiteStaticFilesStorage


def test_stylesheet_of_the_pages_is_whole():
    name = staticfiles_storage.stored_name("css/site.css")
    text = (settings.STATIC_ROOT / name).read_text(encoding="utf-8")
    assert "@import" not in text
    source = (settings.BASE_DIR / "static/css/site.css").read_text(encoding="utf-8")
    for file, layer in re.findall(r'url\("([^"]+)"\) layer\((\w+)\)', source):
        part = (settings.BASE_DIR / "static/css" / file).read_text(encoding="utf-8").strip()
        assert f"@layer {layer} {{\n{part}\n}}" in text, file
    assert (settings.STATIC_ROOT / f"{name}.br").is_file()


def test_import_of_a_missing_file_stops_the_collection(tmp_path):
    (tmp_path / "css").mkdir()
    (tmp_path / "css/site.css").write_text('@import url("gone.css") layer(base);', encoding="utf-8")
    source = FileSystemStorage(tmp_path)
    with pytest.raises(ValueError, match=r"imports gone\.css, which does not exist"):
        SiteStaticFilesStorage.write_out({"css/site.css": (source, "css/site.css")})

"""Uploads: a file becomes a redrawn JPEG, or is refused in plain words and nothing is stored."""

import struct
import subprocess
import sys
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms

from recruit_site.media.models import Picture
from recruit_site.media.upload import LONGEST, redraw_as_jpeg
from tests import factories
from tests.admin_forms import admin_url, form_of
from tests.factories import file
from tests.page_text import read

RED, GREEN = (200, 40, 30), (30, 160, 60)
#: The EXIF tags of orientation, camera model and place.
ORIENTATION, MODEL, GPS = 0x0112, 0x0110, 0x8825


def two_halves(size=(60, 40), mode="RGB"):
    """Return a picture that is red on the left and green on the right."""
    image = Image.new("RGB", size, RED)
    image.paste(GREEN, (size[0] // 2, 0, *size))
    return image.convert(mode)


def opened(content):
    return Image.open(content)


def close(colour, wanted):
    return max(abs(one - other) for one, other in zip(colour, wanted, strict=True)) < 12


def refusal(content, name="photo.jpg"):
    with pytest.raises(ValidationError) as caught:
        redraw_as_jpeg(ContentFile(content, name=name))
    return caught.value.messages[0]


def png(width, height, *chunks):
    """Return a PNG whose head claims a size, without any pixels."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), *chunks, (b"IDAT", zlib.compress(b"")), (b"IEND", b"")]
    parts = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def bytes_of(image, form, **options):
    return file(image, form, **options).read()


def gif(frames=2):
    first, *others = (Image.new("RGB", (8, 8), (90 * number, 0, 0)) for number in range(frames))
    return bytes_of(first, "GIF", save_all=True, append_images=others)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_every_accepted_form_becomes_a_jpeg_named_by_its_content(form):
    drawn = redraw_as_jpeg(file(two_halves(), form))
    image = opened(drawn)
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (60, 40))
    assert close(image.getpixel((5, 20)), RED)
    assert close(image.getpixel((55, 20)), GREEN)
    assert (len(drawn.name), drawn.name) == (36, redraw_as_jpeg(file(two_halves(), form)).name)


def test_orientation_is_applied_and_camera_and_place_are_gone():
    exif = Image.Exif()
    exif[ORIENTATION], exif[MODEL] = 6, "A camera"  # held upright: the left edge is at the top
    exif.get_ifd(GPS).update({1: "N", 2: (35.0, 40.0, 26.0), 3: "E", 4: (139.0, 44.0, 41.0)})
    source = bytes_of(two_halves(), "JPEG", exif=exif, comment=b"a comment", xmp=b"<x:xmpmeta/>")
    assert b"A camera" in source
    drawn = redraw_as_jpeg(ContentFile(source, name="IMG_0001.JPG"))
    image = opened(drawn)
    assert image.size == (40, 60)
    assert close(image.getpixel((20, 5)), RED)
    assert dict(image.getexif()) == {}
    assert {"exif", "comment", "xmp", "icc_profile"} & set(image.info) == set()
    assert b"A camera" not in drawn.read()


def test_cmyk_is_converted():
    assert close(opened(redraw_as_jpeg(file(two_halves(mode="CMYK")))).getpixel((5, 20)), RED)


def test_colours_of_another_profile_become_those_of_the_web():
    lab = Image.new("RGB", (8, 8), (120, 60, 200))
    swapped = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    assert opened(redraw_as_jpeg(file(lab, icc_profile=swapped))).mode == "RGB"
    assert opened(redraw_as_jpeg(file(lab, icc_profile=b"no profile"))).size == (8, 8)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_is_transparent_becomes_white(mode):
    image = Image.new("RGBA", (20, 20), (0, 0, 0, 0)).convert(mode)
    options = {"transparency": 0} if mode == "P" else {}
    assert close(opened(redraw_as_jpeg(file(image, "PNG", **options))).getpixel((10, 10)), (255, 255, 255))


def test_large_picture_is_kept_at_the_size_that_pages_need():
    assert opened(redraw_as_jpeg(file(Image.new("RGB", (4000, 1000))))).size == (LONGEST, 640)


def test_smallest_picture_is_kept():
    assert opened(redraw_as_jpeg(file(Image.new("RGB", (1, 1))))).size == (1, 1)


def test_photo_of_a_phone_with_a_second_frame_shows_the_first():
    first, second = two_halves(), Image.new("RGB", (60, 40), "blue")
    content = bytes_of(first, "MPO", save_all=True, append_images=[second])
    assert close(opened(redraw_as_jpeg(ContentFile(content, name="a.jpg"))).getpixel((5, 20)), RED)


BROKEN = "サイトで使える画像ではないか、壊れています"
JPEG = bytes_of(Image.effect_noise((300, 200), 80), "JPEG")
BAD = {
    "nothing in it but words": (b"hello", BROKEN),
    "SVG": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', BROKEN),
    "HTML": (b"<!doctype html><script>alert(1)</script>", BROKEN),
    "PDF": (b"%PDF-1.7\n%%EOF", BROKEN),
    "truncated JPEG": (JPEG[: len(JPEG) // 2], BROKEN),
    "truncated PNG": (bytes_of(Image.effect_noise((300, 200), 80), "PNG")[:9000], BROKEN),
    "a head alone": (JPEG[:20], BROKEN),
    "TIFF": (bytes_of(Image.new("RGB", (8, 8)), "TIFF"), BROKEN),
    "animated GIF": (gif(), "この画像は動きます"),
    "animated WebP": (
        bytes_of(Image.new("RGB", (8, 8)), "WEBP", save_all=True, append_images=[Image.new("RGB", (8, 8), "red")]),
        "この画像は動きます",
    ),
    "animated PNG": (
        bytes_of(Image.new("RGB", (8, 8)), "PNG", save_all=True, append_images=[Image.new("RGB", (8, 8), "red")]),
        "この画像は動きます",
    ),
    "PNG of 40 million pixels": (png(8000, 5000), "この画像は約4000万画素あります。PNGは1600万画素までです。"),
    "bomb that is noticed": (png(10_000, 10_000), "大きすぎて読み込めません"),
    "bomb that Pillow refuses": (png(60_000, 60_000), "大きすぎて読み込めません"),
    "bomb in a comment": (png(8, 8, (b"zTXt", b"a\0\0" + zlib.compress(b"a" * 80_000_000))), BROKEN),
    "no width": (png(0, 10), BROKEN),
    "sixteen bits of grey": (bytes_of(Image.new("I;16", (8, 8)), "PNG"), BROKEN),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_file_is_refused_in_plain_words(name):
    content, words = BAD[name]
    assert words in refusal(content)


def test_file_of_too_many_bytes_is_not_even_opened():
    heavy = ContentFile(b"")
    heavy.size = 41_000_000
    with pytest.raises(ValidationError, match="41MB"):
        redraw_as_jpeg(heavy)


def test_page_hidden_in_a_picture_is_gone():
    html = b"<html><script>alert(1)</script></html>"
    for content in (JPEG + html, bytes_of(Image.new("RGB", (8, 8)), "JPEG", comment=html)):
        assert html in content
        assert b"<script" not in redraw_as_jpeg(ContentFile(content, name="x.html")).read()


MEASURE = r"""
import re, sys
from django.core.files import File
import django
django.setup()
import recruit_site.urls
from recruit_site.media.upload import redraw_as_jpeg
redraw_as_jpeg(File(open(sys.argv[1], "rb")))
print(re.search(r"VmHWM:\s+(\d+) kB", open("/proc/self/status").read())[1])
"""


@pytest.mark.parametrize(
    ("form", "mode", "size", "options"),
    [
        ("JPEG", "RGB", (7746, 5164), {"quality": 50}),
        ("JPEG", "RGB", (5477, 3651), {"quality": 50, "progressive": True, "subsampling": 0}),
        ("PNG", "RGBA", (4898, 3266), {"compress_level": 1}),
        ("WEBP", "RGB", (3464, 2309), {"method": 0}),
    ],
    ids=["JPEG of 40 million pixels", "progressive JPEG", "PNG", "WebP"],
)
def test_largest_pictures_need_less_than_300_megabytes(tmp_path, form, mode, size, options):
    Image.new(mode, size, (90, 140, 180, 100)[: len(mode)]).save(tmp_path / "large", form, **options)
    measured = subprocess.run(  # noqa: S603
        [sys.executable, "-c", MEASURE, tmp_path / "large"], capture_output=True, text=True, check=True
    )
    assert int(measured.stdout) < 300_000  # kB


# The admin form.


@pytest.fixture
def stored(settings, tmp_path):
    """A function that returns the names of the files in the storage of one test."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return lambda: sorted(str(path.relative_to(tmp_path / "media")) for path in (tmp_path / "media").rglob("*.*"))


def upload(admin, url, content=JPEG, name="my holiday.jpg", **fields):
    form = form_of(read(admin.get(url)))
    form.pop("file", None)
    words = {"name": "会議", "alt_ja": "会議室で話す二人", "_save": "1"}
    return admin.post(url, form | words | {"file": SimpleUploadedFile(name, content)} | fields)


@pytest.mark.django_db
@pytest.mark.ignore_template_errors
class TestForm:
    def test_picture_is_stored_under_a_name_of_ours_and_its_form_follows(self, admin, stored):
        response = upload(admin, admin_url(Picture, "add"), focus_x="20", focus_y="80")
        picture = Picture.objects.get()
        assert response["Location"] == admin_url(Picture, "change", picture.pk)
        assert (picture.size, picture.focus, picture.alt_ja) == ((300, 200), (20, 80), "会議室で話す二人")
        assert "holiday" not in " ".join(stored())
        assert picture.file.name in stored()
        html = read(admin.get(response["Location"]))
        assert ('cx="20%" cy="80%"' in html, "300 × 200" in html, "まだどこにも使われていません。" in html) == (
            True,
        ) * 3

    @pytest.mark.parametrize("name", ["HTML", "truncated JPEG", "animated GIF", "PNG of 40 million pixels"])
    def test_bad_file_is_explained_in_the_form_and_nothing_is_stored(self, admin, stored, name):
        content, words = BAD[name]
        response = upload(admin, admin_url(Picture, "add"), content)
        assert (response.status_code, words in read(response)) == (200, True)
        assert (Picture.objects.count(), stored()) == (0, [])

    @pytest.mark.parametrize(
        ("fields", "words"),
        [
            ({"alt_ja": ""}, "何が写っているかを日本語で書くか"),
            ({"alt_ja": "", "alt_en": "A meeting"}, "何が写っているかを日本語で書くか"),
            ({"decorative": "on"}, "どちらか一方にしてください"),
            ({"focus_x": "101"}, "100"),
            ({"file": ""}, "このフィールドは必須です"),
        ],
    )
    def test_missing_words_are_asked_for(self, admin, stored, fields, words):
        response = upload(admin, admin_url(Picture, "add"), **fields)
        assert (response.status_code, words in read(response)) == (200, True)
        assert (Picture.objects.count(), stored()) == (0, [])

    @pytest.mark.parametrize(
        ("language", "words"), [("ja", "5000万画素、40MBまで"), ("en", "50 million pixels and 40 MB")]
    )
    def test_form_says_what_may_be_uploaded(self, admin, language, words):
        assert words in read(admin.get(admin_url(Picture, "add"), headers={"accept-language": language}))

    def test_decorative_picture_needs_no_words(self, admin, stored):
        upload(admin, admin_url(Picture, "add"), alt_ja="", decorative="on")
        assert Picture.objects.get().decorative

    def test_words_are_changed_without_choosing_the_file_again(self, admin, stored):
        picture = factories.picture()
        before = (picture.file.name, stored())
        upload(admin, admin_url(Picture, "change", picture.pk), caption_ja="新しい説明", file="")
        picture.refresh_from_db()
        assert (picture.caption_ja, (picture.file.name, stored())) == ("新しい説明", before)

    def test_same_file_twice_is_stored_once(self, stored):
        names = {factories.picture().file.name, factories.picture().file.name}
        assert len(names) == 1
        assert len([name for name in stored() if name.endswith("original.jpg")]) == 1


def test_broken_file_of_every_length_is_no_error_of_the_site():
    whole = bytes_of(Image.effect_noise((40, 30), 80), "PNG")
    for length in range(0, len(whole) - 20, 97):
        assert BROKEN in refusal(whole[:length])
    assert opened(redraw_as_jpeg(ContentFile(whole, name="x"))).size == (40, 30)

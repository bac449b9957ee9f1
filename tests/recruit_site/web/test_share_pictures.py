"""The drawing of share pictures: the layout of the title, the whole picture, the logo."""

from io import BytesIO

import pytest
from django.conf import settings
from PIL import Image, ImageChops

from recruit_site.web.share_pictures import logo
from recruit_site.web.share_pictures.share_picture import (
    BOTTOM,
    END,
    HEIGHT,
    START,
    TOP,
    background,
    node,
    palette,
    share_picture,
)
from recruit_site.web.share_pictures.title_layout import LINE_HEIGHT, SIZES, font, lay_out_title, width

ROOM = END - START
LONGEST = "この採用情報サイトの題名は、最長で百六十文字までと決められているため、" * 5  # 175 characters
HARD = [
    ("外交の線を、絶やさない。", "ja"),
    ("一", "ja"),
    (LONGEST[:120], "ja"),
    (LONGEST[:160], "ja"),
    ("長" * 160, "ja"),
    ("外" * 1000, "ja"),
    ("、" * 200, "ja"),
    ("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft", "en"),
    ("W" * 160, "en"),
    ("word " * 32, "en"),
    ("word " * 200, "en"),
    ("NISCと情報通信課デジタル化推進室CybersecurityOperationsCenterで働く", "ja"),
    ("  a title\nin two lines  ", "en"),
    ("", "ja"),
]


def short(value):
    return value[:12] if isinstance(value, str) else None


def opened(png):
    return Image.open(BytesIO(png))


@pytest.mark.parametrize(("title", "language"), HARD, ids=short)
def test_title_never_leaves_its_room(title, language):
    size, lines = lay_out_title(title, language, ROOM)
    assert [line for line in lines if width(line, size) > ROOM] == []
    assert len(lines) <= SIZES[size]
    assert len(lines) * size * LINE_HEIGHT <= BOTTOM - TOP


@pytest.mark.parametrize(("title", "language"), HARD, ids=short)
def test_picture_has_its_words_in_their_room_and_is_small(title, language):
    png = share_picture(title, "外務省 技術系職員 採用情報", language)
    picture = opened(png)
    assert (picture.format, picture.size, picture.mode) == ("PNG", (1200, 630), "P")
    assert len(png) <= 60_000
    drawn = ImageChops.difference(picture.convert("RGB"), background()).convert("L")
    drawn.paste(0, (0, 0, START - 8, HEIGHT))  # the cable and its node
    drawn.paste(0, (START - 8, TOP, END + 8, HEIGHT))  # the area of title and name
    assert drawn.point(lambda value: value > 40 and 255).getbbox() is None


def test_title_of_every_model_s_length_is_shown_whole():
    for title in (LONGEST[:160], "長" * 160, "W" * 160):
        _size, lines = lay_out_title(title, "ja", ROOM)
        assert "".join(lines) == title


def test_title_beyond_that_ends_in_the_sign_that_more_followed():
    assert lay_out_title("外" * 1000, "ja", ROOM)[1][-1].endswith("…")


@pytest.mark.parametrize(
    ("title", "language", "lines"),
    [
        ("外交の線を、絶やさない。", "ja", ["外交の線を、", "絶やさない。"]),
        ("学びつづけることも、仕事のうち。", "ja", ["学びつづけることも、", "仕事のうち。"]),
        ("線の上に、人がいる。", "ja", ["線の上に、人がいる。"]),
        ("Two parents, one timeline.", "en", ["Two parents,", "one timeline."]),
        ("To those still choosing their path", "en", ["To those still", "choosing their path"]),
    ],
)
def test_lines_of_a_title_are_even_and_end_where_the_reader_pauses(title, language, lines):
    assert lay_out_title(title, language, ROOM) == (88, lines)


def test_node_stands_beside_the_first_line_of_the_title():
    picture = opened(share_picture("一行", "名", "ja")).convert("RGB")
    middle = (TOP + BOTTOM) // 2
    assert picture.getpixel((72 + 14, middle)) == (0xFF, 0x7A, 0x5A)
    assert picture.getpixel((72, middle)) == (0x0B, 0x1B, 0x30)


def test_what_pictures_share_is_drawn_once_and_each_size_of_the_font_is_read_once():
    share_picture("語学力に自信がなくても、在外公館で働けますか", "外務省 技術系職員 採用情報", "ja")
    misses = [shared.cache_info().misses for shared in (background, node, palette, font)]
    for number in range(3):
        share_picture(f"語学力に自信がなくても、在外公館で働けますか{number}", "外務省 技術系職員 採用情報", "ja")
    assert [shared.cache_info().misses for shared in (background, node, palette, font)] == misses


def test_picture_is_drawn_once():
    first = share_picture("一度だけ描く", "名", "ja")
    assert share_picture("一度だけ描く", "名", "ja") is first


def test_icon_of_svg_holds_the_figures_of_the_mark():
    (x, y), (_x, first), (_, second), (end, turn) = logo.CURVE
    assert (settings.BASE_DIR / "static/img/icon.svg").read_text() == (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {logo.BOX} {logo.BOX}">'
        f'<rect width="{logo.BOX}" height="{logo.BOX}" fill="{logo.SEA}"/>'
        f'<path d="M{x} {y}C{x} {first} {end} {second} {end} {turn}V{logo.BOX}" fill="none" '
        f'stroke="{logo.CABLE}" stroke-width="{logo.WIDTH}"/>'
        f'<circle cx="{x}" cy="{y}" r="{logo.RADIUS}" fill="{logo.SEA}" '
        f'stroke="{logo.CABLE}" stroke-width="{logo.WIDTH}"/></svg>\n'
    )

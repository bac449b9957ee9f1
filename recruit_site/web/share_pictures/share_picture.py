"""The share picture of a page, shown beside links to it on other sites: the page's title at a node on the cable."""

from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageColor, ImageDraw

from recruit_site.web.share_pictures.logo import CABLE, SEA, Canvas, bezier
from recruit_site.web.share_pictures.title_layout import FEATURES, LINE_HEIGHT, font, lay_out_title, shortened

WIDTH, HEIGHT = 1200, 630  # 1.91 : 1, the proportions that the services that show share pictures agree on
WORDS = "#ffffff"
QUIET = "#b4c3d1"

#: The cable stands at 6 % of the width, the text between 12 % and 88 %, as on the pages.
CABLE_X, START, END = round(0.06 * WIDTH), round(0.12 * WIDTH), round(0.88 * WIDTH)
CABLE_WIDTH = 4
#: The title stands in the middle between these heights. Below BOTTOM the cable crosses the picture in the site's wave.
TOP, BOTTOM = 56, 400
WAVE = ((6, 0), (6, 78), (94, 22), (94, 100))  # in % of the width and of the height below BOTTOM
NAME_Y, NAME_SIZE = 578, 30
NODE_RADIUS, NODE_WIDTH = 14, 5


@lru_cache(maxsize=1)
def background():
    """Return the background of all share pictures: the sea and the cable that crosses it."""
    canvas = Canvas(WIDTH, HEIGHT)
    wave = [(x / 100 * WIDTH, BOTTOM + y / 100 * (HEIGHT - BOTTOM)) for x, y in bezier(*WAVE)]
    canvas.cable([(CABLE_X, 0), *wave], CABLE_WIDTH)
    return canvas.picture()


@lru_cache(maxsize=1)
def node():
    """Return a node with a short stretch of the cable."""
    side = 2 * (NODE_RADIUS + NODE_WIDTH)
    canvas = Canvas(side, side)
    canvas.cable([(side / 2, 0), (side / 2, side)], CABLE_WIDTH)
    canvas.node(side / 2, side / 2, NODE_RADIUS, NODE_WIDTH)
    return canvas.picture()


@lru_cache(maxsize=1)
def palette():
    """Return the palette of all share pictures: steps from the sea's colour to those of title, name and cable."""
    steps, sea = 24, ImageColor.getrgb(SEA)
    image = Image.new("P", (1, 1))
    image.putpalette(
        [
            round(low + (high - low) * step / (steps - 1))
            for colour in (WORDS, QUIET, CABLE)
            for step in range(steps)
            for low, high in zip(sea, ImageColor.getrgb(colour), strict=True)
        ]
    )
    return image


@lru_cache(maxsize=256)  # of at most 60 kB each: 15 MB
def share_picture(title, name, language):
    """Return the share picture of a page as PNG, from its title, the site's name and the language of both."""
    image = background().copy()
    pen = ImageDraw.Draw(image)
    size, lines = lay_out_title(title, language, END - START)
    middle = (TOP + BOTTOM) / 2 - (len(lines) - 1) / 2 * size * LINE_HEIGHT  # of the first line
    image.paste(node(), (CABLE_X - node().width // 2, round(middle) - node().height // 2))
    for number, line in enumerate(lines):
        at = (START, middle + number * size * LINE_HEIGHT)
        pen.text(at, line, WORDS, font(size), anchor="lm", features=FEATURES)
    name = shortened(name, NAME_SIZE, END - START)
    pen.text((START, NAME_Y), name, QUIET, font(NAME_SIZE), anchor="lm", features=FEATURES)
    file = BytesIO()
    image.quantize(palette=palette(), dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()

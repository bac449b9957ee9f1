"""The logo of the site, a node and the cable that leaves it, and the drawing of cables and nodes.

static/img/icon.svg holds the same coordinates: browsers that support SVG draw the logo from it.
"""

from io import BytesIO

from PIL import Image, ImageDraw

SEA = "#0b1b30"  # ink-900
CABLE = "#ff7a5a"  # shu-400, the cable on the sea

#: The logo's coordinates are units in a box of this side.
BOX = 32
NODE, RADIUS = (22, 9), 4.5
CURVE = (NODE, (22, 18), (10, 15), (10, 26))
WIDTH = 3

#: Pillow draws hard edges, so everything is drawn this many times larger and then reduced.
FINER = 4


class Canvas:
    """A sea-coloured picture for cables and nodes with soft edges. All coordinates are in pixels of the picture."""

    def __init__(self, width, height):
        self.cover = Image.new("L", (width * FINER, height * FINER))  # 255 where there is cable
        self.pen = ImageDraw.Draw(self.cover)

    def dot(self, x, y, radius, cover=255):
        x, y, radius = x * FINER, y * FINER, radius * FINER
        self.pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=cover)

    def cable(self, points, width):
        self.pen.line([(x * FINER, y * FINER) for x, y in points], fill=255, width=round(width * FINER))
        for point in points:
            self.dot(*point, width / 2)  # rounds the joints

    def node(self, x, y, radius, width):
        """Draw a ring whose middle line lies at `radius`, with the sea inside."""
        self.dot(x, y, radius + width / 2)
        self.dot(x, y, radius - width / 2, cover=0)

    def picture(self):
        cover = self.cover.reduce(FINER)
        image = Image.new("RGB", cover.size, SEA)
        image.paste(CABLE, mask=cover)
        return image


def bezier(start, first, second, end, steps=96):
    """Return the points of a cubic Bézier curve, its two ends included."""
    points = []
    for step in range(steps + 1):
        t = step / steps
        weights = ((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, t**3)
        corners = zip(weights, (start, first, second, end), strict=True)
        x, y = zip(*((weight * x, weight * y) for weight, (x, y) in corners), strict=True)
        points.append((sum(x), sum(y)))
    return points


def draw_logo(size):
    """Return the logo as a square picture of `size` pixels."""
    unit = size / BOX
    canvas = Canvas(size, size)
    points = [*bezier(*CURVE), (CURVE[-1][0], BOX)]  # the cable goes on to the edge
    canvas.cable([(x * unit, y * unit) for x, y in points], WIDTH * unit)
    canvas.node(*(part * unit for part in NODE), RADIUS * unit, WIDTH * unit)
    return canvas.picture()


def favicon():
    """Return favicon.ico with the logo at 16, 32 and 48 pixels."""
    file = BytesIO()
    *smaller, largest = pictures = [draw_logo(size) for size in (16, 32, 48)]
    largest.save(file, "ICO", sizes=[picture.size for picture in pictures], append_images=smaller)
    return file.getvalue()


def touch_icon():
    """Return the icon for a phone's home screen as PNG, 180 pixels square."""
    file = BytesIO()
    draw_logo(180).quantize(32, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()

"""Uploaded pictures: the validation of a file, and its redrawing as a JPEG of limited size in sRGB.

No byte of the uploaded file is stored. The stored JPEG is drawn anew from its pixels: upright, in sRGB, at most
`LONGEST` pixels long, without EXIF, position, comments or other metadata.
"""

import hashlib
import threading
from io import BytesIO

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps

LONGEST = 2560  # pixels of the longer side of the stored picture
MOST_BYTES = 40_000_000
MILLION = 1_000_000
#: The most million pixels of each format: as many as fit into 300 MB of memory (docs/adr/0009-pictures.md).
#: A JPEG can be decoded at half its size; a progressive JPEG needs memory for its full size first.
MOST_PIXELS = {"JPEG": 50, "MPO": 50, "progressive JPEG": 20, "PNG": 16, "GIF": 16, "WEBP": 8, "AVIF": 16}
FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF")
#: Modes of at most eight bits a channel. Pictures with more bits (scans, measurements) would lose light and dark.
MODES = {"1", "L", "LA", "P", "PA", "RGB", "RGBA", "CMYK"}

UNREADABLE = _(
    "This file is no picture that the site can read, or it is damaged. Open it in a program for pictures, save it as "
    "JPEG or PNG, and choose that file."
)
TOO_LARGE_FOR_ANY_FORM = _(
    "This picture has far more pixels than the site can read. "
    "Save it smaller: the pages show at most %(longest)s pixels of the longer side."
)
TOO_HEAVY = _("This file has %(found)s MB; a picture may have %(most)s MB. Save it as JPEG.")
TOO_LARGE = _(
    "This picture has %(found)s million pixels; as %(form)s it may have %(most)s million. "
    "Save it smaller: the pages show at most %(longest)s pixels of the longer side."
)
MOVES = _("This picture moves. Choose a still one.")

SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
#: Held while a picture is decoded and drawn, so that a process needs memory for one picture only.
ONE_AT_A_TIME = threading.Lock()


class UploadField(forms.FileField):
    """A form field whose value is the JPEG redrawn from the uploaded file."""

    widget = forms.FileInput(attrs={"accept": "image/jpeg, image/png, image/webp, image/avif, image/gif"})

    def to_python(self, data):
        file = super().to_python(data)
        return file and redraw_as_jpeg(file)


def redraw_as_jpeg(file):
    """Return the JPEG redrawn from an uploaded file, as a File named by a digest of its content.

    Raise ValidationError with a message for staff where the file is too large, unreadable or animated.
    """
    if file.size > MOST_BYTES:
        raise ValidationError(TOO_HEAVY, params={"found": file.size // MILLION, "most": MOST_BYTES // MILLION})
    try:
        with ONE_AT_A_TIME, Image.open(file, formats=FORMATS) as image:
            validate_image_header(image)
            jpeg = as_jpeg(normalise_image(image), quality=90)
    except ValidationError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValidationError(TOO_LARGE_FOR_ANY_FORM, params={"longest": LONGEST}) from error
    except Exception as error:  # decoders raise errors of many kinds for a broken file
        raise ValidationError(UNREADABLE) from error
    return ContentFile(jpeg, name=f"{hashlib.sha256(jpeg).hexdigest()[:32]}.jpg")


def validate_image_header(image):
    """Raise ValidationError where a picture has too many pixels, is animated or has an unsupported mode.

    This reads only the head of the file: no pixel is decoded yet.
    """
    form = "progressive JPEG" if image.info.get("progressive") else image.format
    megapixels, most = image.width * image.height / MILLION, MOST_PIXELS[form]
    if megapixels > most:
        params = {"found": round(megapixels), "form": form, "most": most, "longest": LONGEST}
        raise ValidationError(TOO_LARGE, params=params)
    if getattr(image, "is_animated", False) and image.format != "MPO":  # a phone's further frames are depth maps
        raise ValidationError(MOVES)
    if image.mode not in MODES:
        raise ValidationError(UNREADABLE)


def normalise_image(image):
    """Return the pixels of an opened picture without metadata: at most LONGEST long, upright, opaque, in sRGB.

    Shrinking comes first, so that the other steps cost little. Transparent parts become white, because a drawing with
    dark lines must be visible on a dark page too.
    """
    scale = min(1, LONGEST / max(image.size))
    image.draft(None, [round(side * scale) for side in image.size])
    profile = image.info.get("icc_profile")
    transparent = image.has_transparency_data
    if image.mode in {"1", "P", "PA", "LA"} or (transparent and image.mode != "RGBA"):
        image = image.convert("RGBA" if transparent else "RGB")
    image.thumbnail((LONGEST, LONGEST), reducing_gap=None)
    image = ImageOps.exif_transpose(image)
    if transparent:
        ground = Image.new("RGB", image.size, "white")
        ground.paste(image, mask=image.getchannel("A"))
        image = ground
    image = in_srgb(image, profile)
    image.info.clear()
    return image


def in_srgb(image, profile):
    """Return a picture converted to sRGB; a colour profile that does not fit the picture is ignored."""
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            return ImageCms.profileToProfile(image, source, SRGB, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            pass
    return image.convert("RGB")


def as_jpeg(image, quality):
    file = BytesIO()
    image.save(file, "JPEG", quality=quality, optimize=True, progressive=True)
    return file.getvalue()

"""A photo is made anew from what was sent: nothing but the picture itself comes in.

Where it was taken, with what and by whom (EXIF), a second file behind it, an animation: all of it stays
behind. What would unfold into too much is refused before it is unfolded.
"""

from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext as _
from PIL import Image
from PIL.Image import Transpose

KINDS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
LARGEST = 15_000_000  # bytes as sent
MOST_DOTS = 50_000_000  # width times height, before it is unfolded
SIDE = 2048  # the longest side as kept, in dots
QUALITY = 82
ORIENTATION = 0x0112
TURNS = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}


class Unusable(Exception):
    """It is no photo that can be used; says why, to whoever sent it."""


@dataclass(frozen=True)
class Picture:
    """A JPEG of ours."""

    image: bytes
    width: int
    height: int


def picture_of(sent: bytes) -> Picture:
    """At most ``SIDE`` on each side, upright, without anything else that was in the file."""
    if len(sent) > LARGEST:
        raise Unusable(_("This photo is too large: at most 15 MB."))
    try:
        with Image.open(BytesIO(sent), formats=list(KINDS)) as found:
            if found.width * found.height > MOST_DOTS:
                raise Unusable(_("This photo has too many dots. Make it smaller first."))
            found.draft("RGB", (SIDE, SIDE))
            return _anew(found)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise Unusable(
            _("This is no photo that we can read. Choose a JPEG, PNG or WebP.")
        ) from error


def _anew(found: Image.Image) -> Picture:
    turn = TURNS.get(found.getexif().get(ORIENTATION, 1))
    small = found.convert("RGB")
    small.thumbnail((SIDE, SIDE))
    if turn is not None:
        small = small.transpose(turn)
    clean = Image.new("RGB", small.size)
    clean.paste(small)
    into = BytesIO()
    clean.save(into, "JPEG", quality=QUALITY, optimize=True)
    return Picture(into.getvalue(), *clean.size)

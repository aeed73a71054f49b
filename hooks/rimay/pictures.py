"""Photographs as they are published: upright, light, and with nothing in the file but what is to be seen."""

import io
import warnings
from contextlib import suppress
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from PIL import Image, ImageCms, ImageOps

from rimay.cache import create_cache

#: Where editors put them.
FOLDER = "docs/assets/pictures"
#: The format they go out in: phones read it since 2012 (Android) and 2020 (iOS 14, on phones from 2015).
SUFFIX = "webp"
_FORMATS = ("JPEG", "PNG", "WEBP")
#: The most bytes of a file that is read, and of a picture that goes out.
_LARGEST, _MOST = 40_000_000, 50_000
#: What is tried until a picture is light enough: the widest first, each in better quality first. Nothing is enlarged.
_WIDTHS, _QUALITIES = (1200, 960, 720, 480, 320), (80, 65, 50)
_TALLEST = 2  # times its width


class BadPictureError(Exception):
    """A file that cannot go out as a picture; ``code`` is that of its problem."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def load_picture(root: Path, name: str) -> bytes:
    """A picture of a project as it is published, made once and kept. Raises BadPictureError."""
    file = root / FOLDER / name
    if not file.is_file():
        raise BadPictureError("missing_picture")
    if file.stat().st_size > _LARGEST:
        raise BadPictureError("huge_picture")
    content = file.read_bytes()
    makers = f"{version('pillow')} {sha256(Path(__file__).read_bytes()).hexdigest()}"
    return create_cache(root).get(f"picture {makers} {sha256(content).hexdigest()}", lambda: create_picture(content))


def name_picture(file: str) -> str:
    """What a picture is called beside the page of its update."""
    return f"{Path(file).stem}.{SUFFIX}"


def measure(picture: bytes) -> tuple[int, int]:
    """Width and height of a published picture."""
    return Image.open(io.BytesIO(picture)).size


def create_picture(content: bytes) -> bytes:
    """What is to be seen in a JPEG, PNG or WebP, encoded anew; the same bytes always. Raises BadPictureError."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=_FORMATS) as source:
                picture = _convert(ImageOps.exif_transpose(source))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise BadPictureError("huge_picture") from error
    except Exception as error:  # for damaged files Pillow raises nearly everything, TypeError from EXIF too
        raise BadPictureError("not_a_picture") from error
    return _shrink(picture)


def _convert(picture: Image.Image) -> Image.Image:
    """A picture in sRGB, on white, which is what a file without a profile is taken for."""
    profile = picture.info.get("icc_profile")
    if picture.has_transparency_data:
        picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture.convert("RGBA"))
    if picture.mode not in ("L", "CMYK"):
        picture = picture.convert("RGB")
    if profile:
        with suppress(ImageCms.PyCMSError, OSError):  # a broken profile, or one of other colours
            own, common = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
            picture = ImageCms.profileToProfile(picture, own, common, outputMode="RGB") or picture
    picture = picture.convert("RGB")
    picture.info.clear()
    return picture


def _shrink(picture: Image.Image) -> bytes:
    """The widest and best encoding that is light enough; the lightest where none is. The picture shrinks."""
    encoded = b""
    for width in _WIDTHS:
        picture.thumbnail((width, width * _TALLEST))
        for quality in _QUALITIES:
            target = io.BytesIO()
            picture.save(target, SUFFIX, quality=quality, method=4)
            encoded = target.getvalue()
            if len(encoded) <= _MOST:
                return encoded
    return encoded

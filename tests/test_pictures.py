"""Photographs: light, upright, the same every time, and silent about who took them, when and where."""

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from rimay import pictures
from rimay.export import create_export
from rimay.languages import LANGUAGES
from rimay.library import Library
from rimay.page import Output
from rimay.pictures import FOLDER, BadPictureError, create_picture, load_picture
from rimay.portable import _Folder
from tests.conftest import SITE_URL

#: What a file may say beside what is to be seen. None of it may go out.
SECRETS = (b"Secretilla", b"XMP", b"EXIF", b"ICCP", b"Exif")
_RED, _BLUE = (200, 30, 30), (20, 40, 200)


def encode(picture: Image.Image, suffix: str, **options: object) -> bytes:
    target = io.BytesIO()
    picture.save(target, suffix, **options)
    return target.getvalue()


def halves(size: tuple[int, int], mode: str = "RGB") -> Image.Image:
    """Red on the left, blue on the right."""
    picture = Image.new("RGB", size, _RED)
    picture.paste(_BLUE, (size[0] // 2, 0, *size))
    return picture.convert(mode)


def noise(width: int, height: int) -> Image.Image:
    """The worst that can be encoded."""
    return Image.merge("RGB", [Image.effect_noise((width, height), 90) for _ in range(3)])


def exif(orientation: int = 1) -> Image.Exif:
    found = Image.Exif()
    found[0x0112], found[0x013B], found[0x9286] = orientation, "Secretilla", "Secretilla"
    found.get_ifd(0x8825).update({1: "S", 2: (12.0, 2.0, 45.0), 3: "W", 4: (77.0, 1.0, 50.0)})
    return found


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def is_like(found: object, colour: tuple[int, int, int]) -> bool:
    assert isinstance(found, tuple)
    return all(abs(a - b) < 24 for a, b in zip(found, colour, strict=True))


def test_nothing_that_a_phone_writes_into_a_file_goes_out() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    text = PngImagePlugin.PngInfo()
    text.add_itxt("XML:com.adobe.xmp", "Secretilla")
    text.add_text("Author", "Secretilla")
    facts = {"exif": exif(), "icc_profile": profile, "xmp": b"<x:xmpmeta>Secretilla</x:xmpmeta>"}
    jpeg = encode(halves((800, 600)), "jpeg", comment=b"Secretilla", **facts)
    assert opened(jpeg).getexif().get_ifd(0x8825)
    for content in (
        jpeg,
        encode(halves((800, 600)), "webp", **facts),
        encode(halves((800, 600)), "png", pnginfo=text, exif=exif(), icc_profile=profile),
    ):
        assert b"Secretilla" in content

        made = create_picture(content)

        assert not [words for words in SECRETS if words in made]
        assert not opened(made).info.keys() & {"exif", "xmp", "icc_profile", "comment"}


def test_a_picture_stands_upright() -> None:
    made = opened(create_picture(encode(halves((800, 600)), "jpeg", exif=exif(orientation=6))))

    assert made.size == (600, 800)
    assert is_like(made.convert("RGB").getpixel((300, 100)), _RED)
    assert is_like(made.convert("RGB").getpixel((300, 700)), _BLUE)


@pytest.mark.parametrize(
    ("size", "expected"),
    [((4000, 3000), (1200, 900)), ((3000, 4000), (1200, 1600)), ((400, 300), (400, 300)), ((300, 6000), (120, 2400))],
)
def test_a_picture_is_never_wider_than_a_page_and_never_enlarged(
    size: tuple[int, int], expected: tuple[int, int]
) -> None:
    assert opened(create_picture(encode(halves(size), "jpeg"))).size == expected


def test_the_heaviest_picture_becomes_light_and_the_same_each_time() -> None:
    content = encode(noise(1600, 1200), "jpeg")

    made = create_picture(content)

    assert len(made) <= 50_000
    assert create_picture(content) == made


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
def test_every_kind_of_jpeg_is_read(mode: str) -> None:
    made = opened(create_picture(encode(halves((80, 60), mode), "jpeg"))).convert("RGB")

    assert mode == "L" or is_like(made.getpixel((10, 30)), _RED)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "1", "I;16"])
def test_every_kind_of_png_is_read_and_what_is_transparent_becomes_white(mode: str) -> None:
    picture = Image.new(mode, (80, 60))

    made = opened(create_picture(encode(picture, "png"))).convert("RGB")

    assert is_like(made.getpixel((10, 10)), (255, 255, 255) if mode in ("RGBA", "LA") else (0, 0, 0))


def test_colours_are_those_that_the_profile_says() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()

    for profile in (b"no profile", lab):
        made = opened(create_picture(encode(halves((80, 60)), "jpeg", icc_profile=profile))).convert("RGB")
        assert is_like(made.getpixel((10, 30)), _RED), "one that does not fit is left out"


def _bomb() -> bytes:
    """A PNG that says it has ten thousand million pixels."""
    chunks = ((b"IHDR", struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)), (b"IDAT", b"\0" * 9))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_a_picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not_a_picture"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "not_a_picture"),
        (encode(halves((40, 30)), "gif"), "not_a_picture"),
        (encode(halves((40, 30)), "tiff"), "not_a_picture"),
        (encode(noise(400, 300), "jpeg")[:9000], "not_a_picture"),
        (_bomb(), "huge_picture"),
    ],
    ids=["empty", "svg", "heic", "gif", "tiff", "half", "bomb"],
)
def test_what_is_no_picture_is_told(content: bytes, code: str) -> None:
    with pytest.raises(BadPictureError) as found:
        create_picture(content)
    assert found.value.code == code


@pytest.mark.parametrize("suffix", ["jpeg", "png", "webp"])
def test_no_damage_is_anything_but_a_bad_picture(suffix: str) -> None:
    content = encode(noise(24, 16), suffix, exif=exif(6))
    for place in range(0, len(content), max(1, len(content) // 150)):
        for damaged in (content[:place], content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :]):
            try:
                create_picture(damaged)
            except BadPictureError as error:
                assert error.code in ("not_a_picture", "huge_picture")


def test_a_picture_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / FOLDER).mkdir(parents=True)
    (tmp_path / FOLDER / "a.jpg").write_bytes(encode(halves((80, 60)), "jpeg"))
    made = load_picture(tmp_path, "a.jpg")
    monkeypatch.setattr(pictures, "create_picture", lambda content: pytest.fail("made again"))

    assert load_picture(tmp_path, "a.jpg") == made


def test_an_archive_takes_the_pictures_of_its_pages_along(tmp_path: Path) -> None:
    addresses = ["novedad/", "en/update/"]
    for address in addresses:
        (tmp_path / address).mkdir(parents=True)
        (tmp_path / address / "index.html").write_text('<img src="a.webp" alt="">', "utf-8")
    folder = _Folder(tmp_path, SITE_URL, addresses, "es")

    assert [content for _, content in folder.pages()] == [b'<img src="a.webp" alt="">'] * 2
    assert folder.beside == {"novedad/a.webp", "en/update/a.webp"}


def test_an_export_has_no_picture_as_it_was_taken(living_project: Path, mini_library: Library) -> None:
    outputs: dict[str, list[Output]] = {language: [] for language in LANGUAGES}
    paths = [path for path, _ in create_export(mini_library, outputs, living_project, SITE_URL)]

    assert "docs/assets/rimay.css" in paths
    assert not [path for path in paths if "asamblea" in path]


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir(parents=True)
    with (tmp_path / FOLDER / "a.jpg").open("wb") as file:
        file.truncate(40_000_001)

    with pytest.raises(BadPictureError) as found:
        load_picture(tmp_path, "a.jpg")
    assert found.value.code == "huge_picture"

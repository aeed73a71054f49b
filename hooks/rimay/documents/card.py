"""Share images: what a chat or a network shows beside a link, drawn like a printed union poster; the same bytes always.

The whole image is the mark of the site: a red bubble on ochre that speaks, with the three bars of a voice at its head.
"""

import re
import struct
import unicodedata
import zlib
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, pairwise, zip_longest
from pathlib import Path
from typing import Literal, NamedTuple

from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFont

#: The colours of the site in the order in which they meet. Grey stands for the way from the first to the last, so that
#: the smooth edge between two of them lies between two neighbours, and one step there is enough.
COLOURS = ("#ffffff", "#b80f26", "#f6b915", "#1c1714")
_WHITE, _RED, _OCHRE, _INK = range(0, 256, 85)
_STEPS = [round(grey * 2 / 85) for grey in range(256)]
#: Width, height, and the unit of the mark, by which all but the title is measured.
_SHAPES = {"wide": (1200, 630, 4), "square": (1200, 1200, 5)}
_MARGIN = 64
#: In units: left, top, right and bottom of the bars; width and height of the tail.
_BARS = ((0, 3, 4, 10), (6, 0, 10, 13), (12, 5, 16, 10))
_TAIL = (16, 14)
#: Sizes of the title: from legible in a chat to as large as one word can be.
_SIZES = range(48, 301, 4)
#: In thousandths of a size: from line to line, a capital, what reaches above it or below the line, and between signs.
_LINE, _CAPITAL, _BEYOND, _TRACKING = 1060, 660, 210, -15
#: Where lines break: not in «10 %», «N.º 27360» and «No. 27360», nor at a space made to hold together.
_SPACE = re.compile(r"(?<!\.º)(?<!\bNo\.)[^\S\u00a0\u202f]++(?!%)")
_PAUSES = " ,;:.·–—-"


class _Word(NamedTuple):
    """A word: how far it leads, and how far its ink may reach out of this before and after."""

    text: str
    advance: int
    before: int
    after: int


class _Tile(NamedTuple):
    """The ink of a sign as a mask, and where it lies from the start of the baseline."""

    ink: Image.Image
    x: int
    y: int


class _Face:
    """A font and the sizes it is for. It measures in thousandths of a size."""

    def __init__(self, file: Path, sizes: range) -> None:
        self.file, self.sizes = file, sizes
        self._missing = self._look("\uffff")

    def split(self, text: str) -> list[_Word]:
        """The words of a text, without what the font cannot draw."""
        whole = unicodedata.normalize("NFC", text)
        shown = {sign for sign in set(whole) if sign.isspace() or self._draws(sign)}
        words = _SPACE.split("".join(sign for sign in whole if sign in shown))
        return [self.measure(" ".join(word.split())) for word in words if word.strip()]

    def _draws(self, sign: str) -> bool:
        if unicodedata.category(sign)[0] in "CM":
            return False
        return sign.isascii() or self._look(sign) != self._missing

    def _look(self, sign: str) -> bytes:
        return bytes(_open(self.file, 24).getmask(sign))

    def measure(self, text: str) -> _Word:
        """A word with its measures."""
        font = _open(self.file, 1000)
        left, right = font.getbbox(text[0], anchor="ls")[0], font.getbbox(text[-1], anchor="ls")[2]
        return _Word(text, self.advance(text), int(-left), int(right) - self.advance(text[-1]))

    def advance(self, text: str) -> int:
        """How far a text leads."""
        return int(_open(self.file, 1000).getlength(text)) + _TRACKING * len(text)


def create_card(kicker: str, title: str, footer: str, shape: Literal["wide", "square"], root: Path) -> bytes:
    """The share image of a page as PNG. What is too long even in the smallest letters ends in «…»."""
    width, height, unit = _SHAPES[shape]
    fonts = root / "overrides" / "documents" / "fonts"
    bold = _Face(fonts / "SourceSans3_700Bold.ttf", range(7 * unit, 10 * unit + 1))
    black = _Face(fonts / "SourceSans3_900Black.ttf", _SIZES)
    right, bottom = width - _MARGIN, height - _MARGIN
    head, foot, column = _MARGIN + 13 * unit, bottom - 16 * unit, _MARGIN + 21 * unit

    image = Image.new("L", (width, height), _RED)
    image.paste(_OCHRE, (0, foot, width, height))
    image.paste(_RED, (_MARGIN, foot), _create_tail(*(side * unit for side in _TAIL)))
    for x, y, x_end, y_end in _BARS:
        image.paste(_WHITE, (_MARGIN + x * unit, _MARGIN + y * unit, _MARGIN + x_end * unit, _MARGIN + y_end * unit))
    _write(image, kicker, bold, (column, _MARGIN, right, head), _WHITE)
    _write(image, title, black, (_MARGIN, head + 4 * unit, right, foot - 5 * unit), _WHITE)
    _write(image, footer, bold, (column, foot + 4 * unit, right, bottom), _INK)
    return _create_png(image)


def _create_tail(width: int, height: int) -> Image.Image:
    """The tail of the bubble as a mask, drawn large and reduced so that its slope is smooth."""
    tail = Image.new("L", (width * 4, height * 4))
    ImageDraw.Draw(tail).polygon(((0, 0), (width * 4, 0), (0, height * 4)), fill=255)
    return tail.reduce(4)


def _write(image: Image.Image, text: str, face: _Face, box: tuple[int, int, int, int], colour: int) -> None:
    """Put a text into a box, as large as it fits: its ink flush left, its lines about the middle."""
    words = face.split(text)
    if not words:
        return
    left, top, right, bottom = box
    size, lines = _arrange(words, face, right - left, bottom - top)
    signs = {sign: (_create_tile(face.file, size, sign), face.advance(sign)) for sign in set().union(*lines)}
    first = (top + bottom + (_CAPITAL - _LINE * (len(lines) - 1)) * size // 1000) // 2
    for number, line in enumerate(lines):
        baseline, start, place = first + number * _LINE * size // 1000, left - signs[line[0]][0].x, 0
        for tile, advance in map(signs.__getitem__, line):
            image.paste(colour, (start + place * size // 1000 + tile.x, baseline + tile.y), tile.ink)
            place += advance


def _arrange(words: list[_Word], face: _Face, width: int, height: int) -> tuple[int, list[str]]:
    """The largest size at which words fit, and their lines, as even as they can be."""
    space = face.advance(" ")

    def wide(line: list[_Word]) -> int:
        return line[0].before + sum(word.advance + space for word in line) - space + line[-1].after

    def wrap(words: list[_Word], room: int) -> list[list[_Word]]:
        lines = [words[:1]]
        for word in words[1:]:
            if wide([*lines[-1], word]) <= room:
                lines[-1].append(word)
            else:
                lines.append([word])
        return lines

    def fits(words: list[_Word], size: int) -> bool:
        room = width * 1000 // size
        lines = wrap(words, room)
        tall = _LINE * (len(lines) - 1) + _CAPITAL + 2 * _BEYOND
        return tall * size <= height * 1000 and max(map(wide, lines)) <= room

    found = bisect_left(face.sizes, True, key=lambda size: not fits(words, size))
    if not found:
        shorter = next(shorter for shorter in _shorten(words, face) if fits(shorter, face.sizes[0]))
        return _arrange(shorter, face, width, height)
    size = face.sizes[found - 1]
    rooms = range(width * 1000 // size + 1)
    count = len(wrap(words, rooms[-1]))
    even = bisect_left(rooms, True, key=lambda room: len(wrap(words, room)) <= count)
    return size, [" ".join(word.text for word in line) for line in wrap(words, even)]


def _shorten(words: list[_Word], face: _Face) -> Iterator[list[_Word]]:
    """The same words, ever fewer, with «…» at their end; then ever fewer letters of the first."""
    for count in range(len(words) - 1, 0, -1):
        *before, last = words[:count]
        if ending := last.text.rstrip(_PAUSES):
            yield [*before, face.measure(ending + "…")]
    for count in range(len(words[0].text) - 1, -1, -1):
        yield [face.measure(words[0].text[:count] + "…")]


@lru_cache
def _open(file: Path, size: int) -> ImageFont.FreeTypeFont:
    """A font at a size, laid out by Pillow itself, because its other engine is not on every machine.

    Shared by many images, as the signs drawn with it: to begin with a font takes longer than to draw a whole image.
    """
    return ImageFont.truetype(file, size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(1000)
def _create_tile(file: Path, size: int, sign: str) -> _Tile:
    font = _open(file, size)
    left, top, right, bottom = map(int, font.getbbox(sign, anchor="ls"))
    ink = Image.new("L", (right - left, bottom - top))
    ImageDraw.Draw(ink).text((-left, -top), sign, fill=255, font=font, anchor="ls")
    box = ink.getbbox() or (0, 0, 0, 0)
    return _Tile(ink.crop(box), left + box[0], top + box[1])


def _create_png(image: Image.Image) -> bytes:
    """The image with its palette: four bits a pixel, every line as its difference from the one above.

    Pillow compresses with the zlib of the machine, and each gives other bytes. Runs of one byte (Z_RLE) are found in
    one way only; and once the differences are taken, there is little else to find.
    """
    width, height = image.size
    pixels = image.point(_STEPS)
    pixels.putpalette(_create_palette())
    lines = Image.frombytes("L", (width // 2, height), pixels.tobytes("raw", "P;4"))
    above = Image.new("L", lines.size)
    above.paste(lines, (0, 1))
    filtered = Image.new("L", (width // 2 + 1, height), 2)
    filtered.paste(ImageChops.subtract_modulo(lines, above), (1, 0))
    deflate = zlib.compressobj(zlib.Z_BEST_COMPRESSION, strategy=zlib.Z_RLE)
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 4, 3, 0, 0, 0)),
        (b"PLTE", _create_palette()),
        (b"IDAT", deflate.compress(filtered.tobytes()) + deflate.flush()),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        for name, content in chunks
    )


def _create_palette() -> bytes:
    """The colours, and between two of them their middle."""
    colours = [ImageColor.getrgb(colour) for colour in COLOURS]
    middles = [tuple((a + b) // 2 for a, b in zip(*pair, strict=True)) for pair in pairwise(colours)]
    return bytes(chain.from_iterable(chain.from_iterable(zip_longest(colours, middles, fillvalue=()))))

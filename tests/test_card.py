"""Share images: read by Pillow, down to the pixels; the words are the same whenever two images are."""

import io
import os
import re
import subprocess
import sys
from itertools import pairwise
from typing import Literal

import pytest
from PIL import Image, ImageColor

from rimay.documents.card import COLOURS, create_card
from tests.conftest import ROOT

Shape = Literal["wide", "square"]
SHAPES = pytest.mark.parametrize("shape", ["wide", "square"])
SAFE = 60
TITLE = "Sindicatos agrarios de tres regiones llevaron el mismo mensaje el mismo día"
LONGEST = "Diecisiete personas fueron detenidas tras el ingreso de mineros al Ministerio de Trabajo; hay dos versiones"
#: As long as a title may be.
FULL = f"{LONGEST}, y la federación pide que vuelvan a su trabajo todas las personas despedidas en la huelga de 2019"[
    :200
]


def card(title: str = TITLE, shape: Shape = "wide", kicker: str = "Campaña · Minería") -> bytes:
    return create_card(kicker, title, "Rimay · rimay.example", shape, ROOT)


def read(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def luminance(colour: str) -> float:
    """As WCAG 2.2 defines it."""
    channels = [value / 255 for value in ImageColor.getrgb(colour)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


# --- the file -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("shape", "size"), [("wide", (1200, 630)), ("square", (1200, 1200))])
def test_an_image_has_the_size_that_networks_ask_for(shape: Shape, size: tuple[int, int]) -> None:
    image = read(card(shape=shape))

    assert (image.format, image.mode, image.size) == ("PNG", "P", size)


@SHAPES
def test_an_image_is_whole_and_says_nothing_but_itself(shape: Shape) -> None:
    content = card(shape=shape)

    read(content).verify()
    assert re.findall(rb"IHDR|PLTE|IDAT|IEND|tEXt|iTXt|zTXt|tIME|pHYs|eXIf|gAMA|iCCP", content) == [
        b"IHDR",
        b"PLTE",
        b"IDAT",
        b"IEND",
    ]
    assert read(content).info == {}


@SHAPES
@pytest.mark.parametrize("title", ["Paro", TITLE, LONGEST])
def test_an_image_is_light(title: str, shape: Shape) -> None:
    assert len(card(title, shape)) <= 25_000


def test_the_same_words_give_the_same_bytes() -> None:
    assert card() == card()


def test_another_process_gives_the_same_bytes() -> None:
    call = f"create_card('Ica', {TITLE!r}, 'Rimay', 'wide', Path({str(ROOT)!r}))"
    code = f"import sys; from pathlib import Path; from rimay.documents.card import create_card; made = {call}"
    environment = {**os.environ, "PYTHONHASHSEED": "1", "PYTHONPATH": str(ROOT / "hooks")}

    made = subprocess.check_output([sys.executable, "-c", f"{code}; sys.stdout.buffer.write(made)"], env=environment)

    assert made == create_card("Ica", TITLE, "Rimay", "wide", ROOT)


@SHAPES
def test_kicker_title_and_footer_are_all_on_it(shape: Shape) -> None:
    words = ("Campaña", "Prima textil", "Rimay")
    one_changed = [("Novedad", *words[1:]), (words[0], "Prima textíl", words[2]), (*words[:2], "rimay")]

    images = {create_card(*texts, shape, ROOT) for texts in (words, *one_changed)}

    assert len(images) == 4


# --- how it looks ---------------------------------------------------------------------------------


def test_the_colours_are_those_of_the_site() -> None:
    style = (ROOT / "docs/assets/rimay.css").read_text("utf-8")
    tokens = dict(re.findall(r"--([\w-]+): (#\w+);", style.partition("[data-theme")[0]))

    names = ("on-strong", "red", "ochre", "ink")
    assert [ImageColor.getrgb(tokens[name]) for name in names] == [ImageColor.getrgb(colour) for colour in COLOURS]


def test_letters_stand_out_from_their_ground() -> None:
    white, red, ochre, ink = COLOURS

    assert contrast(white, red) >= 4.5
    assert contrast(ink, ochre) >= 4.5


@SHAPES
def test_it_has_the_colours_and_between_two_neighbours_their_middle(shape: Shape) -> None:
    found = {colour for _, colour in read(card(shape=shape)).convert("RGB").getcolors() or ()}

    colours = [ImageColor.getrgb(colour) for colour in COLOURS]
    middles = [tuple((a + b) // 2 for a, b in zip(*pair, strict=True)) for pair in pairwise(colours)]
    assert found == {*colours, *middles}


@SHAPES
@pytest.mark.parametrize(
    "text",
    [
        "Paro",
        FULL,
        "palabra " * 100,
        "W" * 200,
        "l" * 200,
        "Ǻ" * 200,
        "j " * 100,
        "ÇǗ⌡ jÇ ǺǕ⌡ Ἀ",
        "jWWWWWW",
        "\N{FRACTION SLASH}WWWWW\N{FRACTION SLASH}",
        "f\N{FRACTION SLASH} " * 50,
        "\N{THREE-EM DASH}" * 9,
        "a\N{NO-BREAK SPACE}" * 100,
    ],
)
def test_ink_stays_inside_the_safe_zone(text: str, shape: Shape) -> None:
    image, empty = (read(create_card(words, words, words, shape, ROOT)).convert("RGB") for words in (text, ""))
    width, height = image.size

    for edge in (
        (0, 0, width, SAFE),
        (0, height - SAFE, width, height),
        (0, 0, SAFE, height),
        (width - SAFE, 0, width, height),
    ):
        ground = {ImageColor.getrgb(colour) for colour in COLOURS[1:3]}
        assert {colour for _, colour in empty.crop(edge).getcolors() or ()} <= ground
        assert image.crop(edge).tobytes() == empty.crop(edge).tobytes()


@SHAPES
def test_a_title_as_long_as_it_may_be_is_shown_to_its_last_letter(shape: Shape) -> None:
    assert len(FULL) == 200
    assert card(FULL, shape) != card(FULL[:-1], shape)


@pytest.mark.parametrize(("shape", "count"), [("wide", 30), ("square", 85)])
def test_a_title_that_cannot_be_shown_ends_at_a_word(shape: Shape, count: int) -> None:
    words = ["palabra,"] * 100

    assert card(" ".join(words), shape) == card(" ".join(words[:count])[:-1] + "…", shape)
    assert card(" ".join(words), shape) != card(" ".join(words[: count - 1])[:-1] + "…", shape)


def test_of_a_word_too_long_for_a_line_the_beginning_is_shown() -> None:
    word = "Sindicalización" * 9

    assert card(word) == card("SindicalizaciónSindicalizaciónSindicalizaciónSin…")
    assert card(word) != card("SindicalizaciónSindicalizaciónSindicalizaciónSi…")
    assert card(f"Paro {word}") == card("Paro…")


def test_a_kicker_too_long_for_its_line_ends_at_a_word() -> None:
    kicker = (
        "Campaña · Minería · Pesca · Transporte · Limpieza pública · Agroexportación · Textiles · Telecomunicaciones"
    )

    assert card(kicker=kicker) == card(kicker=kicker.removesuffix(" · Textiles · Telecomunicaciones") + "…")
    assert card(kicker=kicker) != card(kicker=kicker.partition(" · Agroexportación")[0] + "…")


def test_lines_are_even() -> None:
    lines = ("Diálogo tripartito en", "la agroexportación", "de La Libertad")

    assert card(" ".join(lines)) == card(" ".join(line.replace(" ", "\N{NO-BREAK SPACE}") for line in lines))


@pytest.mark.parametrize(
    "title",
    [
        "Se publicó la Ley N.º 31087, que derogó la ley agraria",
        "Law No. 31087, repealing the agrarian law, was published",
        "El salario subió 10 %",
    ],
)
def test_a_number_keeps_its_sign_beside_it(title: str) -> None:
    held = re.sub(r"(?<=N.º) |(?<=No\.) | (?=%)", "\N{NO-BREAK SPACE}", title)

    assert card(title) == card(held)
    assert card(title, "square") == card(held, "square")


def test_a_space_made_to_hold_together_does_not_break_a_line() -> None:
    title = "Marcharon en Lima 2 000 mineros en huelga"

    assert card(title.replace("2 000", "2\N{NO-BREAK SPACE}000")) != card(title)
    assert card("2 000") == card("2\N{NARROW NO-BREAK SPACE}000"), "it looks like any other"


# --- what a font cannot draw ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "¡Ganamos el convenio! 🎉🎉",
        "🎉 ¡Ganamos el convenio!",
        "¡Ganamos 👩🏽‍🌾 el 🇵🇪 convenio!",
        "¡Ganamos \u0645\u0631\u062d\u0628\u0627 el 你好 convenio!",
        "¡Gana\x00mos el\x1b con\u200bve\u00adnio!\u202e\ufeff",
        "¡Ganamos\r\nel\t convenio!\u2028",
        "¡Ganam\u0303os el convenio\u20dd!\ufffe\ue000\ud800",
    ],
    ids=["after", "before", "between", "scripts", "control", "space", "marks"],
)
@SHAPES
def test_what_the_font_lacks_is_left_out(text: str, shape: Shape) -> None:
    assert card(text, shape, text) == card("¡Ganamos el convenio!", shape, "¡Ganamos el convenio!")


def test_letters_in_two_parts_are_the_same_as_in_one() -> None:
    assert card("n\u0303andu\u0301") == card("ñandú")


def test_signs_that_the_font_has_are_shown() -> None:
    titles = ["«10 %»", "10", "½", "€", "№", "→", "Ñ", "ñ", "¿", "Ω", "Я", "–", "…"]

    assert len({card(title) for title in (*titles, "")}) == len(titles) + 1


@SHAPES
def test_without_any_words_the_mark_remains(shape: Shape) -> None:
    assert card("🎉", shape, "\x07") == card("", shape, "")

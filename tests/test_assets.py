"""Scripts lose comments and blanks on their way out, and nothing that a reader sees."""

import re
from pathlib import Path

import pytest

from rimay.assets import create_asset
from tests.conftest import ROOT

SCRIPTS = [*sorted((ROOT / "docs" / "assets").glob("*.js")), ROOT / "overrides" / "sw.js"]


def find_words(script: str) -> list[str]:
    """Every text of a script, quoted or a template, in order."""
    code = re.sub(r"^\s*//[^\n]*|/\*.*?\*/", "", script, flags=re.DOTALL | re.MULTILINE)
    return re.findall(r'`[^`]*`|"(?:[^"\\\n]|\\.)*"', code)


@pytest.mark.parametrize("file", SCRIPTS, ids=lambda file: file.name)
def test_every_word_of_a_script_goes_out_as_it_is(file: Path) -> None:
    """A template inside a template would lose its blanks: the minifier does not know them."""
    source = file.read_text("utf-8")

    assert re.findall(r"\$\{[^}]*`.*", source) == []
    assert find_words(create_asset(file).decode()) == find_words(source)
    assert len(find_words(source)) > 10

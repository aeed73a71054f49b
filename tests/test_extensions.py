"""Markdown means the same on pages and in feeds: mkdocs.yml and ``rimay.text`` name the same extensions."""

from typing import Any

import yaml

from rimay.text import EXTENSION_CONFIGS, EXTENSIONS
from tests.conftest import ROOT

#: Settings that concern pages alone: feeds have no table of contents.
PAGES_ONLY = {"toc"}


class _Loader(yaml.SafeLoader):
    """Reads mkdocs.yml without the engine: its tags become their plain value."""


_Loader.add_multi_constructor("!", lambda _loader, _suffix, _node: None)


def load_extensions() -> dict[str, dict[str, Any]]:
    """Each extension of mkdocs.yml with its settings, in order."""
    config = yaml.load((ROOT / "mkdocs.yml").read_text("utf-8"), _Loader)
    found: dict[str, dict[str, Any]] = {}
    for item in config["markdown_extensions"]:
        found |= {item: {}} if isinstance(item, str) else item
    return found


def test_pages_and_feeds_have_the_same_extensions_in_the_same_order() -> None:
    assert [*load_extensions()] == EXTENSIONS


def test_pages_and_feeds_have_the_same_settings() -> None:
    said = {name: settings for name, settings in load_extensions().items() if settings and name not in PAGES_ONLY}

    assert said == EXTENSION_CONFIGS

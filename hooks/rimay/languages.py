"""The languages of the site. A third language is one more line here, its strings and its texts."""

from typing import Final

from babel import Locale

#: Code to the locale that formats dates, numbers and lists. The first is the default and has no prefix.
LANGUAGES: Final = {"es": Locale.parse("es_PE"), "en": Locale.parse("en_GB")}
DEFAULT: Final = next(iter(LANGUAGES))


def address_prefix(language: str) -> str:
    """What stands before every address of the language: nothing for the default, ``en/`` for English."""
    return "" if language == DEFAULT else f"{language}/"

"""The layouts of HTML that leaves the site in an archive: ``overrides/documents/*.html``."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined


@cache
def open_layouts(root: Path) -> Environment:
    """The layouts of a project, each read once a build; every value is escaped, a missing one is an error."""
    loader = FileSystemLoader(root / "overrides" / "documents")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, auto_reload=False)

"""Reads what ``mkdocs.yml`` says, for the commands that work without the engine."""

from pathlib import Path

import yaml
from yaml_env_tag import construct_env_tag


class _Settings(yaml.SafeLoader):
    """Plain values, with those that come from the environment; what only the engine understands is nothing."""


_Settings.add_constructor("!ENV", construct_env_tag)
_Settings.add_multi_constructor("", lambda *_: None)


def load_site_url(root: Path) -> str:
    """Where the site will live, as the build has it. Raises KeyError where ``mkdocs.yml`` does not say."""
    settings = yaml.load((root / "mkdocs.yml").read_text("utf-8"), _Settings)  # noqa: S506 - a safe loader
    return f"{settings['site_url'].rstrip('/')}/"

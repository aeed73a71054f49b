"""What a page template may ask; each part of it in a module of its own."""

from rimay.view.deadlines import Deadlines
from rimay.view.figures import Figures
from rimay.view.links import Links
from rimay.view.press import Press
from rimay.view.relations import Relations
from rimay.view.words import Downloads, Place, escape_value

__all__ = ["Downloads", "Place", "View", "escape_value"]


class View(Links, Relations, Press, Figures, Deadlines):
    """All that a page template may ask, in the language of the page's text: ``v`` in ``overrides/pages/``."""

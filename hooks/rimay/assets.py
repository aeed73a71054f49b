"""Style sheets and scripts as they are published: without comments and blanks; the sources stay readable."""

from pathlib import Path

import rcssmin
import rjsmin

_MINIFIERS = {".css": rcssmin.cssmin, ".js": rjsmin.jsmin}


def create_asset(file: Path) -> bytes:
    """The published content of a file of ``docs/assets``; what others made goes out as it came."""
    minify = _MINIFIERS.get(file.suffix)
    if not minify or file.parent.name == "vendor":
        return file.read_bytes()
    return str(minify(file.read_text("utf-8"))).encode()

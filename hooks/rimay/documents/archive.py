"""Several files as one ZIP with an index that opens by a touch, for a phone, a USB stick or a print shop."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from rimay.layouts import open_layouts

_EPOCH = (1980, 1, 1, 0, 0, 0)


def create_archive(
    title: str, address: str, language: str, files: Mapping[str, tuple[str, bytes]], root: Path
) -> bytes:
    """A ZIP of files by path, each with its name for readers; the same files give the same bytes."""
    listed = [(path, name) for path, (name, _) in files.items()]
    template = open_layouts(root).get_template("index.html")
    index = template.render(title=title, address=address, language=language, files=listed)
    contents = {"index.html": index.encode(), **{path: content for path, (_, content) in files.items()}}
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as target:
        for path, content in contents.items():
            target.writestr(zipfile.ZipInfo(path, _EPOCH), content)
    return archive.getvalue()

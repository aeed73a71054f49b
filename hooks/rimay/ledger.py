"""What a built site was made of, so that the next build makes only what would come out differently."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from hashlib import file_digest, sha256
from pathlib import Path

#: What a site is made from, below the project's root, and what of it every page is made from.
INPUTS = ("mkdocs.yml", "data", "docs", "hooks", "overrides")
FRAME = ("mkdocs.yml", "data/nav.yml", "data/strings", "docs/assets", "hooks", "overrides")


@dataclass(frozen=True)
class Ledger:
    """The account of a build. An empty one knows nothing, so that everything is made anew."""

    #: A digest of everything that the site was made from, but the moment.
    inputs: str = ""
    #: The moment it took for now, and the one from which it would come out differently, in seconds (Unix time).
    now: int = 0
    until: int = 0
    #: The fingerprint of each output, by its path.
    fingerprints: Mapping[str, str] = field(default_factory=dict)
    #: The digest of each file of the site, by its path.
    files: Mapping[str, str] = field(default_factory=dict)

    def describes(self, site: Path) -> bool:
        """Whether the site has these files and no others, each as it was made."""
        return bool(self.files) and digest_files(site) == self.files

    def keeps(self, site: Path, path: str, fingerprint: str) -> bool:
        """Whether a file of the site is what an output with the fingerprint would become, and whole."""
        if self.fingerprints.get(path) != fingerprint:
            return False
        try:
            return _digest(site / path) == self.files.get(path)
        except OSError:
            return False


def load_ledger(file: Path) -> Ledger:
    """The account in a file; an empty one where there is none or it is damaged."""
    try:
        digest, _, content = file.read_bytes().partition(b"\n")
        if sha256(content).hexdigest().encode() == digest:
            return Ledger(**json.loads(content))
    except (OSError, ValueError, TypeError):
        pass
    return Ledger()


def write_ledger(file: Path, ledger: Ledger) -> None:
    """Write the account down, with a digest of itself."""
    content = json.dumps(asdict(ledger)).encode()
    file.write_bytes(sha256(content).hexdigest().encode() + b"\n" + content)


def digest_files(folder: Path, known: Mapping[str, str] | None = None) -> dict[str, str]:
    """The digest of every file below a folder, by its path; ``known`` are not read."""
    found: dict[str, str] = {}
    for place, _, names in os.walk(folder):
        for file in (Path(place, name) for name in names):
            path = file.relative_to(folder).as_posix()
            found[path] = (known or {}).get(path) or _digest(file)
    return found


def digest_inputs(root: Path, names: Iterable[str], *facts: object) -> str:
    """A digest of sources below the project's root, files or folders, of the libraries installed and of other facts."""
    libraries = sorted(place.name for place in Path(sysconfig.get_paths()["purelib"]).glob("*.dist-info"))
    digest = sha256(f"{sys.version} {libraries} {facts!r}".encode())
    for name in names:
        place = root / name
        for file in [place] if place.is_file() else sorted(place.rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(f"{name} {file.relative_to(root).as_posix()} {_digest(file)}\n".encode())
    return digest.hexdigest()


def find_commit(root: Path) -> str:
    """The commit that the project stands at, empty where git knows none."""
    try:
        command = ["git", "rev-parse", "HEAD"]
        return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False).stdout  # noqa: S603
    except OSError:
        return ""


def share_file(source: Path, target: Path) -> None:
    """Let a file stand in two places at once; copied where the disk cannot."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        target.hardlink_to(source)
    except OSError:
        shutil.copyfile(source, target)


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return file_digest(content, "sha256").hexdigest()

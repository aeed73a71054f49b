"""What others made arrives as it was when it was chosen: packages by version and hash, files by hash and licence."""

import re
from hashlib import sha256
from pathlib import Path

import pytest

from tests.conftest import ROOT, TESTS

LOCKS = ["requirements.lock", "requirements-dev.lock"]
VENDORED = [
    line.split(" ")
    for line in (TESTS / "vendored.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


def requirements(lock: str) -> list[str]:
    """The requirements of a lock file, each on one line with its hashes."""
    words = (ROOT / lock).read_text("utf-8").replace("\\\n", " ")
    return [line for line in words.splitlines() if line.strip() and not line.startswith("#")]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_has_an_exact_version_and_hashes(lock: str) -> None:
    assert len(requirements(lock)) > 20
    for line in requirements(lock):
        assert re.match(r"[a-z0-9._-]+(\[[a-z,]+\])?==[\w.!+]+(?= )", line), line
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", line), line
        assert "://" not in line, "a package comes from the index, not from an address"


@pytest.mark.parametrize(("digest", "name", "origin", "licence"), VENDORED, ids=[line[1] for line in VENDORED])
def test_a_file_of_others_is_unchanged_and_has_its_origin_and_licence(
    digest: str, name: str, origin: str, licence: str
) -> None:
    assert sha256((ROOT / name).read_bytes()).hexdigest() == digest
    assert origin.startswith("https://")
    assert len((ROOT / licence).read_text("utf-8")) > 500


def test_every_file_of_others_is_recorded() -> None:
    folders = (ROOT / "docs/assets/vendor", ROOT / "overrides/documents/fonts")
    files = {file.relative_to(ROOT).as_posix() for folder in folders for file in folder.iterdir()}

    assert {name for line in VENDORED for name in (line[1], line[3])} == files


@pytest.mark.parametrize("file", sorted((ROOT / ".github" / "workflows").glob("*.yml")), ids=lambda file: file.name)
def test_actions_are_pinned_to_a_commit_and_may_do_only_what_they_must(file: Path) -> None:
    words = file.read_text("utf-8")

    assert re.findall(r"uses: (?!actions/[\w-]+@[0-9a-f]{40} # v\d)(.*)", words) == []
    assert "permissions: {contents: read}" in words

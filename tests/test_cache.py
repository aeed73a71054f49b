"""Documents made once: kept by content, never different from new ones, and healed where damaged."""

from pathlib import Path

from rimay.cache import Cache
from rimay.outputs import Site

SITE_URL = "https://rimay.example/"


def documents(project: Path) -> dict[str, str | bytes]:
    outputs = Site(project, SITE_URL).create_outputs("es")
    return {output.path: output.content for output in outputs if output.path.endswith((".pdf", ".docx"))}


def kept(project: Path) -> dict[str, int]:
    """When each kept document was made, in nanoseconds."""
    return {file.name: file.stat().st_ino for file in (project / ".cache" / "documents").iterdir()}


def test_what_is_kept_is_not_made_again(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    made: list[str] = []

    def create() -> bytes:
        made.append("once")
        return b"words"

    assert cache.get("key", create) == cache.get("key", create) == b"words"
    assert made == ["once"]


def test_a_damaged_entry_is_made_again(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.get("key", lambda: b"words")
    (file,) = tmp_path.iterdir()
    for damage in (b"", b"short", file.read_bytes()[:-1] + b"x"):
        file.write_bytes(damage)
        assert cache.get("key", lambda: b"words") == b"words"
        assert file.read_bytes() != damage


def test_documents_from_the_cache_are_those_of_a_cold_build(mini_project: Path) -> None:
    cold = documents(mini_project)
    warm = documents(mini_project)

    assert cold
    assert warm == cold


def test_one_changed_sentence_makes_only_the_documents_that_say_it(mini_project: Path) -> None:
    documents(mini_project)
    before = kept(mini_project)
    session = mini_project / "data" / "sessions" / "segunda-sesion.yml"
    title = next(line for line in session.read_text("utf-8").splitlines() if line.startswith("summary:"))
    session.write_text(session.read_text("utf-8").replace(title, "summary: {es: Otra frase., en: Another.}"), "utf-8")

    documents(mini_project)

    after = kept(mini_project)
    assert {name: after[name] for name in before} == before
    new = len(after) - len(before)
    assert 0 < new < len(before)

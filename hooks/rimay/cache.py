"""Documents made once: kept by a hash of all they are made from, so that only what changed is made again."""

from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

#: The most documents that are kept; the longest unused go first.
MOST = 20_000
#: Gives the bytes kept for a key, or makes them.
Keep = Callable[[str, Callable[[], bytes]], bytes]


class Cache:
    """A folder of bytes by key. A damaged entry is made again; the folder may be deleted at any time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, key: str, create: Callable[[], bytes]) -> bytes:
        """The bytes for everything that ``key`` says, made now if they are not there or not whole."""
        content = self.load(key)
        if content is None:
            content = create()
            self.write(key, content)
        return content

    def load(self, key: str) -> bytes | None:
        """The bytes kept for the key, None where they are not there or not whole."""
        file = self._file(key)
        try:
            stored = file.read_bytes()
            file.touch()
        except OSError:
            return None
        digest, content = stored[:32], stored[32:]
        return content if sha256(content).digest() == digest else None

    def write(self, key: str, content: bytes) -> None:
        """Keep the bytes. Two builds may do so at once."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=self._folder, delete=False) as draft:
            draft.write(sha256(content).digest() + content)
        Path(draft.name).replace(self._file(key))

    def _file(self, key: str) -> Path:
        return self._folder / sha256(key.encode()).hexdigest()

    def prune(self) -> None:
        """Forget the longest unused beyond the most that are kept; another build may be doing the same."""
        used: dict[Path, float] = {}
        for file in self._folder.glob("*"):
            with suppress(FileNotFoundError):
                used[file] = file.stat().st_mtime
        for file in sorted(used, key=used.__getitem__, reverse=True)[MOST:]:
            file.unlink(missing_ok=True)


def create_cache(root: Path) -> Cache:
    """What a project keeps between builds: documents, feeds, calendars, compiled templates."""
    return Cache(root / ".cache" / "documents")

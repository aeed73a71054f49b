"""One build of a site, from what the last one left to the swap: a process a language, and only what changed is made."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from rimay.cache import create_cache
from rimay.clock import load_now
from rimay.fingerprints import find_anchored
from rimay.languages import DEFAULT, LANGUAGES
from rimay.ledger import INPUTS, Ledger, digest_files, digest_inputs, find_commit, load_ledger, write_ledger
from rimay.library import Library
from rimay.page import Output
from rimay.progress import step
from rimay.publish import join, keep_search_index, ledger_file, prepare, publish, staging_folder
from rimay.search_index import merge_search_index, write_search_index

#: Set in the process that builds one language beside the first: which.
PART = "RIMAY_LANGUAGE"


class Construction:
    """A build under way. Loading raises DataProblems, and nothing of it shows before it is complete.

    ``facts`` are what the outcome depends on beside the project's files and the moment.
    """

    def __init__(self, root: Path, site: Path, *facts: object, preview: bool) -> None:
        self._root, self._final, self._preview = root, site, preview
        self.part = os.environ.get(PART, "")
        if not self.part:
            prepare(site)
        self.staging = staging_folder(site, self.part)
        self._last = load_ledger(ledger_file(site))
        self._inputs = "" if self.part else digest_inputs(root, INPUTS, find_commit(root), *facts)
        self._fingerprints: dict[str, str] = {}
        self._kept: dict[str, str] = {}
        self._parts: dict[str, tuple[subprocess.Popen[bytes], IO[bytes]]] = {}
        self._parent = os.getppid()

    def is_current(self) -> bool:
        """Whether the last site is what this build would make."""
        now = int(load_now().timestamp())
        is_fixed = "SOURCE_DATE_EPOCH" in os.environ
        is_its_time = now == self._last.now if is_fixed else self._last.now <= now < self._last.until
        return self._last.inputs == self._inputs and is_its_time and self._last.describes(self._final)

    def start_parts(self, command: Sequence[str]) -> None:
        """Build every language but the first beside this process, each by the command that built this one."""
        for language in LANGUAGES:
            if language != DEFAULT:
                output = TemporaryFile()  # noqa: SIM115 - closed when the process is waited for
                environment = {**os.environ, PART: language}
                process = subprocess.Popen(command, env=environment, stdout=output, stderr=subprocess.STDOUT)  # noqa: S603
                self._parts[language] = process, output

    def forget(self) -> None:
        """Leave no account of a site that is gone."""
        ledger_file(self._final).unlink(missing_ok=True)

    def abandon(self) -> None:
        """End the other processes."""
        for process, _ in self._parts.values():
            process.kill()

    def stop_if_alone(self) -> None:
        """A language beside the first is of no use once the process that asked for it is gone."""
        if self.part and os.getppid() != self._parent:
            raise SystemExit("the build that this was a part of is gone")

    def keep(self, outputs: Sequence[Output], fingerprints: Mapping[str, str]) -> dict[str, Path]:
        """What the last site has as it would be made now, by its path, and where it is."""
        same = {path for path, found in fingerprints.items() if self._last.keeps(self._final, path, found)}
        same -= find_anchored([output for output in outputs if output.path not in same], outputs)
        self._fingerprints.update(fingerprints)
        self._kept.update({path: self._last.files[path] for path in same})
        return {path: self._final / path for path in same}

    def wait(self) -> bool:
        """Wait for the other languages and pass on what they said. Returns whether all were built."""
        failed = False
        for process, output in self._parts.values():
            failed |= process.wait() != 0
            output.seek(0)
            said = output.read().decode("utf-8", "replace").splitlines()
            output.close()
            sys.stderr.write("".join(f"{line}\n" for line in said if not line.startswith("INFO")))
        return not failed

    def finish(
        self, library: Library, complete: Callable[[Path], Iterable[str]], verify: Callable[[Path], Sequence[str]]
    ) -> bool:
        """Index what was built, bring the languages together and swap the site in. Returns whether it did.

        ``complete`` adds what can only be made from all languages, and returns the paths of what it wrote.
        ``verify`` says what is wrong with the finished site, which is then not published.
        """
        if not (self._preview and keep_search_index(self._final, self.staging)):
            with step("search") as current:
                current.advance(write_search_index(self.staging))
        if not self.wait():
            return False
        known = dict(self._kept)
        for language in self._parts:
            folder, part = staging_folder(self._final, language), load_ledger(ledger_file(self._final, language))
            merge_search_index(folder, self.staging)
            join(folder, self.staging)
            ledger_file(self._final, language).unlink()
            self._fingerprints |= part.fingerprints
            known |= {path: digest for path, digest in part.files.items() if path.startswith(f"{language}/")}
        if not self.part and not self._preview:
            with step("offline") as current:
                written = set(complete(self.staging))
                current.advance(len(written))
            for path in written:  # what was changed since it was made is made again next time
                known.pop(path, None)
                self._fingerprints.pop(path, None)
            if problems := verify(self.staging):
                sys.stderr.write("".join(f"{problem}\n" for problem in problems))
                return False
        now, until = (int(moment.timestamp()) for moment in (library.now, library.next_change))
        ledger = Ledger(self._inputs, now, until, self._fingerprints, digest_files(self.staging, known))
        write_ledger(ledger_file(self._final, self.part), ledger)
        if not self.part:
            if not self._preview:
                create_cache(self._root).prune()
            publish(self.staging, self._final)
        return True

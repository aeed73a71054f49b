"""Microsoft's own rules for Word and Excel files, by a validator that ``make test`` installs with npm."""

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent
PROGRAM = FOLDER / "node_modules" / ".bin" / "ooxml-validator"


def find_faults(name: str, content: bytes) -> list[str]:
    """What breaks the format. Fails in CI if not installed."""
    if not PROGRAM.exists() or not shutil.which("node"):
        if os.environ.get("CI"):
            pytest.fail("the validator of Office files is missing: npm install --prefix tests/office")
        return []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_bytes(content)
        answer = subprocess.run([PROGRAM, file], capture_output=True, text=True, check=False)
        return [f"{fault.get('path')}: {fault.get('description')}" for fault in json.loads(answer.stdout)["errors"]]

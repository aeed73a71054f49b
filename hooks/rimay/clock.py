"""The only clock: what is asked of it is never published."""

import os
from datetime import UTC, datetime


def load_now() -> datetime:
    """The time that ``SOURCE_DATE_EPOCH`` says, or else now."""
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        return datetime.fromtimestamp(int(epoch), UTC)
    return datetime.now(UTC)

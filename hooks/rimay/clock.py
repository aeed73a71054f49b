"""The moment a build takes for now: the only place that looks at a clock."""

import os
from datetime import UTC, datetime

from rimay.records.fields import ZONE


def load_now() -> datetime:
    """Now in Peru, or the moment that ``SOURCE_DATE_EPOCH`` gives in seconds (reproducible-builds.org)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    return moment.astimezone(ZONE)

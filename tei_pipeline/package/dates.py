"""The one time that a package states: given, or of the edition's own history; never "now": the same edition, the same package."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime

from tei_pipeline.errors import PipelineError, printable

EPOCH = "SOURCE_DATE_EPOCH"  # https://reproducible-builds.org/specs/source-date-epoch/
_FORM = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d))?", re.ASCII)


class BadDate(PipelineError):
    """A time that was given and is none."""

    def __init__(self, where: str, value: str) -> None:
        self.where, self.value = where, value
        wanted = "seconds since 1970" if where == EPOCH else "a date such as 2024-05-31, or 2024-05-31T12:00:00Z"
        super().__init__(f"{where}: {printable(value)!r} is no time; give {wanted}")


class NoDate(PipelineError):
    """A standard demands a time and none is known."""

    def __init__(self, name: str, what: str) -> None:
        self.name, self.what = name, what
        ways = f"give --date 2024-05-31, or set {EPOCH}, or state one in the sidecar ([[metadata.revisions]] with a date) and build again"
        super().__init__(f"{printable(name)}: {what} demands a time, and none is known; {ways}")


def given_date(value: str | None, environment: Mapping[str, str]) -> str:
    """The time that was given, as ``2024-05-31T12:00:00Z``: ``--date``, else the environment's; nothing when neither was.

    Raises :class:`BadDate`.
    """
    if value is not None:
        return instant(value, "--date")
    stated = environment.get(EPOCH, "")
    if not stated:
        return ""
    try:
        return _written(datetime.fromtimestamp(int(stated), UTC))
    except (ValueError, OverflowError, OSError):
        raise BadDate(EPOCH, stated) from None


def instant(value: str, where: str) -> str:
    """A date or time of ISO 8601 as a time in UTC; a date alone means its beginning. Raises :class:`BadDate`."""
    try:
        if not _FORM.fullmatch(value):
            raise ValueError(value)
        read = datetime.fromisoformat(value)
        return _written(read.astimezone(UTC) if read.tzinfo else read.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        raise BadDate(where, value) from None


def _written(moment: datetime) -> str:
    return moment.strftime(f"{moment.year:04d}-%m-%dT%H:%M:%SZ")

"""The text of a sidecar: TOML from strangers, read within bounds of time and memory, or refused with file and line."""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Iterable
from typing import Any, cast

from tei_pipeline.errors import PipelineError, place

LARGEST = 1 << 20  # bytes: ten thousand corrections
TOLD = 10  # faults that one message lists

# A dotted key of thousands of parts costs tomllib time in the square of their number.
_ENDLESS_KEY = re.compile(r"(?:^|[\[{,])[ \t]*(?:[^\s.=,\[{]{1,100}[ \t]*\.[ \t]*){50}", re.MULTILINE)
_PLACE_IN_TOML = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


class BadSidecar(PipelineError):
    """The sidecar cannot be used. ``faults`` are (key, line, what is wrong), in the order of the file; key and line may be missing."""

    def __init__(self, path: str, faults: Iterable[tuple[str, int | None, str]]) -> None:
        self.path, self.faults = path, tuple(faults)
        told = [f"{place(path, line)}: {f'{key}: ' if key else ''}{what}" for key, line, what in self.faults[:TOLD]]
        more = [f"{place(path)}: more faults follow these"] * (len(self.faults) > TOLD)
        super().__init__("\n".join(told + more))


def text_of(data: bytes, label: str) -> str:
    """The text of a sidecar, line ends as LF. Raises :class:`BadSidecar` when it is too large or no UTF-8."""
    if len(data) > LARGEST:
        raise BadSidecar(label, [("", None, f"is larger than a sidecar may be ({LARGEST} bytes); is it the right file?")])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadSidecar(label, [("", line, f"byte {error.start} is no UTF-8, and TOML is always UTF-8; save the file as UTF-8")]) from None
    return text.replace("\r\n", "\n")


def parse(text: str, label: str) -> dict[str, Any]:
    """The values of a sidecar, dates as text. Raises :class:`BadSidecar` with the line where it is no TOML."""
    if endless := _ENDLESS_KEY.search(text):
        raise BadSidecar(label, [("", text.count("\n", 0, endless.end()) + 1, "a key of more than 50 parts; a sidecar needs three")])
    try:
        return cast("dict[str, Any]", _without_dates(tomllib.loads(text)))
    except RecursionError:
        raise BadSidecar(label, [("", None, "lists or tables are nested too deeply; a sidecar needs three levels")]) from None
    except tomllib.TOMLDecodeError as error:
        raise BadSidecar(label, [_broken(str(error), text)]) from None
    except ValueError:  # what Python says of it is about Python
        raise BadSidecar(label, [("", None, "holds a number of thousands of figures; mend it")]) from None


def _broken(message: str, text: str) -> tuple[str, int | None, str]:
    found = _PLACE_IN_TOML.search(message)
    line = int(found[1]) if found and found[1] else text.count("\n") + 1
    column = f" (column {found[2]})" if found and found[2] else ""
    return "", line, f"this is not TOML: {_PLACE_IN_TOML.sub('', message)}{column}; mend this line"


def _without_dates(value: Any) -> Any:
    """The same value, with dates and times as text: JSON, whose schema it must fit, has none."""
    if isinstance(value, dict):
        return {key: _without_dates(element) for key, element in value.items()}
    if isinstance(value, list):
        return [_without_dates(element) for element in value]
    return value.isoformat() if isinstance(value, (datetime.date, datetime.time)) else value

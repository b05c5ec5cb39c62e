"""Where each key of a TOML text stands: ``tomllib`` gives values without their places, and messages must name the line."""

from __future__ import annotations

import re
import tomllib
from typing import NamedTuple, TypeAlias

Path: TypeAlias = "tuple[str | int, ...]"

_TOKEN = re.compile(
    r"""(?P<skip>[ \t\r]+|\#[^\n]*)
    |(?P<newline>\n)
    |(?P<string>\"\"\"(?:[^\\]|\\.)*?\"{3,5}|'''.*?'{3,5}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')
    |(?P<mark>[][{}=,.])
    |(?P<bare>[^\s\[\]{}=,.\#"']+)""",
    re.VERBOSE | re.DOTALL,
)


class _Token(NamedTuple):
    kind: str
    value: str
    line: int


def key_lines(text: str) -> dict[Path, int]:
    """The line (from 1) of every key, table and list element of a *valid* TOML 1.0 text, by its path: ``("parts", 0, "file")``.

    A table that is written in several places has the line of the first.
    """
    return _Scan(text).lines


class _Scan:
    def __init__(self, text: str) -> None:
        self.lines: dict[Path, int] = {}
        self.tables: dict[Path, int] = {}  # elements of each [[list]] so far
        self.tokens = _tokens(text)
        self.at = 0
        table: Path = ()
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            if token.kind == "newline":
                self.at += 1
            elif token.value == "[" and token.kind == "mark":
                table = self._header(token.line)
            else:
                self._pair(table)

    def _header(self, line: int) -> Path:
        self.at += 1
        many = self._is("[")
        self.at += many
        path: Path = ()
        keys = self._keys()
        for depth, key in enumerate(keys, 1):
            path += (key,)
            if path in self.tables and not (many and depth == len(keys)):
                path += (self.tables[path] - 1,)
            self.lines.setdefault(path, line)
        if many:
            self.tables[path] = self.tables.get(path, 0) + 1
            path += (self.tables[path] - 1,)
            self.lines[path] = line
        self.at += 2 if many else 1  # what closes it
        return path

    def _pair(self, path: Path) -> None:
        line = self.tokens[self.at].line
        for key in self._keys():
            path += (key,)
            self.lines.setdefault(path, line)
        self.at += 1  # the equals sign
        self._value(path)

    def _keys(self) -> list[str]:
        keys = []
        while True:
            token = self.tokens[self.at]
            keys.append(tomllib.loads(f"k={token.value}")["k"] if token.kind == "string" else token.value)
            self.at += 1
            if not self._is("."):
                return keys
            self.at += 1

    def _value(self, path: Path) -> None:
        if self._is("["):
            self._list(path)
        elif self._is("{"):
            self._inline_table(path)
        else:
            while self.at < len(self.tokens) and self.tokens[self.at].kind != "newline" and not self._is(",", "]", "}"):
                self.at += 1

    def _list(self, path: Path) -> None:
        self.at += 1
        element = 0
        while True:
            while self.tokens[self.at].kind == "newline" or self._is(","):
                self.at += 1
            if self._is("]"):
                break
            self.lines[(*path, element)] = self.tokens[self.at].line
            self._value((*path, element))
            element += 1
        self.at += 1

    def _inline_table(self, path: Path) -> None:
        self.at += 1
        while not self._is("}"):
            if self._is(",") or self.tokens[self.at].kind == "newline":  # TOML 1.1 allows line ends here
                self.at += 1
            else:
                self._pair(path)
        self.at += 1

    def _is(self, *marks: str) -> bool:
        token = self.tokens[self.at] if self.at < len(self.tokens) else None
        return token is not None and token.kind == "mark" and token.value in marks


def _tokens(text: str) -> list[_Token]:
    tokens = []
    line = 1
    for match in _TOKEN.finditer(text):
        kind, value = match.lastgroup or "", match[0]
        if kind != "skip":
            tokens.append(_Token(kind, value, line))
        line += value.count("\n")
    return tokens

"""Rows of one resource, checked against its schema, as lines of CSV.

Comes in: rows (column -> value). Goes out: CSV text; `references` gathers what the rows point to.
Raises BadPackage with resource, row, field and remedy. Must not know: where rows come from or where
the text goes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal

from ogi.errors import BadPackage
from ogi.package.csvfile import line, neutral, number_text, quoted
from ogi.package.schema import Field, Resource

Value = str | Decimal | int | date | None
Row = Mapping[str, Value]
Reference = tuple[str, str, str, str]  # resource, column, the resource it points to, value


class _Wrong(Exception):
    """What is wrong with one value; the caller knows the row."""


class Table:
    """Writes rows of one resource; `allowed` are the values of each column that has a closed list."""

    def __init__(self, resource: Resource, allowed: Mapping[str, Iterable[str]]) -> None:
        self.resource = resource
        self.columns = frozenset(resource.columns)
        self.texts = tuple(
            (f.name, _text_of(f, f.name in resource.required, allowed.get(f.name))) for f in resource.fields
        )

    @property
    def header(self) -> str:
        return line(self.resource.columns)

    def lines(self, rows: Iterable[Row], references: set[Reference]) -> list[str]:
        """One line a row, in the order given; keys must differ within these rows."""
        lines, keys = [], set()
        for row in rows:
            if row.keys() != self.columns:
                odd = sorted(row.keys() ^ self.columns)[0]
                raise self.wrong(
                    row, odd, "the column is missing or unknown", "give every column of schema.yml, no other"
                )
            lines.append(line([self._text(row, name, text) for name, text in self.texts]))
            keys.add(tuple([row[name] for name in self.resource.key]))
            if len(keys) < len(lines):
                raise self.wrong(
                    row,
                    ", ".join(self.resource.key),
                    "the key is there twice",
                    "one row a key: find where the second comes from",
                )
            for name, target in self.resource.foreign_keys:
                if row[name] not in (None, ""):
                    references.add((self.resource.name, name, target, str(row[name])))
        return lines

    def wrong(self, row: Row, column: str, found: str, remedy: str) -> BadPackage:
        key = " ".join(str(row.get(name)) for name in self.resource.key)
        return BadPackage(f"datapackage: {self.resource.name}, row {key}, field {column}", found, remedy)

    def _text(self, row: Row, name: str, text: Callable[[Value], str]) -> str:
        try:
            return text(row[name])
        except _Wrong as wrong:
            found, remedy = wrong.args
            raise self.wrong(row, name, found, remedy) from None


def _text_of(field: Field, required: bool, allowed: Iterable[str] | None) -> Callable[[Value], str]:
    filled = {"string": _string, "number": _number, "integer": _integer, "date": _date}[field.type](field)
    known = None if allowed is None else {value: quoted(neutral(value)) for value in allowed}
    where = f"forms/codes.yml (kind {field.codes})" if field.codes else "package/schema.yml"

    def text(value: Value) -> str:
        if value is None or value == "":
            if required:
                raise _Wrong("is empty and must not be", "find the stage that should have filled it")
            return ""
        if known is None:
            return filled(value)
        if not isinstance(value, str) or value not in known:
            raise _Wrong(f"{value!r} is no known code", f"define it in {where} or correct what gives it")
        return known[value]

    return text


def _string(field: Field) -> Callable[[Value], str]:
    pattern = re.compile(field.pattern) if field.pattern else None

    def text(value: Value) -> str:
        if not isinstance(value, str):
            raise _Wrong(f"{value!r} is not a text", "give a str")
        if pattern and not pattern.fullmatch(value):
            raise _Wrong(f"{value!r} does not match {field.pattern}", "correct it where it is made")
        return quoted(neutral(value))

    return text


def _number(field: Field) -> Callable[[Value], str]:
    def text(value: Value) -> str:
        if not isinstance(value, Decimal | int) or isinstance(value, bool):
            raise _Wrong(f"{value!r} is not exact", "give a Decimal, never a float")
        _within(field, value)
        try:
            return number_text(value)
        except ValueError as error:
            raise _Wrong(str(error), "a number that long is unreadable, not a value") from None

    return text


def _integer(field: Field) -> Callable[[Value], str]:
    def text(value: Value) -> str:
        if not isinstance(value, int) or isinstance(value, bool):
            raise _Wrong(f"{value!r} is not an integer", "give an int")
        _within(field, value)
        return str(value)

    return text


def _date(field: Field) -> Callable[[Value], str]:
    def text(value: Value) -> str:
        if type(value) is not date:
            raise _Wrong(f"{value!r} is not a date", "give a datetime.date")
        return value.isoformat()

    return text


def _within(field: Field, value: Decimal | int) -> None:
    if (field.minimum is not None and value < field.minimum) or (
        field.maximum is not None and value > field.maximum
    ):
        raise _Wrong(f"{value} is not from {field.minimum} to {field.maximum}", "correct it where it is made")

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


EMPTY = ("is empty and must not be", "find the stage that should have filled it")


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
        self._key = resource.key
        self._targets = tuple((resource.name, *foreign) for foreign in resource.foreign_keys)

    @property
    def header(self) -> str:
        return line(self.resource.columns)

    def lines(self, rows: Iterable[Row], references: set[Reference]) -> list[str]:
        """One line a row, in the order given; keys must differ within these rows."""
        lines: list[str] = []
        keys: set[tuple[Value, ...]] = set()
        for row in rows:
            if row.keys() != self.columns:
                odd = sorted(row.keys() ^ self.columns)[0]
                raise self._error(
                    row, odd, "the column is missing or unknown", "give the columns of schema.yml"
                )
            try:
                lines.append(line([text(row[name]) for name, text in self.texts]))
            except (_Wrong, KeyError, TypeError):
                raise self._wrong(row) from None
            keys.add(tuple([row[name] for name in self._key]))
            if len(keys) < len(lines):
                raise self._error(row, ", ".join(self._key), "the key is there twice", "give one row a key")
            for name, column, target in self._targets:
                if value := row[column]:
                    references.add((name, column, target, str(value)))
        return lines

    def _wrong(self, row: Row) -> BadPackage:
        """What is wrong with the first wrong value of a row."""
        for field, (name, text) in zip(self.resource.fields, self.texts, strict=True):
            try:
                text(row[name])
            except _Wrong as wrong:
                return self._error(row, name, *wrong.args)
            except (KeyError, TypeError):
                if row[name] in (None, ""):
                    return self._error(row, name, *EMPTY)
                where = f"forms/codes.yml (kind {field.codes})" if field.codes else "package/schema.yml"
                found = f"{row[name]!r} is no known code"
                return self._error(row, name, found, f"define it in {where} or correct what gives it")
        raise AssertionError("called for a row that is right")

    def _error(self, row: Row, column: str, found: str, remedy: str) -> BadPackage:
        key = " ".join(str(row.get(name)) for name in self._key)
        return BadPackage(f"datapackage: {self.resource.name}, row {key}, field {column}", found, remedy)


def _text_of(field: Field, required: bool, allowed: Iterable[str] | None) -> Callable[[Value], str]:
    """Value to CSV text; a closed list is a look-up, and what is not in it a KeyError."""
    if allowed is not None:
        known: dict[Value, str] = {} if required else {None: "", "": ""}
        known.update({value: quoted(neutral(value)) for value in allowed})
        return known.__getitem__
    filled = {"string": _string, "number": _number, "integer": _integer, "date": _date}[field.type](field)

    def text(value: Value) -> str:
        if value is None or value == "":
            if required:
                raise _Wrong(*EMPTY)
            return ""
        return filled(value)

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
    bounded = field.minimum is not None or field.maximum is not None

    def text(value: Value) -> str:
        if type(value) is not Decimal and type(value) is not int:
            raise _Wrong(f"{value!r} is not exact", "give a Decimal, never a float")
        if bounded:
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

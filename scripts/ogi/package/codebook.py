"""README.md and codebook.md of the package, for people who download just that folder.

Comes in: schema, codes, files. Goes out: Markdown. Must not know: any report.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from html import escape
from pathlib import Path
from string import Template

from ogi.package.schema import Field, Resource, Schema
from ogi.package.spool import Files
from ogi.package.table import Row

TEMPLATE = Path(__file__).with_name("readme.template.md")
RESOURCES = ("资源 Resource", "内容 Content", "键 Key", "文件 Files")
COLUMNS = ("列 Column", "类型 Type", "名称 Title", "说明 Description", "单位 Unit")
CODES = ("代码 Code", "中文", "English", "定义 Definition", "依据 Legal basis")


def readme(schema: Schema, version: str, as_of: date | None, files: Mapping[str, Files]) -> str:
    """What is in the folder, how to load it, what to mind."""
    rows = [
        (f"`{r.name}`", f"{r.zh} {r.en}", _ticked(r.key), _where(r, files[r.name]))
        for r in schema.resources.values()
    ]
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        version=version, as_of=as_of.isoformat() if as_of else "—", resources=_table(RESOURCES, rows)
    )


def codebook(schema: Schema, codes: Iterable[Row]) -> str:
    """Every column of every resource, then every code."""
    kinds: dict[str, list[Row]] = {}
    for row in codes:
        kinds.setdefault(str(row["kind"]), []).append(row)
    parts = [
        "# 数据字典 Codebook",
        "由 package/schema.yml 与代码表生成。Generated from the schema and the codes; do not edit.",
        "## 资源 Resources",
        *(_resource(resource) for resource in schema.resources.values()),
        "## 代码 Codes",
        *(f"### {kind}\n\n{_table(CODES, map(_code, rows))}" for kind, rows in kinds.items()),
    ]
    return "\n\n".join(parts)


def _where(resource: Resource, files: Files) -> str:
    if resource.by_year:
        return f"`data/{resource.name}/*.csv` ({len(files.parts)})"
    path = files.parts[0].path
    return f"[`{path}`]({path})"


def _resource(resource: Resource) -> str:
    keys = [f"键 key: {_ticked(resource.key)}"]
    keys += [f"`{column}` → `{target}`" for column, target in resource.foreign_keys]
    columns = _table(COLUMNS, [_column(field, field.name in resource.required) for field in resource.fields])
    head = f"### {resource.name} · {resource.zh} · {resource.en}"
    return "\n\n".join((head, resource.description, resource.description_en, "; ".join(keys), columns))


def _column(field: Field, required: bool) -> tuple[str, ...]:
    said = [_cell(field.description), _cell(field.description_en)]
    if field.warning:
        said.append(f"**注意** {_cell(field.warning)} **Mind** {_cell(field.warning_en)}")
    if field.categories:
        said.append(", ".join(f"`{code}` {zh} {en}" for code, (zh, en) in field.categories.items()))
    if field.codes:
        said.append(f"→ 代码 codes `{field.codes}`")
    kind = f"{field.type}, required" if required else field.type
    unit = " ".join(text for text in (field.unit, field.unit_en) if text)
    return f"`{field.name}`", kind, f"{_cell(field.zh)} {_cell(field.en)}", "<br>".join(said), unit


def _code(row: Row) -> tuple[str, ...]:
    definition = "<br>".join(_cell(row[key]) for key in ("definition", "definition_en") if row[key])
    return f"`{row['code']}`", _cell(row["zh"]), _cell(row["en"]), definition, _cell(row["legal_basis"])


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ("---",) * len(head), *rows))


def _ticked(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _cell(text: object) -> str:
    """Text that stays inside its cell and is no markup."""
    return escape(str(text or ""), quote=False).replace("|", "\\|").replace("\n", " ")

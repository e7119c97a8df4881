"""The few errors that people meet; everything else that goes wrong is an issue in the data.

    OgiError                what, where, what to do: the message is one sentence each
    ├── Unreadable          one document cannot be read; the others still are (exit 1)
    ├── BadCollection       something under reports/ is not as it must be (recorded, exit 1 from `ogi check`)
    ├── BadForm             a file under forms/ is wrong: a programmer's error, stops at once
    └── BadPackage          the built package does not hold what it promises: nothing is written
"""

NO_FILE = ("没有这个文件 no such file", "检查路径 check the path")  # found, remedy


class OgiError(Exception):
    """`place` is a file, with line or row where known; `found` what is wrong; `remedy` what to do next.

    Both are said in Chinese, then in English: 文件是空的（0 字节） the file is empty (0 bytes).
    """

    def __init__(self, place: str, found: str, remedy: str) -> None:
        super().__init__(f"{place}: {found} → {remedy}")
        self.place, self.found, self.remedy = place, found, remedy

    def __reduce__(self) -> tuple[type, tuple[str, str, str]]:
        return type(self), (self.place, self.found, self.remedy)


class Unreadable(OgiError):
    """A document that gives no report: empty, broken, encrypted, no annual report, over a limit."""


class BadCollection(OgiError):
    """agency.yml missing or wrong, unknown region, two documents for one agency-year, …"""


class BadForm(OgiError):
    """A form, code or pattern file that contradicts itself."""


class BadPackage(OgiError):
    """A row that breaks the schema, a foreign key without its target, …"""

"""The content says what a document is; its name only ever causes a remark."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile

import pytest
from office_files import docx, p, packed

from ogi.errors import Unreadable
from ogi.readers import formats, read

TEXT = "政府信息公开工作年度报告\n一、总体情况\n".encode()


def opendocument(kind: str) -> bytes:
    """A zip whose first part says its kind, not compressed, as the standard of these formats wants it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (docx(p("文")), "docx"),
        (b"<html><p>a</p></html>", "html"),
        (TEXT, "txt"),
        (TEXT.decode().encode("gb18030"), "txt"),
        (b"%PDF-1.4\n", "pdf"),
        (b"\xef\xbb\xbf\n%PDF-1.7", "pdf"),
    ],
)
def test_the_format_is_known_by_content(data: bytes, name: str) -> None:
    """Each format is recognised by its bytes alone."""
    assert formats.recognise(data).name == name


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"", "the file is empty"),
        (b"\0" * 900, "nothing but blanks or zeros"),
        (b" \r\n\t", "blanks or zeros"),
        (b"{\\rtf1\\ansi a}", "Rich Text"),
        (opendocument("text"), "OpenDocument text .odt.*LibreOffice"),
        (opendocument("spreadsheet"), "OpenDocument sheet .ods.*LibreOffice"),
        (opendocument("graphics"), "an OpenDocument presentation or drawing"),
        (b"Rar!\x1a\x07\x00", "RAR archive"),
        (b"II*\0", "TIFF"),
        (b"GIF89a", "GIF"),
        (packed({"a.txt": "x"}), "a zip of 1 files that is neither"),
        (b"\x07\x01\x02\x03" * 99, "no known format"),
        (
            b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>',
            "Word 2003 XML",
        ),
    ],
)
def test_what_is_not_read_is_named(data: bytes, found: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error names the file, what it is, and a way out."""
    monkeypatch.setenv("PATH", "")
    with pytest.raises(Unreadable, match=f"^a.doc: .*{found}") as caught:
        read(data, "a.doc")
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("name", "issues"),
    [
        ("a.txt", 0),
        ("a", 0),
        ("2021年报.final", 0),
        ("A.TXT", 0),
        ("x.docx/a.txt", 0),
        ("a.docx", 1),
        ("a.pdf", 1),
        ("C:\\x\\a.HTML", 1),
    ],
)
def test_a_name_that_disagrees_is_a_remark(name: str, issues: int) -> None:
    """A wrong ending is an issue of severity info; no ending, or one that means nothing, is none."""
    found = [(issue.code, issue.severity) for issue in read(TEXT, name).issues]
    assert found == [("name-disagrees-with-content", "info")] * issues


@pytest.mark.parametrize(("does", "needless"), [
    ("from ogi.readers import read; read('一、总体情况'.encode(), 'a.txt')", "lxml olefile openpyxl pdfplumber numpy PIL"),
    ("import ogi.cli.reading", "ogi.collection ogi.forms ogi.package yaml rich pandas"),
], ids=["a text", "the command"])  # fmt: skip
def test_reading_one_text_brings_nothing_along(does: str, needless: str) -> None:
    """`ogi read` has to be quick: no parser for a text, and in the process of the command no form and no collection."""
    code = f"import sys; {does}; print(sorted({{*{needless.split()}}} & set(sys.modules)))"
    env = {"PYTHONPATH": ":".join(sys.path)}
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env)
    assert shown.stdout.strip() == "[]"

"""TX-17 over agencies: what another agency's report of the year says as well, found without comparing all with all."""

from __future__ import annotations

import csv
import shutil
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
import site_shells
from checked import reading, said

from ogi import rendering
from ogi.checks.agencies import Known, Told, repeated_elsewhere, sketches
from ogi.model import Agency, Check
from ogi.pipeline import build
from tests.unit.collected import agency_yml, put, text_of
from tests.unit.test_unchanged import bytes_of

LETTERS = "".join(chr(0x4E00 + n) for n in range(3000))
SAME = "一是公开内容不够全面，二是解读形式较为单一。下一步将加强业务培训，丰富解读形式。"
LONG = SAME + (
    "三是依申请公开的答复文书不够规范，个别栏目长期没有新的文章，政策咨询渠道知晓率偏低；改进的办法是印发答复范本，"
    "请法律顾问逐件把关，清理空白栏目。"
)
A, B, C = "360200-finance", "360700-audit", "370881-finance"


def prose(seed: int, length: int = 400) -> str:
    return "".join(Random(seed).choices(LETTERS, k=length))


def changed(text: str, letters: int, seed: int = 0) -> str:
    """With so many letters replaced, far from each other and from the ends."""
    step = len(text) // letters
    places = {step * n + 5 + seed % (step - 10) for n in range(letters)}
    return "".join("改" if n in places else c for n, c in enumerate(text))


def compared(
    *reports: tuple[str, int, str], known: Known | None = None
) -> tuple[dict[str, list[Check]], list[str]]:
    """Checks by report, and the reports whose text was asked for; a report is agency, year, overview."""
    texts, told, asked = {}, [], []
    for agency_id, year, text in reports:
        name = f"{agency_id}市财政局"
        agency = Agency(agency_id, name, "360200", "city", "finance")
        report = replace(reading(), agency_name=name, agency_name_printed=None)
        texts[f"{agency_id}-{year}"] = text
        told += [
            Told(f"{agency_id}-{year}", name, year, s)
            for s in sketches(said(report, text), agency)
        ]

    def texts_of(report_id: str, section: str) -> list[str]:
        asked.append(report_id)
        return [texts[report_id]] if section == "overview" else []

    found: dict[str, list[Check]] = {}
    for report_id, check in repeated_elsewhere(told, texts_of, {} if known is None else known):
        found.setdefault(report_id, []).append(check)
    return found, asked


def test_each_of_two_reports_names_the_other() -> None:
    """Names, digits and spaces aside, they say the same; so much is a note of rule TX-17, laid to the agency."""
    found, _ = compared(
        ("a", 2021, f"a市财政局 12{prose(1)}"), ("b", 2021, f"b市财政局{prose(1)}7"), ("c", 2021, prose(2))
    )
    assert set(found) == {"a-2021", "b-2021"}
    (check,) = found["a-2021"]
    assert (check.rule, check.scope, check.status, check.severity, check.left) == (
        "TX-17",
        "overview#agencies",
        "fail",
        "info",
        100,
    )
    assert "b市财政局" in check.message_zh and "b-2021" in check.message_zh and "b-2021" in check.message_en


def test_another_year_the_same_agency_or_a_short_text_is_no_copy() -> None:
    """The agency's own year before has a check of its own; what is short is alike by chance."""
    found, _ = compared(
        ("a", 2021, prose(1)),
        ("a", 2022, prose(1)),
        ("b", 2020, prose(1)),
        ("c", 2021, SAME),
        ("d", 2021, SAME),
    )
    assert not found


@pytest.mark.parametrize(("letters", "alike"), [(4, True), (5, False)])
def test_nine_tenths_are_counted_exactly(letters: int, alike: bool) -> None:
    """Each letter that differs costs both five of their 396 shingles: 376 of 416 are 90 in a hundred, 371 of 421 are 88."""
    found, _ = compared(("a", 2021, prose(1)), ("b", 2021, changed(prose(1), letters)))
    assert bool(found) is alike


def test_a_thousand_others_do_not_hide_a_copy() -> None:
    """Of fifty copies with a few letters changed all are found, and hardly any text but theirs is looked at."""
    copies = [(f"x{n}", 2021, changed(prose(n % 25), 2, seed=n)) for n in range(50)]
    found, asked = compared(*copies, *((f"y{n}", 2021, prose(1000 + n)) for n in range(1000)))
    assert set(found) == {f"x{n}-2021" for n in range(50)}
    assert len(asked) < 200


def test_one_text_of_very_many_is_not_compared_with_all() -> None:
    """Five hundred that say the same are told by their digests; with a letter changed, by a few comparisons each."""
    found, asked = compared(*((f"x{n}", 2021, prose(1)) for n in range(500)))
    assert len(found) == 500 and not asked
    found, asked = compared(*((f"x{n}", 2021, changed(prose(1), 1, seed=n)) for n in range(300)))
    assert len(found) == 300 and len(asked) < 900


def test_a_section_without_end_costs_no_more_than_a_long_one() -> None:
    """What stands after its first 20,000 letters is not looked at."""
    long = prose(1, 20_000)
    found, _ = compared(("a", 2021, long + prose(2, 50_000)), ("b", 2021, long + prose(3, 50_000)))
    assert set(found) == {"a-2021", "b-2021"}


def test_what_was_compared_before_is_not_compared_again() -> None:
    known: Known = {}
    reports = [("a", 2021, prose(1)), ("b", 2021, changed(prose(1), 2))]
    first, asked = compared(*reports, known=known)
    assert first and asked
    second, asked = compared(*reports, known=known)
    assert second == first and not asked


def test_a_copy_comes_and_goes_and_its_twin_is_not_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The package with notes about reports that did not change is, byte for byte, the one built at once."""
    made: list[str] = []
    part = rendering.part
    monkeypatch.setattr(rendering, "part", lambda report: made.append(report.path) or part(report))
    monkeypatch.setattr(
        rendering,
        "run_isolated",
        lambda work, items, jobs: ((name, work(data, name)) for name, data in items),
    )
    twin, site = tmp_path / "reports" / "37" / C, tmp_path / "site"

    def notes(told: int, agencies: int) -> None:
        made.clear()
        build(tmp_path / "reports", tmp_path / "warm", cache=tmp_path / "cache")
        assert len(made) == agencies
        build(tmp_path / "reports", tmp_path / "cold")
        assert bytes_of(tmp_path / "warm") == bytes_of(tmp_path / "cold")
        with (tmp_path / "warm" / "data" / "checks" / "2021.csv").open(encoding="utf-8") as file:
            assert sum(row["scope"] == "problems#agencies" for row in csv.DictReader(file)) == told

    for agency in A, B, C:
        put(
            tmp_path,
            {f"{agency}/agency.yml": agency_yml(agency), f"{agency}/2021.txt": text_of(agency, 2021)},
        )
    put(tmp_path, {f"{A}/2021.txt": text_of(A, 2021, (SAME, LONG))})
    notes(0, 3)
    put(tmp_path, {f"{C}/2021.txt": text_of(C, 2021, (SAME, LONG))})
    notes(2, 1)
    site_shells.stamped(tmp_path / "warm", site, tmp_path)
    assert f'<a href="../{C}-2021/">' in (site / "reports" / f"{A}-2021" / "index.html").read_text("utf-8")
    put(tmp_path, {f"{B}/2021.txt": text_of(B, 2021, ("| 312 |", "| 313 |"))})
    notes(2, 1)
    put(tmp_path, {f"{B}/2021.txt": text_of(B, 2021, (SAME, LONG.replace("栏目。", "栏目！")))})
    notes(3, 1)
    shutil.rmtree(twin)
    notes(2, 0)
    put(tmp_path, {f"{B}/2021.txt": text_of(B, 2021)})
    notes(0, 1)

"""The shipped register: well-formed, complete, and true to the texts that it was read from."""

from __future__ import annotations

import csv
import io
import json
import re
from fractions import Fraction
from pathlib import Path

import pytest

from figurecheck.formula import CHECKS, statement

REPOSITORY = Path(__file__).resolve().parents[1]
DATA = REPOSITORY / "data"
SHARED = REPOSITORY.parent / "shared"

FIGURE_COLUMNS = (
    "id,reported,unit,label,value,concept,base,place,period,source,locator,quote,"
    "attributed_to,repeats,precision,status,waive,note"
)
RELATION_COLUMNS = "id,statement,label,concept,source,waive,note"
WHOLE = ["1", "person", "persons", "victim", "arrival", "day", "USD/year", "USD per year"]
PER_VICTIM = ["USD/victim/year", "USD per victim per year"]
FACTORS = {
    **dict.fromkeys([*WHOLE, *PER_VICTIM, "fraction"], Fraction(1)),
    **dict.fromkeys(["percent", "percent (1 in n)"], Fraction(1, 100)),
    **dict.fromkeys(["per_1000", "per 1000 persons"], Fraction(1, 1000)),
}


def rows(path: Path) -> list[dict[str, str]]:
    text = path.read_bytes().decode("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


FIGURES = rows(DATA / "figures.csv")
RELATIONS = rows(DATA / "relations.csv")
SOURCES = json.loads((DATA / "sources.csl.json").read_text(encoding="utf-8"))

FIGURE_IDS = {figure["id"] for figure in FIGURES}
DERIVED_IDS = {
    relation["id"] for relation in RELATIONS if statement(relation["statement"]).operator == "="
}
SOURCE_IDS = {source["id"] for source in SOURCES}
CONCEPTS = {
    "/".join(steps[:length])
    for figure in FIGURES
    for steps in [figure["concept"].split("/")]
    for length in range(1, len(steps) + 1)
}
NEWS = [figure for figure in FIGURES if figure["id"].startswith("news_")]
QUOTED = [figure for figure in FIGURES if figure["quote"]]

each_figure = pytest.mark.parametrize("figure", FIGURES, ids=lambda row: row["id"])
each_relation = pytest.mark.parametrize("relation", RELATIONS, ids=lambda row: row["id"])
beside_the_texts = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the texts that the register was read from are not beside it"
)


def ungrouped(text: str) -> str:
    """Give the text without the commas that group digits."""
    return re.sub(r"(?<=\d),(?=\d{3})", "", text)


def amount(row: dict[str, str]) -> Fraction:
    return Fraction(row["value"]) * FACTORS[row["unit"]]


@pytest.mark.parametrize(
    ("name", "columns"), [("figures.csv", FIGURE_COLUMNS), ("relations.csv", RELATION_COLUMNS)]
)
def test_a_file_has_its_columns_and_plain_lines(name: str, columns: str) -> None:
    text = (DATA / name).read_bytes().decode("utf-8")
    assert text.splitlines()[0] == columns
    assert text.endswith("\n")
    assert "\r" not in text
    width = len(columns.split(","))
    cells = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert {len(row) for row in cells} == {width}
    assert all(cell == cell.strip() for row in cells for cell in row)


def test_an_id_is_short_plain_and_used_once() -> None:
    ids = [row["id"] for row in FIGURES + RELATIONS]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", name) for name in ids)


def test_every_source_is_used_and_says_who_and_where() -> None:
    assert len(SOURCES) == len(SOURCE_IDS)
    assert {row["source"] for row in FIGURES + RELATIONS} - {""} == SOURCE_IDS
    for source in SOURCES:
        names = source["custom"]["names"]
        assert {author["literal"] for author in source["author"]} <= set(names)
        assert len(names) == len(set(names))
        assert source["title"]
        assert source["URL"].startswith("http")


@each_figure
def test_a_figure_says_what_it_is_of_and_by_whom(figure: dict[str, str]) -> None:
    assert all(figure[column] for column in ("reported", "unit", "label", "concept", "source"))
    assert figure["unit"] in FACTORS
    assert figure["base"] in {"", *FIGURE_IDS, *CONCEPTS}
    assert figure["repeats"] in {"", *FIGURE_IDS - {figure["id"]}}
    assert figure["quote"] or figure["note"]
    assert bool(figure["base"]) == (figure["unit"] in {"percent", "fraction"})
    assert amount(figure) > 0


def test_a_publisher_that_is_named_is_known() -> None:
    known = {name for source in SOURCES for name in source["custom"]["names"]}
    assert {figure["attributed_to"] for figure in FIGURES} - {""} <= known


@each_relation
def test_a_statement_stands_over_registered_figures(relation: dict[str, str]) -> None:
    stated = statement(relation["statement"])
    assert set(stated.names) <= FIGURE_IDS | DERIVED_IDS
    if stated.operator == "=":
        assert stated.target == relation["id"]
        assert relation["concept"]
    else:
        assert stated.operator in CHECKS


@pytest.mark.parametrize("figure", QUOTED, ids=lambda row: row["id"])
def test_a_quote_holds_the_reported_number(figure: dict[str, str]) -> None:
    quote, reported = figure["quote"].lower(), figure["reported"].lower()
    numbers = re.findall(r"\d+(?:[.,]\d+)*", reported)
    assert reported in quote or (numbers and all(number in quote for number in numbers))


@beside_the_texts
@pytest.mark.parametrize("figure", NEWS, ids=lambda row: row["id"])
def test_a_quote_of_the_news_stands_in_a_text_letter_for_letter(figure: dict[str, str]) -> None:
    texts = [path.read_bytes().decode("utf-8") for path in (SHARED / "seeds").glob("*.txt")]
    assert figure["quote"]
    assert any(figure["quote"] in text for text in texts)


@beside_the_texts
def test_every_statistic_of_the_news_is_registered() -> None:
    statistics = [
        row["quote"]
        for row in rows(SHARED / "truth" / "seed_numbers.csv")
        if row["kind"].startswith("statistic")
    ]
    found = [
        figure["id"]
        for quote in statistics
        for figure in NEWS
        if quote in figure["quote"] and figure["reported"] in quote
    ]
    assert len(statistics) == len(found) == len(set(found))


def printed(row: dict[str, str]) -> list[tuple[str, Fraction]]:
    """Give what a published figure prints: "18.7 million (90%)" is a count and a share."""
    count, _, bracketed = row["value_printed"].removesuffix(")").partition(" (")
    share = [(bracketed, Fraction(bracketed.rstrip("%")) / 100)] if bracketed else []
    return [(ungrouped(count), amount(row)), *share]


@beside_the_texts
def test_every_published_figure_is_registered_as_printed() -> None:
    published = [
        (row["id"], text, value, row["quote"])
        for row in rows(SHARED / "truth" / "reference_figures.csv")
        for text, value in printed(row)
    ]
    missing = [
        (name, text)
        for name, text, value, quote in published
        if not any(
            ungrouped(figure["reported"]).endswith(text)
            and amount(figure) == value
            and figure["quote"] in {quote, ""}
            for figure in FIGURES
        )
    ]
    assert published
    assert missing == []

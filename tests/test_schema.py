"""The schema of what --format json prints: it holds for all of it, and for nothing besides."""

from __future__ import annotations

import copy
import json
from decimal import Decimal
from importlib.resources import files

import pytest
from command import GOLDEN, ROOT, command
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from figurecheck.figures import COLUMNS
from figurecheck.literal import VERSION

SCHEMA = json.loads(
    files("figurecheck.reporters").joinpath("schema.json").read_text(encoding="utf-8")
)
OTHERS = ("_sarif.json", "_gitlab.json")
OURS = {
    name: json.loads(file.read_text(encoding="utf-8"))
    for file in sorted(GOLDEN.rglob("*.json"))
    if not (name := file.relative_to(GOLDEN).as_posix()).endswith(OTHERS)
}
fits = Draft202012Validator(SCHEMA).is_valid
"""Whether something is an output of figurecheck."""


def members(value, path=()):
    """Give the path of every object in a value."""
    if isinstance(value, dict):
        yield path
        for name, each in value.items():
            yield from members(each, (*path, name))
    elif isinstance(value, list):
        for place, each in enumerate(value):
            yield from members(each, (*path, place))


def at(value, path):
    for each in path:
        value = value[each]
    return value


# Objects whose members are names that a user gave.
OPEN = {
    *("values", "diagnosis", "implied", "ranking", "bounds", "undecided", "aside", "differs"),
    "figures",
}


def test_the_schema_is_one_and_of_the_version_that_is_printed():
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$defs"]["version"]["const"] == VERSION
    assert SCHEMA["$id"] == f"urn:figurecheck:output:{VERSION}"
    assert list(SCHEMA["$defs"]["figure"]["properties"]) == [*COLUMNS, "reading"]


@pytest.mark.parametrize("name", OURS)
def test_every_golden_file_fits_the_schema(name):
    Draft202012Validator(SCHEMA).validate(OURS[name])


def test_every_command_that_prints_json_has_a_golden_file():
    kinds = {each["$ref"].rpartition("/")[2] for each in SCHEMA["oneOf"]}
    for kind in kinds:
        assert any(kind in name for name in OURS), kind


@pytest.mark.parametrize("name", OURS)
def test_a_member_too_many_or_too_few_fits_no_schema(name):
    for path in members(OURS[name]):
        csl = path[:1] == ("sources",) and isinstance(OURS[name]["sources"], list)
        if csl or (path and path[-1] in OPEN):
            continue
        more = copy.deepcopy(OURS[name])
        at(more, path)["planted"] = 1
        assert not fits(more), path
        for member in at(OURS[name], path):
            less = copy.deepcopy(OURS[name])
            del at(less, path)[member]
            assert not fits(less) or member == "coverage", (path, member)


@given(st.text(max_size=40))
def test_what_is_read_in_any_text_fits_the_schema(words):
    told = command("read", f" {words}", "--format", "json")
    Draft202012Validator(SCHEMA).validate(json.loads(told.out, parse_float=Decimal))


@given(st.lists(st.text("0123456789.,% abkm-+~", max_size=12), min_size=2, max_size=2))
def test_what_any_two_texts_are_judged_to_be_fits_the_schema(texts):
    one, other = texts
    told = command("judge", "a <= b", f"a={one}", f"b={other}", "--format", "json")
    Draft202012Validator(SCHEMA).validate(json.loads(told.out, parse_float=Decimal))


@pytest.mark.parametrize("name", ["check", "show", "derive", "solve", "explain"])
def test_what_is_said_of_the_shipped_register_fits_the_schema(name, monkeypatch):
    monkeypatch.chdir(ROOT)
    told = command(name, "--format", "json")
    Draft202012Validator(SCHEMA).validate(json.loads(told.out, parse_float=Decimal))


def test_how_much_of_a_document_is_sourced_fits_the_schema(tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)
    report = tmp_path / "report.md"
    report.write_text("There are 27.6 million people in 12 towns.", encoding="utf-8")
    for more in ([], ["--coverage"]):
        made = json.loads(command("lint", report, *more, "--format", "json").out)
        Draft202012Validator(SCHEMA).validate(made)
        assert ("coverage" in made) == bool(more)

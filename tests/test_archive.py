"""Archived texts: read from where a register says, and one line where that cannot be."""

from __future__ import annotations

import hashlib
import json
import pickle

import pytest
from command import DAY, command, folder

from figurecheck import register
from figurecheck.register import RegisterError, load

FIGURES = "id,reported,unit,source,quote\na,5,person,s,5 people came\n"
WORDS = b"In all 5 people\ncame."


def source(key="s", **custom):
    return json.dumps([{"id": key, "custom": custom}])


def checked(place, *options):
    """Give the findings of a check on the archived text, by code, with exit code 0, 1 or 3."""
    ran = command("check", place, "--format", "json", "--today", DAY, *options)
    assert ran.code in {0, 1}, ran.err
    found = json.loads(ran.out)["findings"]
    return {each["code"]: each["message"] for each in found if each["code"] in {"FC210", "FC211"}}


def test_a_text_stands_where_its_source_says(tmp_path):
    good = hashlib.sha256(WORDS).hexdigest()
    place = folder(tmp_path, FIGURES, sources=source(text="texts/s.txt", sha256=good.upper()))
    (place / "texts").mkdir()
    (place / "texts" / "s.txt").write_bytes(WORDS)
    assert checked(place) == {}
    (place / "texts" / "s.txt").write_bytes(WORDS + b"!")
    assert f", not {good}" in checked(place)["FC211"]


def test_a_folder_of_texts_comes_first_and_the_source_next(tmp_path):
    place = folder(tmp_path / "r", FIGURES, sources=source(text="own.txt"))
    (place / "own.txt").write_bytes(b"6 people came")
    assert "does not stand in" in checked(place)["FC210"]
    texts = tmp_path / "texts"
    texts.mkdir()
    assert "does not stand in" in checked(place, "--texts", texts)["FC210"]
    (texts / "s.txt").write_bytes(WORDS)
    assert checked(place, "--texts", texts) == {}


def test_without_a_text_a_quote_is_untestable_and_strict_says_so(tmp_path):
    place = folder(tmp_path / "r", FIGURES, sources=source())
    assert "cannot be tested" in checked(place)["FC210"]
    assert "cannot be tested" in checked(place, "--texts", tmp_path)["FC210"]
    assert command("check", place, "--today", DAY, "--strict").code == 3


@pytest.mark.parametrize(
    ("custom", "said"),
    [
        ({"text": "gone.txt"}, "gone.txt: no such file"),
        ({"text": "."}, ": no such file"),
        ({"text": "a\0b"}, ""),
        ({"text": "a" * 5000}, "a" * 99),
        ({"text": "latin.txt"}, "byte 0xf6 is not UTF-8"),
        ({"text": "scan.pdf"}, "a zero byte"),
        ({"text": "long.txt"}, "longer than 99 bytes"),
        ({"text": "ok.txt", "sha256": "beef"}, "not beef"),
    ],
)
def test_a_text_that_cannot_be_read_is_a_finding_in_one_line(custom, said, tmp_path, monkeypatch):
    monkeypatch.setattr(register, "LONGEST_TEXT", 99)
    place = folder(tmp_path, FIGURES, sources=source(**custom))
    for name, data in {
        "latin.txt": "K\u00f6pfe".encode("latin-1"),
        "scan.pdf": b"%PDF\0",
        "long.txt": b"x" * 100,
        "ok.txt": WORDS,
    }.items():
        (place / name).write_bytes(data)
    found = checked(place)
    assert said in found["FC211"]
    assert "cannot be tested" in found["FC210"]


@pytest.mark.parametrize("custom", [{"text": 5}, {"sha256": ["a"]}, {"text": None}])
def test_a_path_that_is_no_text_is_said_of_the_source(custom, tmp_path):
    ran = command("check", folder(tmp_path, FIGURES, sources=source(**custom)))
    assert ran.code == 2
    assert "source 1: 'text' or 'sha256' in 'custom' is not a text" in ran.err


def test_a_folder_of_texts_must_be_there(tmp_path):
    place = folder(tmp_path, FIGURES, sources=source())
    ran = command("check", place, "--texts", tmp_path / "gone")
    assert ran.code == 2
    assert ran.err.endswith("gone: no such folder; wanted one with the texts of sources\n")
    with pytest.raises(RegisterError, match="no such folder"):
        load(place, texts=place / "figures.csv")


@pytest.mark.parametrize("key", ["../../s", "/etc/s", "a\0b", "s" * 5000])
def test_a_strange_key_names_no_text(key, tmp_path):
    place = folder(tmp_path / "r", FIGURES.replace(",s,", f",{key},"), sources=source(key))
    assert command("check", place, "--texts", tmp_path).code in {0, 1, 2}


def test_a_register_with_an_archive_can_be_pickled(tmp_path):
    place = folder(tmp_path, FIGURES, sources=source(text="a.txt"))
    assert len(pickle.loads(pickle.dumps(load(place)))) == 1

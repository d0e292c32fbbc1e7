"""Files are written whole or not at all, and what ends a run early ends it cleanly."""

from __future__ import annotations

import contextlib
import io
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from command import ROOT, command, folder, process
from hypothesis import given
from hypothesis import strategies as st

from figurecheck.cli import INTERRUPTED, main
from figurecheck.cli import check as check_command
from figurecheck.cli.output import write

FIGURES = "id,reported,unit,source\na,5,person,s\n"
needs_dev_full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
needs_modes = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may write everywhere"
)


@pytest.fixture
def register(tmp_path):
    return folder(tmp_path / "data", FIGURES, sources='[{"id": "s"}]')


def entries(place: Path) -> list[str]:
    return sorted(each.name for each in place.iterdir())


@pytest.mark.parametrize(
    "line",
    [
        ["check"],
        ["check", "--format", "json"],
        ["show"],
        ["show", "a"],
        ["derive", "a + a"],
        ["solve"],
        ["explain", "FC301"],
        ["read", "27.6 million"],
        ["judge", "a == b", "a=5", "b=5"],
    ],
)
def test_a_file_has_what_the_terminal_would_have(register, tmp_path, monkeypatch, line):
    monkeypatch.chdir(register.parent)
    there = command(*line)
    ran = command(*line, "--output", "out.txt")
    assert (ran.code, ran.err) == (there.code, there.err)
    assert Path("out.txt").read_text(encoding="utf-8") == there.out
    assert ran.out.startswith("wrote out.txt\n")
    assert command(*line, "-o", "-").out == there.out
    assert entries(tmp_path) == ["data", "out.txt"]


def test_what_a_terminal_would_colour_is_plain_in_a_file(register, tmp_path, monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    file = tmp_path / "out.txt"
    assert "\x1b[" in command("check", register, screen=True).out
    command("check", register, "-o", file, screen=True)
    assert "\x1b" not in file.read_text(encoding="utf-8")


@given(st.text())
def test_every_text_is_written_as_it_is(tmp_path_factory, text):
    file = tmp_path_factory.mktemp("out") / "file"
    for _ in range(2):
        write(file, text)
        assert file.read_bytes() == text.encode("utf-8", "backslashreplace")
    assert entries(file.parent) == ["file"]


def test_a_file_keeps_its_mode_and_a_new_one_has_that_of_new_files(tmp_path):
    old, new, plain = tmp_path / "old", tmp_path / "new", tmp_path / "plain"
    old.write_text("x", encoding="utf-8")
    plain.write_text("x", encoding="utf-8")
    old.chmod(0o640)
    write(old, "y")
    write(new, "y")
    assert stat.S_IMODE(old.stat().st_mode) == 0o640
    assert stat.S_IMODE(new.stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)


def test_a_link_stays_one_and_its_file_is_written(tmp_path):
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("x", encoding="utf-8")
    link.symlink_to(target)
    write(link, "y")
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "y"


def test_a_write_that_fails_leaves_what_was_there(tmp_path, monkeypatch):
    file = tmp_path / "file"
    file.write_text("before", encoding="utf-8")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space left") as met:
        write(file, "after")
    assert met.value.filename == str(file)
    assert file.read_text(encoding="utf-8") == "before"

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write(file, "after")
    assert entries(tmp_path) == ["file"]


def test_many_writers_leave_one_whole_file(tmp_path):
    file = tmp_path / "file"
    texts = [str(number) * 100_000 for number in range(8)]
    writers = [threading.Thread(target=write, args=(file, text)) for text in texts]
    for each in writers:
        each.start()
    for each in writers:
        each.join()
    assert file.read_text(encoding="utf-8") in texts
    assert entries(tmp_path) == ["file"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nowhere/out", "No such file or directory"),
        (".", "Is a directory"),
        ("data/figures.csv/x", "Not a directory"),
    ],
)
def test_what_cannot_be_written_is_one_line(register, tmp_path, monkeypatch, name, said):
    monkeypatch.chdir(tmp_path)
    ran = command("check", register, "--output", name)
    assert (ran.code, ran.out, ran.err) == (2, "", f"figurecheck: {name}: {said}\n")
    assert entries(tmp_path) == ["data"]


@needs_modes
def test_a_folder_or_file_that_is_read_only_is_one_line(register, tmp_path):
    place = tmp_path / "locked"
    place.mkdir()
    (place / "file").write_text("x", encoding="utf-8")
    place.chmod(0o555)
    ran = command("check", register, "--output", place / "new")
    assert (ran.code, ran.err) == (2, f"figurecheck: {place / 'new'}: Permission denied\n")
    place.chmod(0o755)


def test_a_file_that_may_not_be_written_is_not_replaced(tmp_path, monkeypatch):
    file = tmp_path / "file"
    file.write_text("x", encoding="utf-8")
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(PermissionError) as met:
        write(file, "y")
    assert met.value.filename == str(file)
    assert file.read_text(encoding="utf-8") == "x"


@needs_dev_full
@pytest.mark.parametrize(
    "line", [["check"], ["--version"], ["show"], ["check", "--output", "/dev/full"]]
)
def test_a_full_disk_is_one_line(register, line):
    with Path("/dev/full").open("wb") as full:
        run = subprocess.run(
            [sys.executable, "-m", "figurecheck", *line],
            check=False,
            cwd=register,
            env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
            stdout=full,
            stderr=subprocess.PIPE,
        )
    assert run.returncode == 2
    assert run.stderr.count(b"\n") == 1
    assert run.stderr.endswith(b": No space left on device\n")


@needs_dev_full
def test_where_nothing_can_be_said_the_exit_code_says_it():
    with Path("/dev/full").open("wb") as full:
        run = subprocess.run(
            [sys.executable, "-m", "figurecheck", "check", "nowhere"],
            check=False,
            env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
            stderr=full,
        )
    assert run.returncode == 2


def test_a_pipe_gets_what_is_written_to_it(register, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_text(encoding="utf-8")))
    reader.start()
    write(pipe, "through")
    reader.join()
    assert got == ["through"]
    run = process("check", "--output", "/dev/stdout", cwd=register)
    assert run.returncode == 0
    assert run.stdout.startswith(b"register: ")


def test_an_interrupted_run_ends_in_one_line(register, monkeypatch, capsys):
    def interrupted(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(check_command, "run", interrupted)
    assert main(["check", str(register)]) == INTERRUPTED == 130
    assert capsys.readouterr().err == "figurecheck: interrupted\n"


@pytest.mark.parametrize("name", ["stdout", "stderr"])
def test_a_stream_that_was_closed_from_the_start_is_one_that_nobody_reads(
    register, monkeypatch, name
):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        monkeypatch.setattr(sys, name, None)
        assert main(["check", str(register)]) == 0
        assert main(["check", "nowhere"]) == 2
        getattr(sys, name).close()
    assert bool(out.getvalue()) == (name == "stderr")
    assert bool(err.getvalue()) == (name == "stdout")


def test_a_folder_that_is_gone_is_said_to_be(tmp_path, monkeypatch):
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    ran = command("check")
    assert (ran.code, ran.out, ran.err) == (2, "", "figurecheck: the current folder is gone\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_device_that_is_full_is_named():
    with pytest.raises(OSError, match="No space left") as met:
        write("/dev/full", [b"x"])
    assert met.value.filename == "/dev/full"

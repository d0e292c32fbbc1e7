"""Registers in git: what a revision has is what it was when it was committed."""

from __future__ import annotations

import hashlib
import json
import pickle
import subprocess

import pytest
from command import DAY, GOLDEN, command, folder, golden
from history import commit, git, with_git
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_comparison import written

from figurecheck import register, revision
from figurecheck.figures import cell
from figurecheck.register import COLUMNS
from figurecheck.revision import RevisionError
from figurecheck.strategies import registers

pytestmark = with_git

HEAD = "id,reported,unit,concept,place,period,source,waive,note\n"
OLD = f"""{HEAD}\
labour,27.6 million,person,labour,M49:001,2021,ilo_2022,,
share,71 %,percent,,,,news,,a note
women,11.8 million,person,labour/women,M49:001,2021,ilo_2022,,
girls,12 million,person,labour/women/girls,M49:001,2021,ilo_2022,,
gone,5,person,,,,news,,
same,6,person,,,,news,,under an old name
odd,a surge,person,,,,news,,
"""
NEW = f"""{HEAD}\
labour,28.1 million,person,labour,M49:001,2021,ilo_2024,,
share,about 71 per cent,percent,,,,news,,"a longer
note"
women,31.8 million,person,labour/women,M49:001,2021,ilo_2022,FC302 with labour: a misprint,
girls,42 million,person,labour/women/girls,M49:001,2021,ilo_2022,,
renamed,6,person,,,,news,,under an old name
odd,a rise,person,,,,news,,
come,29 million,person,labour,M49:001,2021,ilo_2022,,
"""
SOURCES = """[
  {"id": "ilo_2022", "publisher": "ILO", "issued": {"date-parts": [[2022, 9]]}},
  {"id": "news", "title": "The News"}
]"""
LATER = SOURCES.replace(
    "[\n", '[{"id": "ilo_2024", "publisher": "ILO", "issued": {"date-parts": [[2024]]}},\n', 1
)
RELATIONS = "id,statement\nmost,women > labour\nfits,gone < same\n"
AFTER = "id,statement\nmost,women < labour\n"


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Stand in a repository whose register was changed since it was tagged v1."""
    folder(tmp_path / "data", OLD, RELATIONS, SOURCES)
    commit(tmp_path)
    git(tmp_path, "tag", "v1.0")
    folder(tmp_path / "data", NEW, AFTER, LATER)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refused(*arguments):
    """Give the one line in which a call is refused."""
    ran = command("diff", *arguments)
    assert (ran.code, ran.out) == (2, "")
    [line] = ran.err.splitlines()
    return line.removeprefix("figurecheck: ")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=8)
@given(registers(max_relations=2), st.data())
def test_a_revision_has_the_register_that_was_committed(tmp_path_factory, one, data):
    place = tmp_path_factory.mktemp("repository")
    rows = [{name: cell(each, name) for name in COLUMNS} for each in one.values()]
    notes = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=9)
    rows[0]["note"] = data.draw(notes).strip()
    folder(place, written(COLUMNS, rows))
    commit(place)
    stood = register.load(place)
    folder(place, HEAD)
    found = revision.load(revision.revision("HEAD", place), place)
    assert dict(found) == dict(stood)
    assert found.path == stood.path


@pytest.mark.usefixtures("place")
def test_what_changed_since_a_tag():
    text = command("diff", "v1.0", "--today", DAY)
    assert text.code == 1
    assert text.out == golden("diff.txt", text.out)
    found = command("diff", "v1.0", "--today", DAY, "--format", "json")
    assert found.code == 1
    assert found.out == golden("diff.json", found.out)
    coloured = command("diff", "v1.0", "--today", DAY, screen=True)
    assert coloured.out.count("\x1b[31m") > 1


def test_either_side_is_a_folder_a_file_or_a_revision(place):
    commit(place)
    git(place, "branch", "later")
    folder(place / "was", OLD, RELATIONS, SOURCES)
    commits = {each: git(place, "rev-parse", each) for each in ("v1.0", "later")}

    def told(old, *new):
        ran = command("diff", old, *new, "--today", DAY, "--format", "json")
        found = json.loads(ran.out)
        for side, name in zip(("old", "new"), (old, *new, "data"), strict=False):
            about = found.pop(side)
            if name in commits:
                assert (about["revision"], about["commit"]) == (name, commits[name])
            else:
                assert (about["revision"], about["register"]) == (None, f"{name}/figures.csv")
        return json.dumps(found).replace("was/", "data/")

    first = told("v1.0", "later")
    assert "inconsistent" in first
    for arguments in (("v1.0",), ("v1.0", "data"), ("was", "later"), ("was",), ("was", "data")):
        assert told(*arguments) == first
    assert "old: was/figures.csv\n" in command("diff", "was/figures.csv").out


def test_a_folder_comes_before_a_branch_of_its_name(place):
    git(place, "branch", "data")
    assert "old: data/figures.csv\n" in command("diff", "data").out
    assert "old: data/figures.csv at heads/data (" in command("diff", "heads/data").out


def test_a_register_that_is_named_is_the_one_whose_history_is_read(place, tmp_path_factory):
    commit(place)
    elsewhere = folder(tmp_path_factory.mktemp("elsewhere"), OLD)
    commit(elsewhere)
    folder(elsewhere, NEW)
    for arguments in (["HEAD", "--register", elsewhere], ["HEAD", elsewhere]):
        found = json.loads(command("diff", *arguments, "--format", "json").out)
        assert found["old"]["register"] == str(elsewhere / "figures.csv")
        assert found["figures"]["added"] == ["come"]


def test_the_configuration_is_that_of_the_new_side(place):
    settings = '[tool.figurecheck]\nregister = "data"\nselect = ["FC305"]\nfail-on = "note"\n'
    (place / "pyproject.toml").write_text(settings, encoding="utf-8")
    found = json.loads(command("diff", "v1.0", "--format", "json").out)
    codes = {(each["old"] or each["new"])["code"] for each in found["findings"]}
    assert codes <= {"FC305"}
    (place / "pyproject.toml").write_text(settings.replace("data", "gone"), encoding="utf-8")
    assert "no such file" in refused("v1.0")


def test_only_what_is_new_fails_and_options_choose(place):
    assert command("diff", "v1.0", "--select", "FC302").code == 1
    assert command("diff", "v1.0", "--select", "FC301").code == 0
    assert command("diff", "v1.0", "--select", "FC301", "--fail-on", "warning").code == 1
    assert ", 1 waived now, " in command("diff", "v1.0").out
    assert ", 0 waived now, " in command("diff", "v1.0", "--no-waivers").out
    commit(place)
    assert command("diff", "HEAD", "--no-waivers", "--fail-on", "note").code == 0
    assert command("check", "data", "--no-waivers").code == 1


def test_a_difference_is_written_into_a_file(place):
    ran = command("diff", "v1.0", "-o", "diff.txt", "--today", DAY)
    assert ran.code == 1
    assert ran.out.startswith("wrote diff.txt\nold: ")
    assert ran.out.endswith(" still there\n")
    assert (place / "diff.txt").read_text(encoding="utf-8") == (GOLDEN / "diff.txt").read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("v1", "'v1': no such folder or file, and no revision that git knows in "),
        ("v1", "; did you mean 'v1.0'?"),
        ("dta", "; did you mean 'data'?"),
        ("topic", "; did you mean 'origin/topic'?"),
        ("a b;c", "no revision that git knows"),
        ("v1.0..HEAD", "no revision that git knows"),
        ("v1.0:data", "no revision that git knows"),
        ("", "no revision that git knows"),
        ("\udcff", "no revision that git knows"),
    ],
)
def test_what_is_neither_a_folder_nor_a_revision_is_said_in_one_line(name, said, place):
    git(place, "update-ref", "refs/remotes/origin/topic", "HEAD")
    assert said in refused(name)


@pytest.mark.usefixtures("place")
def test_a_name_that_could_be_an_option_is_no_revision():
    assert refused("--", "--upload-pack=x").endswith("no revision: none begins with '-'")


def test_without_a_repository_or_git_one_line_says_so(place, tmp_path_factory, monkeypatch):
    elsewhere = folder(tmp_path_factory.mktemp("elsewhere") / "data", OLD)
    monkeypatch.chdir(elsewhere.parent)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(elsewhere.parents[1]))
    assert refused("main").startswith("'main': no such folder or file, and no revision: git: fatal")
    assert "; did you mean 'data'?: git: " in refused("dataa")
    assert "no such folder" in refused("gone/main")
    monkeypatch.chdir(place)
    monkeypatch.setenv("PATH", "")
    assert (
        refused("v1.0") == "'v1.0': no such folder or file, and no revision: git is not installed"
    )


def test_a_revision_without_the_register_says_what_it_has(place):
    git(place, "mv", "data", "moved")
    commit(place)
    line = refused("v1.0", "--register", "moved")
    assert line.startswith("moved/figures.csv: no figures.csv there in v1.0 (")
    assert line.endswith("); it has data/figures.csv")
    git(place, "rm", "--quiet", "-r", "moved")
    commit(place)
    folder(place / "data", NEW)
    assert refused("HEAD").endswith(")")


def test_a_shallow_clone_says_how_to_get_the_rest(place, tmp_path_factory, monkeypatch):
    commit(place)
    clone = tmp_path_factory.mktemp("shallow") / "clone"
    git(place, "clone", "--quiet", "--depth", "1", place.as_uri(), clone)
    monkeypatch.chdir(clone)
    assert command("diff", "HEAD").code == 0
    assert refused("HEAD~1").endswith(
        "; the clone is shallow, 'git fetch --unshallow' gets the rest"
    )


@pytest.mark.usefixtures("place")
def test_a_hook_of_another_repository_does_not_turn_us_to_it(tmp_path_factory, monkeypatch):
    other = tmp_path_factory.mktemp("other")
    (other / "a").write_text("a", encoding="utf-8")
    commit(other)
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other / ".git" / "index"))
    assert command("diff", "v1.0").code == 1


def test_a_repository_seen_through_a_link_is_the_same(place, tmp_path_factory, monkeypatch):
    link = tmp_path_factory.mktemp("linked") / "link"
    link.symlink_to(place)
    monkeypatch.chdir(link.parent)
    assert "at v1.0 (" in command("diff", "v1.0", "link").out


def test_a_link_to_what_no_revision_has_is_said_to_be_one(place, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "figures.csv"
    (place / "data" / "figures.csv").rename(elsewhere)
    (place / "data" / "figures.csv").symlink_to(elsewhere)
    commit(place)
    assert "figures.csv: a link in HEAD (" in refused("HEAD")


@pytest.mark.parametrize("name", ["figures.csv", "relations.csv", "sources.csl.json"])
def test_a_file_that_a_revision_has_in_another_form_is_said_in_one_line(name, place):
    file = place / "data" / name
    kept = file.read_bytes()
    for data, said in ((b"a\0", "a zero byte"), (b"\xff", "not UTF-8"), (b'"', "data/")):
        file.write_bytes(data)
        commit(place)
        file.write_bytes(kept)
        assert said in refused("HEAD")
    file.unlink()
    file.symlink_to("elsewhere")
    commit(place)
    file.unlink()
    file.write_bytes(kept)
    assert ": a link in HEAD (" in refused("HEAD")


def test_a_register_without_relations_and_sources_can_be_compared(place):
    for name in ("relations.csv", "sources.csl.json"):
        (place / "data" / name).unlink()
    commit(place)
    assert "at HEAD (" in command("diff", "HEAD").out


def texts():
    """Give what becomes of the findings on archived texts from HEAD to now."""
    ran = command("diff", "HEAD", "--format", "json", "--select", "FC210,FC211")
    assert ran.code in {0, 1}, ran.err
    found = json.loads(ran.out)["findings"]
    return [
        (each["state"], side["code"], side["message"])
        for each in found
        for side in (each["new"] or each["old"],)
    ]


def quoting(place, words=b"5 people came", **custom):
    entry = [{"id": "s", "custom": {"text": "s.txt"} | custom}]
    figures = "id,reported,unit,source,quote\na,5,person,s,5 people came\n"
    folder(place / "data", figures, sources=json.dumps(entry))
    (place / "data" / "relations.csv").unlink(missing_ok=True)
    (place / "data" / "s.txt").write_bytes(words)


def test_an_archived_text_is_the_one_of_the_revision(place):
    quoting(place)
    commit(place)
    (place / "data" / "s.txt").write_bytes(b"6 people came")
    [(state, code, message)] = texts()
    assert (state, code) == ("new", "FC210")
    assert "does not stand in" in message


def test_an_archived_text_that_is_kept_out_of_git_is_the_one_on_disk(place):
    (place / ".gitignore").write_text("s.txt\n", encoding="utf-8")
    quoting(place)
    commit(place)
    assert texts() == []
    (place / "data" / "s.txt").unlink()
    assert [each[0] for each in texts()] == ["still", "still"]


def test_a_folder_of_texts_is_that_of_the_revision(place):
    quoting(place, b"6 people came")
    (place / "pyproject.toml").write_text('[tool.figurecheck]\ntexts = "texts"\n', encoding="utf-8")
    (place / "texts").mkdir()
    (place / "texts" / "s.txt").write_bytes(b"5 people came")
    commit(place)
    (place / "texts" / "s.txt").unlink()
    assert [each[:2] for each in texts()] == [("new", "FC210")]


def test_a_text_that_cannot_be_used_is_a_finding_on_its_side(place, monkeypatch):
    monkeypatch.setattr(register, "LONGEST_TEXT", 2000)
    quoting(place, b"x" * 3000)
    commit(place)
    (place / "data" / "s.txt").write_bytes(b"5 people came")
    assert [each[1] for each in texts()] == ["FC210", "FC211"]
    assert "data/s.txt: longer than 2,000 bytes in HEAD (" in texts()[1][2]
    digest = hashlib.sha256(b"5 people came").hexdigest()
    quoting(place, sha256=digest)
    commit(place)
    assert texts() == []


@pytest.mark.parametrize("path", ["/etc/hostname", "../../../x", "a\0b", "a" * 5000, "."])
def test_a_text_that_lies_nowhere_in_the_repository_is_looked_for_on_disk(path, place):
    quoting(place, text=path)
    commit(place)
    assert {each[0] for each in texts()} <= {"still"}


def test_a_register_of_a_revision_can_be_pickled(place):
    quoting(place)
    commit(place)
    at = revision.revision("HEAD", place)
    assert len(pickle.loads(pickle.dumps(revision.load(at, place / "data")))) == 1


def test_nothing_is_fetched_and_nothing_in_the_repository_changes(place):
    before = git(place, "status", "--porcelain"), git(place, "count-objects", "-v")
    command("diff", "v1.0")
    assert before == (git(place, "status", "--porcelain"), git(place, "count-objects", "-v"))


def test_git_is_called_without_a_shell(place, monkeypatch):
    ran = []
    real = subprocess.run

    def run(arguments, **options):
        ran.append(arguments)
        assert not options.get("shell")
        return real(arguments, **options)

    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(RevisionError):
        revision.revision("$(touch hacked); `touch hacked`", place)
    assert all(each[:2] == ["git", "-C"] for each in ran)
    assert not (place / "hacked").exists()

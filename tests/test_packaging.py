"""What is built has the register in it, and an edited register is the one that is found."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FIGURES = Path("data", "figures.csv")
UNWANTED = shutil.ignore_patterns(".*", "__pycache__", "build", "dist", "*.egg-info", "venv")

with_a_builder = pytest.mark.skipif(
    not all(map(find_spec, ("build", "hatchling"))),
    reason="build and hatchling are not installed; they come with the 'test' extra",
)


def built(project: Path, kind: str, folder: Path) -> Path:
    """Build an sdist or a wheel of a project, without any network, and give its file."""
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", f"--{kind}", "--outdir", folder, project],
        check=True,
        capture_output=True,
    )
    [file] = folder.iterdir()
    return file


def unpacked(file: Path, folder: Path) -> Path:
    """Unpack an sdist or a wheel, and give the folder that its files are in."""
    if file.suffix == ".whl":
        with zipfile.ZipFile(file) as wheel:
            wheel.extractall(folder)  # noqa: S202 - built a moment ago
        return folder
    with tarfile.open(file) as sdist:
        sdist.extractall(folder, filter="data")
    [project] = folder.iterdir()
    return project


def checked(package: Path, folder: Path) -> dict[str, object]:
    """Check the register that ships with a package, from a folder that has none."""
    folder.mkdir(exist_ok=True)
    # What runs here is a copy, and no part of the coverage of the code that it was copied from.
    unmeasured = {name: text for name, text in os.environ.items() if "COVERAGE" not in name}
    run = subprocess.run(
        [sys.executable, "-m", "figurecheck", "check", "--format", "json"],
        check=True,
        cwd=folder,
        env=unmeasured | {"PYTHONPATH": str(package)},
        capture_output=True,
        encoding="utf-8",
    )
    return json.loads(run.stdout)


def figures(report: dict[str, object]) -> int:
    return report["tally"]["figures"]


@pytest.fixture(scope="module")
def distributions(tmp_path_factory):
    """The sdist, the wheel of the checkout, and the wheel of the sdist, each unpacked."""
    room = tmp_path_factory.mktemp("built")
    names = ("sdist", "wheel", "from_sdist")
    files = {name: room / name for name in names}
    open_ = {name: room / f"{name}_unpacked" for name in names}
    sdist = unpacked(built(ROOT, "sdist", files["sdist"]), open_["sdist"])
    wheel = unpacked(built(ROOT, "wheel", files["wheel"]), open_["wheel"])
    second = unpacked(built(sdist, "wheel", files["from_sdist"]), open_["from_sdist"])
    return {"sdist": sdist, "wheel": wheel, "wheel of the sdist": second}


@with_a_builder
@pytest.mark.parametrize("name", ["wheel", "wheel of the sdist"])
def test_a_wheel_has_the_shipped_register(distributions, name, tmp_path):
    package = distributions[name]
    report = checked(package, tmp_path)
    assert Path(report["register"]) == package / "figurecheck" / FIGURES
    assert figures(report) == figures(checked(ROOT / "src", tmp_path)) > 0
    shipped = {path.name for path in (package / "figurecheck" / "data").iterdir()}
    assert shipped == {path.name for path in (ROOT / "data").iterdir()} >= {"datapackage.json"}


@with_a_builder
@pytest.mark.parametrize("name", ["wheel", "wheel of the sdist"])
def test_a_wheel_says_that_it_is_typed_and_under_which_licence(distributions, name):
    package = distributions[name]
    [metadata] = package.glob("figurecheck-*.dist-info")
    licence = (metadata / "licenses" / "LICENSE").read_text(encoding="utf-8")
    said = (metadata / "METADATA").read_text(encoding="utf-8").splitlines()
    assert (package / "figurecheck" / "py.typed").exists()
    assert licence == (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert {"License-Expression: MIT", "License-File: LICENSE"} <= set(said)


@with_a_builder
@pytest.mark.parametrize("name", ["wheel", "wheel of the sdist"])
def test_a_wheel_has_the_schema_of_its_json(distributions, name):
    schema = Path("figurecheck", "reporters", "schema.json")
    assert (distributions[name] / schema).read_bytes() == (ROOT / "src" / schema).read_bytes()


@with_a_builder
@pytest.mark.parametrize("name", ["wheel", "wheel of the sdist"])
def test_a_wheel_has_what_the_page_of_the_appendix_is_made_of(distributions, name):
    web = Path("figurecheck", "appendix", "web")
    shipped = {path.name for path in (distributions[name] / web).iterdir()}
    assert shipped == {path.name for path in (ROOT / "src" / web).iterdir()} >= {"page.html"}


@with_a_builder
def test_an_sdist_has_what_the_tests_need(distributions):
    names = {path.name for path in distributions["sdist"].iterdir()}
    wanted = {"src", "data", "tests", "docs", "benchmarks", "README.md", "LICENSE"}
    runs = {".pre-commit-hooks.yaml", "action.yml", "templates"}
    assert wanted | runs <= names


def test_an_edited_csv_is_seen_from_the_checkout_it_is_edited_in(tmp_path):
    checkout = tmp_path / "checkout"
    shutil.copytree(ROOT, checkout, ignore=UNWANTED)
    before = figures(checked(checkout / "src", tmp_path / "elsewhere"))
    header, *_ = (checkout / FIGURES).read_text(encoding="utf-8").splitlines()
    cells = {"id": "one_more", "unit": "person"}
    row = ",".join(cells.get(column, "") for column in header.split(","))
    with (checkout / FIGURES).open("a", encoding="utf-8") as file:
        file.write(f"{row}\n")
    report = checked(checkout / "src", tmp_path / "elsewhere")
    assert Path(report["register"]) == checkout / FIGURES
    assert figures(report) == before + 1

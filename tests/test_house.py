"""The house: imports only go down, and start-up loads only what is needed."""

from __future__ import annotations

import ast
import importlib
import re
from graphlib import TopologicalSorter

import pytest
from command import ROOT, folder, process

import figurecheck

PACKAGE = ROOT / "src" / "figurecheck"

FLOORS = """
    __main__
    cli strategies pytest_plugin
    reporters appendix
    project
    lint analysis cases comparison
    confront
    rules
    revision
    register backing configuration
    nearest
    contradiction
    stating kinship slip reserve
    topic
    context derivation diagnosis quotation repetition edition solve
    document
    network conflict
    world
    waiver joint literal
    propagation
    system
    relation
    figures
    operand
    formula
    laws
    reading
    grammar wording
    numeral tokens vocabulary
    words
    display dates
    interval units period place passage encoding markup column obeyed rule finding
"""
"""From the roof down; what stands on one floor knows nothing of each other."""

FLOOR = {name: floor for floor, line in enumerate(FLOORS.split("\n")) for name in line.split()}
MODULES = {
    ".".join(file.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__"): file
    for file in PACKAGE.rglob("*.py")
}
INSIDE = {name for name in MODULES if name != "__init__"}
EVERY = {
    *("figurecheck" if name == "__init__" else f"figurecheck.{name}" for name in MODULES),
}

each_module = pytest.mark.parametrize("name", sorted(MODULES))


def imports(name: str) -> set[str]:
    """Give the modules of the package that a module names, wherever in it the import stands."""
    found = set()
    for node in ast.walk(ast.parse(MODULES[name].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {each if each in EVERY else str(node.module) for each in names}
    return {each.removeprefix("figurecheck.") for each in found & EVERY - {"figurecheck"}}


def loaded(*lines: str) -> set[str]:
    """Run lines in a fresh process and give the modules that it has then loaded."""
    last = "import sys; sys.stdout.write('\\n' + ' '.join(sys.modules))"
    run = process("\n".join([*lines, last]), entry=("-c",))
    assert run.returncode == 0, run.stderr
    return set(run.stdout.decode().splitlines()[-1].split())


def test_every_module_has_its_floor_and_every_floor_its_modules():
    assert {name.partition(".")[0] for name in INSIDE} == set(FLOOR)


@each_module
def test_imports_only_go_down(name):
    if name == "__init__":
        return
    own = name.partition(".")[0]
    for other in imports(name):
        theirs = other.partition(".")[0]
        assert theirs == own or FLOOR[theirs] > FLOOR[own], f"{name} imports {other}"


def test_no_import_goes_in_a_circle():
    order = TopologicalSorter({name: imports(name) - {name} for name in INSIDE}).static_order()
    assert set(order) == INSIDE


def test_reporters_and_appendix_know_no_rules():
    for name in INSIDE:
        if name.startswith(("reporters", "appendix")):
            assert not {each for each in imports(name) if each.startswith("rules")}


def test_only_the_command_line_prints():
    for name in INSIDE - {each for each in INSIDE if each.startswith("cli")}:
        tree = ast.walk(ast.parse(MODULES[name].read_text(encoding="utf-8")))
        calls = {
            node.func.id
            for node in tree
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert not calls & {"print", "input", "open"}


@each_module
def test_the_first_line_says_what_is_in_the_module(name):
    first = MODULES[name].read_text(encoding="utf-8").splitlines()[0]
    assert re.fullmatch(r'"""\S.*("""|[a-z,;:.])', first)
    assert len(first) > len('"""""" ')


def test_no_module_is_named_for_what_it_is_not():
    unwanted = {"util", "utils", "helper", "helpers", "common", "base", "core", "misc", "manager"}
    assert not {part for name in INSIDE for part in name.split(".")} & unwanted


def test_no_module_bears_the_name_of_a_public_function():
    assert not {name for name in INSIDE if "." not in name} & set(figurecheck.__all__)


def test_every_public_name_resolves_twice_after_all_modules_are_loaded():
    for name in sorted(INSIDE):
        importlib.import_module(f"figurecheck.{name}")
    assert isinstance(figurecheck.__version__, str)
    for name in set(figurecheck.__all__) - {"__version__"}:
        first, second = getattr(figurecheck, name), getattr(figurecheck, name)
        assert first is second
        assert not isinstance(first, type(figurecheck))
        assert first.__name__ == name


def test_public_names_are_listed_sorted_and_documented():
    assert dir(figurecheck) == sorted(figurecheck.__all__)
    for name in set(figurecheck.__all__) - {"__version__"}:
        assert getattr(figurecheck, name).__doc__


def test_a_name_that_is_not_public_is_an_attribute_error():
    with pytest.raises(AttributeError, match="module 'figurecheck' has no attribute 'nonsense'"):
        _ = figurecheck.nonsense


def test_what_type_checkers_see_is_what_is_there():
    tree = ast.parse(MODULES["__init__"].read_text(encoding="utf-8"))
    seen = {
        alias.asname: str(node.module).removeprefix("figurecheck.")
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("figurecheck")
        for alias in node.names
    }
    assert set(seen) == set(figurecheck.__all__) - {"__version__"}
    for name, home in seen.items():
        assert getattr(importlib.import_module(f"figurecheck.{home}"), name) is getattr(
            figurecheck, name
        )


HEAVY = {"jinja2", "pint", "pandas", "numpy"}
RUN = "from figurecheck.cli import main"


def test_importing_figurecheck_loads_nothing_else():
    bare = loaded("import importlib, __future__")
    assert loaded("import figurecheck") - bare == {"figurecheck"}


@pytest.mark.parametrize(
    "line",
    [
        "import figurecheck, figurecheck.reading; figurecheck.read('27.6 million')",
        f"{RUN}\ntry:\n    main(['--help'])\nexcept SystemExit:\n    pass",
        f"{RUN}\ntry:\n    main(['--version'])\nexcept SystemExit:\n    pass",
        f"{RUN}; main(['explain', 'FC302'])",
        f"{RUN}; main(['read', '27.6 million people'])",
        f"{RUN}; main(['judge', 'a == b', 'a=5', 'b=6'])",
    ],
)
def test_what_needs_no_units_loads_no_pint(line):
    assert not loaded(line) & HEAVY


def test_help_loads_no_more_of_figurecheck_than_its_commands():
    names = loaded(f"{RUN}\ntry:\n    main(['--help'])\nexcept SystemExit:\n    pass")
    own = {each for each in names if each.startswith("figurecheck.")}
    assert {each.split(".")[1] for each in own} == {"cli"}
    costly = {"csv", "json.encoder", "dataclasses", "fractions", "decimal", "typing", "ast"}
    assert not (names - loaded("pass")) & costly


def test_a_check_loads_no_pandas(tmp_path):
    figures = "id,reported,unit,source\na,5,person,s\nb,5 km,metre,s\n"
    folder(tmp_path, figures, "id,statement\nr,a == b\n")
    assert not loaded(f"{RUN}; main(['check', {str(tmp_path)!r}])") & {"pandas"}


def test_the_page_for_contributors_shows_the_same_floors():
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    table = [row for row in page.splitlines() if row.startswith("| ") and "`" in row]
    shown = [re.findall(r"`(\w+)/?`", row.split("|")[2]) for row in table]
    floors = [{name for name in row if name in FLOOR} for row in shown]
    listed = [row for row in floors if row]
    assert set().union(*listed) == set(FLOOR) - {"__main__"}
    lowest = -1
    for row in listed:
        assert min(FLOOR[name] for name in row) > lowest
        lowest = max(FLOOR[name] for name in row)

"""The page of the appendix as people use it, in Chromium: seen, printed, filtered, by keys alone.

Chromium comes with `playwright install chromium` or `apt-get install chromium`; another one is
named by FIGURECHECK_CHROMIUM. Without any these tests are skipped, where FIGURECHECK_NEEDS_CHROMIUM
is set they fail.
"""

from __future__ import annotations

import io
import os
import re
import shutil
from pathlib import Path

import pytest
from command import ROOT
from test_appendix_html import SMALL, cells, hostile, made, sheet, whole

from figurecheck.appendix import html
from figurecheck.appendix.content import Row, Table
from figurecheck.configuration import Layout
from figurecheck.register import load

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright: in the 'test' extra")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="in the 'test' extra")

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WIDTHS, SCHEMES = (1300, 800, 390), ("light", "dark")
BLUE = re.compile(rb"\.29\d* \.478\d* \.69\d* rg")
"""The colour of a band, as a PDF sets it."""

LEFT_EMPTY = """() => {
    const seen = (each) => each && each.checkVisibility();
    const target = (a) => document.getElementById((a.getAttribute("href") || "").slice(1));
    return [...document.querySelectorAll("#figures :is(section, table, figure)")].filter(seen)
        .filter((each) => each.matches("figure")
            ? ![...each.querySelectorAll("a")].map(target).some(seen)
            : ![...each.querySelectorAll("tbody tr")].some(seen))
        .map((each) => each.outerHTML.slice(0, 200));
}"""
"""The tables, plots and headings that are shown with nothing left of what they are of."""

each_view = pytest.mark.parametrize(
    ("width", "scheme"), [(width, scheme) for width in WIDTHS for scheme in SCHEMES]
)


def executable(own):
    """Give the browser to use, or none."""
    named = os.environ.get("FIGURECHECK_CHROMIUM")
    found = [named] if named else [*map(shutil.which, NAMES), own]
    return next((each for each in found if each and Path(each).exists()), None)


@pytest.fixture(scope="module")
def browser():
    with sync_api.sync_playwright() as playwright:
        program = executable(playwright.chromium.executable_path)
        if program is None:
            said = "no Chromium: `playwright install chromium`, or `apt-get install chromium`"
            (pytest.fail if os.environ.get("FIGURECHECK_NEEDS_CHROMIUM") else pytest.skip)(said)
        started = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """The pages that are looked at: of the shipped register, a small one and an ill-meant one."""
    room = tmp_path_factory.mktemp("pages")
    rows = tuple(
        Row(
            (cells(f"row {n * 7 % 130}", sort=str(n * 7 % 130)), cells("x " * (n % 9))),
            f"r{n}",
            {"concept": f"c{n % 3}"},
        )
        for n in range(130)
    )
    pages = {
        "long": whole(sheet(Table("A long one", ("Number", "Text"), rows))),
        "shipped": whole(made(load(ROOT / "data"))),
        "small": whole(made(SMALL)),
        "hostile": whole(made(hostile(), Layout(title="<script>alert(1)</script>"))),
    }
    for name, text in pages.items():
        (room / f"{name}.html").write_text(text, encoding="utf-8")
    return room


@pytest.fixture
def visit(browser, files):
    """Give a function that opens a page; it fails where anything is loaded, said or refused."""
    opened, wrong = [], []

    def go(name, *, anchor="", width=1300, **options):
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        opened.append(context)
        seen = context.new_page()
        seen.on("console", lambda said: wrong.append(said.text))
        seen.on("pageerror", lambda error: wrong.append(str(error)))
        seen.on("dialog", lambda dialog: (wrong.append(dialog.message), dialog.dismiss()))
        address = (files / f"{name}.html").as_uri()
        seen.on("request", lambda asked: asked.url.startswith(address) or wrong.append(asked.url))
        seen.goto(f"{address}{anchor}")
        return seen

    go.wrong = wrong
    yield go
    for context in opened:
        context.close()
    assert not wrong


def shown(seen):
    """Give the ids of the rows that are not hidden."""
    return seen.eval_on_selector_all(
        ".rows > tbody > tr", "rows => rows.filter(r => r.checkVisibility()).map(r => r.id)"
    )


def told(seen):
    seen.evaluate("() => new Promise(done => setTimeout(() => requestAnimationFrame(done)))")
    return seen.locator(".search output").inner_text()


def column(seen, table, place):
    """Give the id of each row of a table, and by what a column of it is sorted."""
    return seen.locator(table).evaluate(
        "(table, place) => [...table.querySelectorAll('tbody tr')].map(row => [row.id,"
        " row.children[place].dataset.sort ?? row.children[place].textContent.trim()])",
        place,
    )


def tab_to(seen, what):
    """Press Tab until the focus is on what is meant, which has to show it."""
    for _ in range(300):
        seen.keyboard.press("Tab")
        if seen.evaluate("what => document.activeElement.matches(what)", what):
            assert seen.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
            return
    pytest.fail(f"no Tab leads to {what}")


@pytest.mark.parametrize("name", ["shipped", "hostile"])
@each_view
def test_no_page_is_wider_than_its_window(visit, name, width, scheme):
    seen = visit(name, width=width, color_scheme=scheme)
    wide, window = seen.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide <= window == width
    background, ink = seen.evaluate(
        "['backgroundColor', 'color'].map(each =>"
        " getComputedStyle(document.querySelector('.figures-page'))[each])"
    )
    assert seen.evaluate("getComputedStyle(document.documentElement).backgroundColor") == background
    light = [sum(map(int, re.findall(r"\d+", each)[:3])) for each in (background, ink)]
    assert (light[0] > light[1]) == (scheme == "light")


@each_view
def test_axe_finds_nothing_serious(visit, width, scheme):
    seen = visit("shipped", width=width, color_scheme=scheme)
    # What is out of sight is not laid out, and a contrast is measured only where it is.
    seen.evaluate(
        "() => { for (const each of document.querySelectorAll('.long tbody, li, figure'))"
        " each.style.contentVisibility = 'visible'; }"
    )
    # In the dark nothing else than the colours is another; to run all again takes long.
    only = {"runOnly": ["color-contrast"]} if scheme == "dark" else None
    found = axe.Axe().run(seen, options=only).response["violations"]
    serious = [each for each in found if each["impact"] in {"serious", "critical"}]
    assert not [(each["id"], each["nodes"][0]["html"]) for each in serious]


def test_axe_finds_nothing_serious_where_cells_are_hostile_or_rows_few(visit):
    for name in ("hostile", "small"):
        found = axe.Axe().run(visit(name, width=390)).response["violations"]
        assert not [each["id"] for each in found if each["impact"] in {"serious", "critical"}]


def test_axe_finds_what_is_serious(visit):
    seen = visit("small", color_scheme="dark")
    seen.evaluate("document.querySelector('h2').style.color = '#333'")
    found = axe.Axe().run(seen, options={"runOnly": ["color-contrast"]}).response["violations"]
    assert [(each["id"], each["impact"]) for each in found] == [("color-contrast", "serious")]
    seen.locator("output").evaluate(
        "each => each.closest('form').querySelector('input').id = 'one'"
    )
    seen.evaluate("document.querySelector('label').replaceWith(document.querySelector('input'))")
    found = axe.Axe().run(seen).response["violations"]
    assert [each["id"] for each in found if each["impact"] == "critical"] == ["label"]


def test_a_narrow_page_keeps_its_tables_for_those_who_do_not_see_it(visit):
    seen = visit("small", width=390)
    table = seen.get_by_role("table", name="Figures: labour")
    assert table.get_by_role("row").count() == 3
    assert table.get_by_role("columnheader").count() == 6
    row = table.get_by_role("row").nth(1)
    assert row.get_by_role("rowheader").count() == 1
    assert row.get_by_role("cell").count() == 5
    first, second = (row.get_by_role("cell").nth(each).bounding_box() for each in (0, 4))
    assert second["y"] > first["y"] + first["height"] / 2


def test_what_is_printed_has_the_words_and_the_bands(visit):
    pypdf = pytest.importorskip("pypdf")
    seen = visit("shipped")
    with_bands = pypdf.PdfReader(io.BytesIO(seen.pdf(format="A4")))
    words = " ".join(" ".join(each.extract_text() for each in with_bands.pages).split())
    for each in ("forced_labour_women_girls_2021", "approximately 71 per cent", "Waived, with"):
        assert each in words
    assert "Show all" not in words
    pictures = seen.evaluate(
        "[...document.querySelectorAll('svg')]"
        ".filter(each => each.querySelector('[fill=\"#4a7ab0\"]')).length"
    )
    assert blue(with_bands) >= pictures > 0
    seen.evaluate("document.querySelectorAll('svg').forEach(each => each.remove())")
    assert blue(pypdf.PdfReader(io.BytesIO(seen.pdf(format="A4")))) == 0


def blue(document):
    """Count how often the pages of a PDF take the colour of a band."""
    return sum(len(BLUE.findall(each.get_contents().get_data())) for each in document.pages)


TABLE = "[id='concept-modern_slavery.2f.forced_labour'] > table"


def test_by_keys_alone_a_table_is_sorted_and_sorted_back(visit):
    seen = visit("shipped")
    before = [float(key) for _, key in column(seen, TABLE, 2)]
    tab_to(seen, f"{TABLE} th:nth-child(3) button")
    for key, way, wanted in (
        ("Enter", "ascending", sorted(before)),
        ("Space", "descending", sorted(before, reverse=True)),
    ):
        seen.keyboard.press(key)
        assert seen.locator(f"{TABLE} [aria-sort]").count() == 1
        assert seen.locator(f"{TABLE} th:nth-child(3)").get_attribute("aria-sort") == way
        assert [float(each) for _, each in column(seen, TABLE, 2)] == wanted != before


def test_rows_that_are_alike_stay_in_the_order_of_the_last_sort(visit):
    seen = visit("shipped")
    buttons = seen.locator(f"{TABLE} thead button")
    buttons.nth(2).click()
    by_number = [name for name, _ in column(seen, TABLE, 2)]
    buttons.nth(5).click()
    by_verdict = column(seen, TABLE, 5)
    assert len({verdict for _, verdict in by_verdict}) > 1
    assert by_verdict == sorted(by_verdict, key=lambda each: (each[1], by_number.index(each[0])))


def test_a_table_in_several_bodies_is_sorted_filtered_and_found_as_one(visit):
    seen = visit("long", anchor="#r125")
    assert in_sight(seen, seen.locator("#r125"))
    seen.locator("thead button").first.click()
    assert [key for _, key in column(seen, "table", 0)] == [str(each) for each in range(130)]
    bodies = "[...document.querySelectorAll('tbody')].map(each => each.rows.length)"
    assert seen.evaluate(bodies) == [50, 50, 30]
    seen.locator("[name=concept]").select_option("c1")
    assert told(seen).startswith("43 of 130 rows")
    assert seen.evaluate("document.querySelector('tbody').style.getPropertyValue('--rows')") == "17"
    seen.get_by_role("button", name="Show all").click()
    seen.locator("[name=text]").fill("row 129")
    assert told(seen).startswith("1 of 130")
    hidden = "[...document.querySelectorAll('tbody')].map(each => each.hidden)"
    assert seen.evaluate(hidden) == [True, True, False]
    seen.evaluate("location.hash = '#r3'")
    seen.locator("#r3").wait_for(state="visible")
    assert in_sight(seen, seen.locator("#r3"))


def test_by_keys_alone_rows_are_searched_counted_and_shown_again(visit):
    seen = visit("small")
    everything = shown(seen)
    tab_to(seen, "[name=text]")
    seen.keyboard.type("Women LABOUR")
    counted = told(seen)
    left = len(shown(seen))
    assert counted == f"{left} of {len(everything)} rows; findings and sources are not filtered"
    assert "figure-women" in shown(seen)
    assert "figure-third" not in shown(seen)
    seen.keyboard.press("Escape")
    assert told(seen) == f"{len(everything)} rows"
    assert shown(seen) == everything
    assert seen.locator(".search output").get_attribute("aria-live") == "polite"


def test_a_choice_leaves_only_its_rows_and_no_heading_above_nothing(visit):
    seen = visit("shipped")
    seen.locator("[name=source]").select_option("ilo_2012")
    told(seen)
    rows = shown(seen)
    assert rows
    assert set(rows) == set(
        seen.eval_on_selector_all("tr[data-source~=ilo_2012]", "rows => rows.map(r => r.id)")
    )
    assert seen.evaluate(LEFT_EMPTY) == []
    assert seen.locator("#findings").is_visible()
    assert seen.locator("#sources").is_visible()
    seen.get_by_role("button", name="Show all").click()
    assert "of" not in told(seen)


def test_a_concept_shows_all_that_is_part_of_it(visit):
    seen = visit("small")
    seen.locator("[name=concept]").select_option("labour")
    told(seen)
    rows = shown(seen)
    assert {"figure-all", "figure-women", "figure-share"} <= set(rows)
    assert "figure-third" not in rows


def test_an_anchor_shows_its_row_whatever_is_filtered(visit):
    seen = visit("shipped", anchor="#figure-news_female_share")
    row = seen.locator("#figure-news_female_share")
    assert seen.evaluate("scrollY") > 0
    assert in_sight(seen, row)
    seen.locator("[name=text]").fill("nothing has these words")
    assert told(seen).startswith("0 of")
    assert not row.is_visible()
    seen.evaluate("location.hash = '#figure-italy_arrivals_2023'")
    other = seen.locator("#figure-italy_arrivals_2023")
    other.wait_for(state="visible")
    assert seen.locator("[name=text]").input_value() == ""
    assert in_sight(seen, other)
    seen.evaluate("location.hash = '#100%'")


def in_sight(seen, row):
    """Say whether a row is in the window, and not below what stays at its top."""
    seen.wait_for_timeout(100)
    box, bar = row.bounding_box(), seen.locator(".search").bounding_box()
    return box["y"] >= max(bar["y"] + bar["height"] - 1, 0) and box["y"] < 900


def test_without_scripts_all_can_be_read_and_nothing_pretends_to_work(visit):
    seen = visit("shipped", java_script_enabled=False, anchor="#figure-news_female_share")
    assert not seen.locator(".search").is_visible()
    assert seen.locator("thead button").count() == 0
    for each in ("#figure-news_female_share", "#findings", "#sources", "#relations"):
        assert seen.locator(each).is_visible()
    assert 0 <= seen.locator("#figure-news_female_share").bounding_box()["y"] < 900


def test_nothing_hostile_runs_and_nothing_planted_would(visit):
    seen = visit("hostile")
    assert seen.title() == "<script>alert(1)</script>"
    seen.locator("[name=text]").fill("<img src=x onerror=alert(1)>")
    assert not told(seen).startswith("0 of")
    for button in seen.locator("thead button").all():
        button.click()
    assert visit.wrong == []
    seen.evaluate(
        "() => { const script = document.createElement('script');"
        " script.textContent = 'window.planted = 1; alert(1)';"
        " document.body.append(script);"
        " document.body.insertAdjacentHTML('beforeend',"
        "  '<style>body { margin: 77px }</style><img src=x onerror=\"window.planted = 2\">'); }"
    )
    seen.wait_for_timeout(100)
    assert seen.evaluate("window.planted") is None
    assert seen.evaluate("getComputedStyle(document.body).marginLeft") != "77px"
    assert len([each for each in visit.wrong if "Content Security Policy" in each]) >= 3
    visit.wrong.clear()


def test_in_a_page_of_ones_own_nothing_else_is_touched(browser):
    own = (
        "<!doctype html><html lang=en><title>Own</title><body><h1>Own</h1><form class=search>"
        "<input name=text></form><table class=rows><thead><tr><th>a<th>b</thead>"
        "<tbody><tr><td>1<tr><td>2</table><section hidden id=s>x</section>"
    )
    measure = (
        "() => [...document.querySelectorAll('body, body > :is(h1, form, table), body > table *')]"
        ".map(each => JSON.stringify([each.getBoundingClientRect(), getComputedStyle(each).color,"
        " getComputedStyle(each).font, each.children.length]))"
    )
    seen = browser.new_page()
    seen.set_content(f"{own}</html>")
    before = seen.evaluate(measure)[1:]
    seen.set_content(f"{own}{html.part(made(SMALL))}</html>")
    assert seen.evaluate(measure)[1:] == before
    assert seen.locator(".figures-page output").inner_text().endswith("rows")
    seen.close()

"""Sources as a bibliography: each style does what it does, and no entry breaks one."""

from __future__ import annotations

import contextlib
import io
import json

import pytest
from command import ROOT
from hypothesis import example, given, settings
from hypothesis import strategies as st

from figurecheck.appendix import bibliography
from figurecheck.appendix.bibliography import STYLE, UnknownStyle, references, styles
from figurecheck.figures import Source

ILO = {
    "id": "ilo",
    "type": "report",
    "title": "Global Estimates",
    "author": [{"literal": "ILO"}, {"family": "Free", "given": "Walk", "suffix": "Jr."}],
    "publisher": "ILO Press",
    "issued": {"date-parts": [[2022, 9]]},
    "URL": "https://example.org/a_(b)?c=1",
    "custom": {"names": ["ILO"], "precision": "3 sf"},
}
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=4,
)
PEOPLE = st.dictionaries(
    st.sampled_from(["family", "given", "literal", "suffix", "non-dropping-particle", "isni"]),
    st.text(max_size=9) | st.integers(),
)
DATES = st.builds(
    lambda parts, more: {"date-parts": parts} | more,
    st.lists(st.lists(st.integers(0, 9999) | st.just("7"), max_size=4), max_size=3),
    st.dictionaries(st.sampled_from(["literal", "raw", "season", "circa"]), st.text(max_size=9)),
)
ENTRIES = st.dictionaries(
    st.sampled_from(
        "type title URL DOI publisher page volume edition number-of-pages version language ISBN "
        "container-title shortTitle accessed editor note custom2 event-date locator".split()
    ),
    ANYTHING | st.text() | DATES | st.lists(PEOPLE, max_size=2),
).flatmap(
    lambda entry: st.builds(
        lambda people, issued: entry | {"author": people, "issued": issued},
        st.lists(PEOPLE, max_size=3),
        DATES,
    )
)


def entry(style="", **members):
    """Give the line of one source in a style."""
    source = Source("s", {"id": "s"} | members)
    return references([source], style)["s"]


def written(line):
    return "".join(each.text for each in line)


def test_an_entry_is_what_its_style_says():
    line = entry("apa", **ILO)
    assert written(line) == (
        "ILO, & Free, W., Jr. (2022). Global Estimates. ILO Press. https://example.org/a_(b)?c=1"
    )
    assert [each.link for each in line] == ["", ILO["URL"]]
    assert references([Source("s", ILO)]) == {"s": entry(STYLE, **ILO)}


def test_the_address_is_a_link_or_the_title_where_a_style_prints_none():
    news = ILO | {"type": "article-newspaper"}
    linked = [each for each in entry("nature", **news) if each.link]
    assert [(each.text, each.link) for each in linked] == [("Global Estimates", ILO["URL"])]
    paper = {"type": "article-journal", "title": "On it", "DOI": "10.1000/x"}
    assert [each.link for each in entry("apa", **paper)] == ["", "https://doi.org/10.1000/x"]
    assert not any(each.link for each in entry(**ILO | {"URL": "javascript:alert(1)"}))


def test_entries_have_no_numbers_which_a_page_would_not_use():
    assert written(entry("ieee", **ILO)).startswith("ILO and W. Free")
    assert written(entry("vancouver-nlm", **ILO)).startswith("ILO")


def test_marks_inside_a_title_are_left_out_and_other_signs_stay():
    assert "CO2 <b & c> <script>" in written(entry(title="CO<sub>2</sub> <b & c>\n <script>"))


def test_a_name_of_no_style_is_refused_with_the_nearest():
    with pytest.raises(UnknownStyle, match=r"^no style 'APA'; did you mean 'apa'\?$"):
        references([], "APA")
    with pytest.raises(UnknownStyle, match=r"^no style '../styles/apa'$"):
        references([], "../styles/apa")
    with pytest.raises(UnknownStyle, match=r"^style 'history-and-theory' has no bibliography$"):
        references([], "history-and-theory")


def test_the_styles_are_listed_and_one_that_follows_another_is_known():
    assert sorted(styles()) == styles()
    assert {STYLE, "ieee", "chicago-author-date", "nature-digest"} <= set(styles())
    assert entry("nature-digest", **ILO) == entry("nature", **ILO)


def test_without_the_extra_it_is_the_plain_citation(monkeypatch):
    monkeypatch.setattr(bibliography, "available", lambda: False)
    assert written(entry(**ILO)) == f"{Source('s', ILO).citation}, {ILO['URL']}"
    assert entry(**ILO)[-1].link == ILO["URL"]
    assert styles() == []
    with pytest.raises(UnknownStyle, match=r"^style 'apa': styles need the extra 'bibliography'$"):
        references([], "apa")


def test_a_style_that_fails_over_an_entry_gives_way_to_the_plain_citation():
    source = Source("s", {"title": "A", "number-of-pages": "many", "type": "book"})
    made = bibliography._style(STYLE)
    made.root.bibliography.layout.clear()
    assert bibliography._formatted(source, made) == ""
    assert written(entry("institut-national-de-sante-publique-du-quebec-topo", **ILO)) == (
        f"{Source('s', ILO).citation}, {ILO['URL']}"
    )


@pytest.mark.parametrize("style", ["apa", "harvard-cite-them-right", "ieee"])
@settings(max_examples=50)
@given(st.lists(ENTRIES, max_size=2))
@example([{"title": "a" * 100_000}])
@example([{"author": [{"family": "x", "given": ""}], "issued": {"date-parts": [[2020, 13, 40]]}}])
@example([{"issued": {"literal": "spring"}}])
@example([{"issued": {"date-parts": [[2019], [2020, 5]]}, "language": "en"}])
@example([{"author": [], "editor": "nobody", "accessed": [1], "issued": {}}])
def test_no_entry_breaks_a_style(style, entries):
    sources = [Source(f"s{place}", each) for place, each in enumerate(entries)]
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        made = references(sources, style)
    assert said.getvalue() == ""
    assert list(made) == [each.key for each in sources]
    assert made == references(sources, style)
    for source in sources:
        assert written(made[source.key]).strip()


def test_every_source_that_is_shipped_has_an_entry_with_its_address():
    found = json.loads((ROOT / "data" / "sources.csl.json").read_text(encoding="utf-8"))
    made = references(Source(each["id"], each) for each in found)
    assert len(made) == len(found)
    for each in found:
        assert each["title"].casefold() in written(made[each["id"]]).casefold()
        assert [span.link for span in made[each["id"]] if span.link] == [each["URL"]]

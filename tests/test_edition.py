"""Editions: what is called stale, and the many things that look like it and are not."""

from __future__ import annotations

import pytest
from small import findings

from figurecheck.edition import first_hand, precedes, standings
from figurecheck.figures import Figure, Source, subjects

SOURCES = (
    "old 2017=ILO, new 2022-09=I.L.O., news 2024-10=News, before 2019=Early, other 2022=UNODC, "
    "silent=ILO, mute=ILO, third 2022-09=ILO, days 2022-09-05=ILO, newest 2023=ILO"
)
HEAD = "id,reported,unit,concept,base,place,period,source,attributed_to,status,repeats\n"


def stale(rows: str, relations: str = "", sources: str = SOURCES) -> list[tuple[str, str, str]]:
    """Give figure, severity and newer figure of every finding; cells of a row after a, b, c."""
    tail = f"\nrelations:\nid,statement\n{relations}" if relations else ""
    text = f"{HEAD}{rows}{tail}\nsources: {sources}"
    found = findings(text, "FC213")
    return [(each.figure, each.severity, *each.related[:1]) for each in found]


OLD = "a,24.9 million,person,labour,,ITA,2016,old,,,\n"
NEW = "b,27.6 million,person,labour,,ITA,2021,new,,,\n"
COPY = "c,24.9 million,person,labour,,ITA,,news,,,a\n"


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (OLD + NEW, []),
        (OLD + NEW + COPY, [("c", "warning", "b")]),
        (OLD + NEW + COPY.replace("news", "before"), [("c", "note", "b")]),
        (OLD + NEW + COPY.replace("news", "silent"), [("c", "note", "b")]),
        (OLD + NEW + COPY.replace("news", "nowhere"), [("c", "note", "b")]),
        (OLD + NEW + COPY.replace("ITA,,", "ITA,2016,"), []),
        (OLD + NEW + COPY.replace("ITA,,", "ITA,2021,"), [("c", "warning", "b")]),
        (OLD + NEW + COPY.replace("24.9", "27.6"), []),
        (OLD + NEW + COPY.replace("24.9 million", "over 24 million"), []),
        (OLD + NEW + COPY.replace("24.9 million", ".."), []),
        (OLD + NEW + COPY.replace("person", "USD"), []),
        (OLD + NEW + COPY + "d,24.9 million,person,labour,,ITA,,news,,,c", 2 * ["warning"]),
        (OLD + NEW + COPY + "d,27.6 million,person,labour,,ITA,,news,,,b", []),
        (OLD + NEW + COPY + "d,27.6 million,person,labour,,ITA,,before,,,b", ["warning"]),
        (OLD + NEW.replace("new", "old") + COPY, []),
        (OLD + NEW.replace("new", "other") + COPY, []),
        (OLD + NEW.replace("labour", "marriage") + COPY, []),
        (OLD + NEW.replace("ITA", "FRA") + COPY, []),
        (OLD + NEW.replace("labour,,", "labour,all,") + COPY, []),
        (OLD + NEW.replace("person", "event") + COPY, []),
        (OLD + NEW.replace("2021", "") + COPY, []),
        (OLD + NEW.replace("2021", "2014") + COPY, []),
        (OLD + NEW.replace("2021", "2017/2021") + COPY, []),
        (OLD + NEW.replace("2021", "2016/2020") + COPY, []),
        (OLD + NEW.replace("2021", "2030") + COPY, []),
        (OLD + NEW.replace("new,,", "new,,F") + COPY, []),
        (OLD.replace("old,,", "old,,F") + NEW + COPY, []),
        (OLD + NEW.replace("new,", "new,ILO") + COPY, []),
        (OLD.replace("ITA", "") + NEW + COPY, []),
        (OLD.replace("a,24.9 million", "a,..") + NEW + COPY, []),
        (OLD.replace("old", "gone") + NEW + COPY, []),
        # the very period, published anew
        (OLD + NEW.replace("2021", "2016"), [("a", "note", "b")]),
        (OLD + NEW.replace("2021", "2016") + COPY, ["note", "warning"]),
        (OLD + NEW.replace("2021", "2016") + COPY.replace("ITA,,", "ITA,2016,"), 2 * [""]),
        (OLD + NEW.replace("27.6", "25").replace("2021", "2016"), []),
        # year to date, and the year
        (OLD.replace("2016", "2016-01/2016-10") + NEW.replace("2021", "2016") + COPY, ["warning"]),
        (OLD.replace("2016", "2016-02/2016-10") + NEW.replace("2021", "2016") + COPY, []),
        # no period at all
        (OLD.replace("2016", "") + NEW, [("a", "note", "b")]),
        (OLD.replace("2016", "") + NEW.replace("2021", ""), [("a", "note", "b")]),
        (OLD.replace("2016", "") + NEW.replace("2021", "2017"), []),
        (OLD.replace("2016", "") + NEW + COPY.replace("ITA,,", "ITA,2014,"), [("a", "note", "b")]),
        # what is passed on is as old as its publisher's edition, or older than who passes it on
        (OLD.replace("old,", "before,I.L.O.") + NEW + COPY, [("c", "warning", "b")]),
        (OLD.replace("old,", "before,?") + NEW + COPY, []),
        # the newest of several, with what any of the equally new allows
        (
            OLD
            + NEW
            + COPY
            + "d,28.0 million,person,labour,,ITA,2022,new,,,\n"
            + "e,30.0 million,person,labour,,ITA,2020,newest,,,\n",
            [("c", "warning", "e")],
        ),
        (OLD + NEW + COPY + "d,24.9 million,person,labour,,ITA,2021,third,,,", []),
        (OLD + NEW + COPY + "d,24.9 million,person,labour,,ITA,2020,third,,,", ["warning"]),
        # a year that only says 2022 may be before September
        (OLD.replace("old", "new") + NEW.replace("new", "days") + COPY, []),
    ],
)
def test_a_figure_is_stale_where_a_newer_edition_says_otherwise_and_it_says_not_of_when(
    rows, found
):
    told = stale(rows)
    if found and isinstance(found[0], str):
        assert len(told) == len(found)
        assert all(severity in {"", each[1]} for severity, each in zip(found, told, strict=True))
    else:
        assert told == found


@pytest.mark.parametrize(
    ("relations", "found"),
    [
        ('"r","growth = change(new=b, old=c)"', []),
        ('"r","growth = change(new=b, old=a)"', [("c", "warning", "b")]),
        ('"r",c <', [("c", "warning", "b")]),
        ('"r",x > c', [("c", "warning", "b")]),
    ],
)
def test_what_a_relation_puts_beside_the_newer_edition_is_a_series(relations, found):
    assert stale(OLD + NEW + COPY, relations) == found


SHARES = """a,71 %,percent,labour/women,{base},ITA,2016,old,,,
    b,54 %,percent,labour/women,{base},ITA,2021,new,,,
    all,40 million,person,labour,,ITA,{period},news,,,
    c,71 %,percent,labour/women,{named},,,news,,,a"""


@pytest.mark.parametrize(
    ("named", "period", "found"),
    [
        ("all", "2016", []),
        ("all", "2021", [("c", "warning", "b")]),
        ("all", "", [("c", "warning", "b")]),
        ("labour", "2016", [("c", "warning", "b")]),
    ],
)
def test_a_share_says_of_when_it_is_by_its_base(named, period, found):
    assert stale(SHARES.format(base="labour", named=named, period=period)) == found


def test_a_share_in_points_has_no_edition_among_shares():
    rows = SHARES.format(base="labour", named="labour", period="2016")
    assert stale(rows.replace("54 %,percent", "54,percentage_point")) == []


def test_a_finding_says_which_is_newer_and_why():
    [found] = findings(f"{HEAD}{OLD}{NEW}{COPY}sources: {SOURCES}", "FC213")
    assert found.message == (
        "c is stale, for it does not say of when it is: in a newer edition, b is 27.6 million"
    )
    assert found.proof == (
        "'24.9 million' is of 2016, issued 2017 (old); '27.6 million' is of 2021, "
        "issued 2022-09 (new)"
    )
    assert found.related == ("b", "a")
    anew = f"{HEAD}{OLD}{NEW.replace('2021', '2016')}sources: {SOURCES}"
    [found] = findings(anew, "FC213")
    assert found.message.startswith("a is stale, for its period was published anew: in a newer")
    assert found.related == ("b",)
    dateless = f"{HEAD}{OLD.replace('2016', '')}{NEW.replace('2021', '')}sources: {SOURCES}"
    [found] = findings(dateless, "FC213")
    assert "is of no stated period, issued 2017 (old)" in found.proof


@pytest.mark.parametrize(
    ("rows", "keys"),
    [
        (OLD.replace("old", "silent").replace("2016", "") + NEW, ["silent"]),
        (OLD.replace("old", "silent") + NEW, []),
        (OLD.replace("old", "silent") + NEW + COPY, ["silent"]),
        (OLD + NEW.replace("new", "silent") + COPY + COPY.replace("c,", "d,"), ["silent"]),
        (OLD + NEW.replace("new", "silent").replace("labour", "x") + COPY, []),
        (OLD.replace("old", "silent") + NEW.replace("new", "other") + COPY, []),
        (OLD.replace("old", "silent") + NEW.replace("new", "mute") + COPY, ["silent"]),
        (OLD + NEW.replace("new,", "silent,ILO") + COPY, []),
        (OLD + NEW.replace("new", "third") + COPY.replace("ITA,,", "ITA,2016,"), []),
        (
            OLD.replace("old", "silent")
            + NEW.replace("new", "mute")
            + COPY
            + COPY.replace("c,", "d,").replace(",a", ",b"),
            ["silent", "mute"],
        ),
    ],
)
def test_a_source_without_a_date_is_untestable_and_said_once(rows, keys):
    found = findings(f"{HEAD}{rows}sources: {SOURCES}", "FC213")
    assert [each.message.split()[11] for each in found] == [f"{key}," for key in keys], [
        each.message for each in found
    ]


@pytest.mark.parametrize(
    ("one", "other", "before"),
    [
        ((2017,), (2022, 9), True),
        ((2022,), (2022, 9), False),
        ((2022, 9), (2022,), False),
        ((2022, 8, 30), (2022, 9), True),
        ((2022, 9), (2022, 8, 30), False),
        ((), (2022,), False),
        ((2022,), (), False),
    ],
)
def test_a_date_precedes_another_only_if_that_is_sure(one, other, before):
    assert precedes(one, other) == before


def test_what_repeats_goes_back_to_the_end_of_its_chain_and_a_circle_ends():
    links = {"a": "", "b": "a", "c": "b", "d": "e", "e": "d", "f": "f", "g": "gone", "h": "d"}
    figures = {name: Figure(name, "5", "person", repeats=link) for name, link in links.items()}
    ends = {name: each.id for name, each in first_hand(figures).items()}
    assert {name: ends[name] for name in "abcfg"} == dict(zip("abcfg", "aaafg", strict=True))
    assert ends["d"] == ends["e"] == ends["h"]
    assert list(standings(figures, subjects(figures))) == []


def test_a_data_set_that_was_issued_over_years_is_as_new_as_its_last():
    dates = {"date-parts": [[2021, 12, 31], [2023, 12, 31]]}
    source = Source("s", {"issued": dates})
    assert (source.issued, source.issued_until) == ((2021, 12, 31), (2023, 12, 31))
    assert Source("s", {}).issued_until == ()

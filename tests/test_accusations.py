"""What was once accused and is true, and what was once passed over and is wrong."""

import pytest
from small import accused, findings, linted, outcomes

from figurecheck.relation import judge


def judged(text):
    """Give the outcome of 'statement | name=text | ...'."""
    stated, *texts = (each.strip() for each in text.split("|"))
    return judge(stated, dict(each.split("=", 1) for each in texts)).outcome


@pytest.mark.parametrize(
    "text",
    [
        "part == whole * s / 100 | part=11.8 million | whole=27.6 million | s=43 %",
        "n == o * (1 + g / 100) | n=11.0 million | o=10.0 million | g=10.0 %",
        "a == (100 - s) * b / 100 | a=8.0 million | b=27.6 million | s=71 %",
        "r * b / 1000 == a | r=3.5 per 1,000 | b=7.9 billion | a=27.6 million",
        "y == 12 * m | y=€30,000 a year | m=€2,500 a month",
        "d == 1000 * k | d=5,000 metres | k=5 km",
        "s == 100 * p / w | s=71 % | p=28.6 million | w=40.3 million",
        "born == rate * all | born=400,249 births | rate=6.8 per 1,000 | all=59 million people",
        "lethal == dead / cases | lethal=2 % | dead=20 deaths | cases=1,000 cases",
        "net == born - dead | net=-321,744 people | born=393,333 births | dead=715,077 deaths",
        "s <= 1 | s=71 %",
        "s > 70% | s=71 %",
        "d > 5 | d=6 km",
    ],
)
def test_units_converted_by_hand_are_not_converted_twice(text):
    assert judged(text) == "holds"


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("n > 70% | n=61 %", "broken"),
        ("n <= 1% | n=0.5 %", "holds"),
        ("n <= 1% | n=1.5 %", "broken"),
        ("n > 1 | n=61 %", "broken"),
        ("n >= 0.7 | n=61 %", "untestable"),
        ("n < 60 | n=61 %", "untestable"),
        ("s <= 100 | s=110 %", "untestable"),
        ("d > 5 | d=4.0 km", "broken"),
        ("a == b | a=nearly 10 million | b=2 million", "borderline"),
        ("a == b | a=almost 50 % | b=25 %", "borderline"),
        ("a == b | a=nearly 45 % | b=41 %", "holds"),
    ],
)
def test_a_loose_word_or_number_is_no_pass(text, outcome):
    assert judged(text) == outcome


HEAD = "id,reported,unit,concept,base,place,period,source\n"


@pytest.mark.parametrize(
    "row",
    [
        '"$9,995",USD/person/year',
        "US$5 million a year,USD",
        "$5 million,CAD",
        "£3,EGP",
        "50p,GBP",
        "5 million people,event",
        "12 cases a day,event",
        "one in four,percent",
        "doubled,percent",
        '"6.8 per 1,000",event/person',
        "2.3 persons,person/household",
        "5 km,metre",
        "3.5,tonne",
        "12 per cent a year,percent",
        '"3.5 per 1,000 a year",event/person/year',
        "$150 a barrel,USD/barrel",
        "$5 million,USD_2015",
        "$5 million,AUD_2015",
        "€340 per household per year,EUR/household/year",
        "3.5 per day,event/day",
        "24 a week,crash/week",
        "3.5 a day,event/day",
        "3.5 a day,event",
        "24 a week,person/year",
        "3.5 per person,event/person",
        "0.4 per household a year,person/household/year",
    ],
)
def test_a_text_that_leaves_its_unit_open_is_not_accused(row):
    assert not accused(f"{HEAD}a,{row},,,,,s", "FC104")


@pytest.mark.parametrize(
    "row",
    [
        "$5 million,EUR",
        "71 %,person",
        "5 million arrivals,USD",
        "5 million people,percent",
        "€3,USD",
        "5 km,tonne",
        "3 tonnes,person",
        "3.5 a day,USD",
        "3.5 a day,km/day",
        "5 km a day,event/day",
    ],
)
def test_a_text_in_another_unit_than_its_figure_is_found(row):
    assert outcomes(f"{HEAD}a,{row},,,,,s", "FC104") == [("a", "broken")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("5 km,metre", '"5,000",metre'),
        ("7 a week,event/day", "1 case a day,event/day"),
        ("€5 a month,EUR/year", "€60 a year,EUR/year"),
        ("3.5 per 1000,per_100000", "350 per 100 000,per_100000"),
        ('"6.8 per 1,000",case/person', "0.0068,case/person"),
    ],
)
def test_a_text_in_another_unit_of_the_same_kind_is_converted(one, other):
    rows = f"a,{one},x,b,ITA,2021,s\nb,{other},x,b,ITA,2021,s\n"
    assert not accused(HEAD + rows, "FC301")


def test_a_spread_serves_to_compare_two_sources():
    rows = "a,4.2 million (95 % CI 3.1-5.3 million),person,x,,ITA,2021,s\n"
    rows += "b,3.8 million,person,x,,ITA,2021,"
    assert not accused(f"{HEAD}{rows}t\nsources: s, t", "FC301")
    assert accused(f"{HEAD}{rows}s\nsources: s, t", "FC301")


def test_a_provisional_and_a_final_figure_of_one_source_are_two_editions():
    head = "id,reported,unit,concept,place,period,source,status\n"
    rows = 'a,"157,301",person,x,ITA,2021,s,P\nb,"157,652",person,x,ITA,2021,s,'
    (finding,) = findings(head + rows, "FC301")
    assert (finding.outcome, finding.severity) == ("broken", "warning")


def test_another_status_is_no_excuse_between_a_share_and_its_part():
    head = "id,reported,unit,concept,base,place,period,source,status\n"
    rows = (
        "all,27.6 million,person,x,,ITA,2021,s,E\nw,11.8 million,person,x/w,,ITA,2021,s,E\n"
        "share,71 %,percent,x/w,x,ITA,2021,s,"
    )
    (finding,) = findings(head + rows, "FC303")
    assert (finding.outcome, finding.severity) == ("broken", "error")


def test_an_id_that_is_a_concept_too_does_not_take_over_another_year():
    rows = (
        "pop,59.0 million,person,pop,,ITA,2022,s\npop23,58.9 million,person,pop,,ITA,2023,s\n"
        "poor,5.6 million,person,pop/poor,,ITA,2023,s\nsh,40 %,percent,pop/poor,pop,ITA,2023,s"
    )
    assert outcomes(HEAD + rows, "FC303") == [("sh", "broken")]


PRODUCTS = HEAD + (
    "all,27.6 million,person,slavery/labour,,M49:001,2021,s\n"
    "women,71 %,percent,slavery/women,slavery,M49:001,2016,s\n"
    "own,43 %,percent,slavery/labour/women,slavery/labour,M49:001,2021,s\n"
    "w,11.8 million,person,slavery/labour/women,,M49:001,2021,s\n"
    "nested,20 %,percent,slavery/labour/women/girls,slavery/labour/women,M49:001,2021,s\n"
    "rise,5 %,percent,rise,,M49:001,2021,s\n"
    "relations:\nid,statement\n"
)


@pytest.mark.parametrize(
    ("formula", "outcome"),
    [
        ("(1 - women) * all", "borderline"),
        ("women * 2 * all", "borderline"),
        ("women * all * 2", "borderline"),
        ("w / women", "borderline"),
        ("own * women", "borderline"),
        ("rise * all", "untestable"),
        ("own * all", None),
        ("(1 - own) * all", None),
        ("w / own", None),
        ("nested * own", None),
        ("nested * own * all", None),
        ("own / women", None),
    ],
)
def test_a_share_belongs_to_its_base_wherever_it_stands_in_a_product(formula, outcome):
    found = [each for _, each in outcomes(f"{PRODUCTS}x,x = {formula}", "FC401")]
    assert found == ([outcome] if outcome else [])


def test_what_is_taken_away_from_a_whole_is_not_added_to_it():
    text = (
        "id,reported,unit,concept,source\ngdp,90,USD,gdp,s\nd,100,USD,gdp/demand,s\n"
        "m,10,USD,gdp/imports,s\nrelations:\nid,statement\nidentity,gdp == d - m"
    )
    assert not findings(text, "FC406")


def test_a_ratio_above_one_hundred_to_what_it_is_no_part_of_is_only_worth_a_look():
    assert outcomes(f"{HEAD}debt,140 %,percent,debt,gdp,ITA,2021,s", "FC101") == [
        ("debt", "borderline")
    ]


@pytest.mark.parametrize(
    ("original", "repeated", "outcome"),
    [
        ("more than 3.3 million", "more than 3.3 million", None),
        ("more than 5 million", "more than 3.3 million", None),
        ("up to 1 million", "up to 2 million", None),
        ('"157,652"', '"over 140,000"', None),
        ("3 %", "about 50 %", "borderline"),
        ("..", "over 5", "untestable"),
    ],
)
def test_a_bound_that_the_original_satisfies_repeats_it(original, repeated, outcome):
    text = f"id,reported,unit,source,repeats\na,{original},person,s,\nb,{repeated},person,s,a"
    text = text.replace("person", "percent") if "%" in original else text
    found = [each for _, each in outcomes(text, "FC203")]
    assert found == ([outcome] if outcome else [])


@pytest.mark.parametrize("named", ["ILO", "International Labour Organization", "ilo"])
def test_a_publisher_goes_by_its_name_or_its_initials(named):
    text = (
        "id,reported,unit,source,attributed_to,repeats\na,5,person,ilo_2022,,\n"
        f"b,5,person,news,{named},a\nsources: ilo_2022=ILO, news"
    )
    assert not findings(text, "FC205")


def a_fall(text, formula="(b - a) / a", *, now=150):
    """Give the findings on a fall from 200 that a text states."""
    return findings(
        f"""
        id,reported,unit,concept,place,period,value,source,quote
        a,200,event,fires,DEU,2022,,s,
        b,{now},event,fires,DEU,2023,,s,
        c,{text},percent,,,,,s,It {text} in a year
        relations:
        id,statement
        r,c == {formula}
        """
    )


@pytest.mark.parametrize("formula", ["(b - a) / a", "(a - b) / a", "b / a - 1"])
@pytest.mark.parametrize(
    "text", ["fell by 25 per cent", "a fall of 25 %", "25 per cent fewer", "down about 25 %"]
)
def test_a_fall_with_its_sign_in_words_is_not_accused_whichever_way_it_is_meant(text, formula):
    assert all(each.outcome == "untestable" for each in a_fall(text, formula))


def test_a_fall_of_another_size_is_found_and_one_smaller_does_not_pass_for_it():
    for now in (120, 180):
        assert "broken" in {each.outcome for each in a_fall("fell by 25 %", now=now)}


def test_a_fall_that_holds_says_so_in_its_proof():
    judged = judge("c == (b - a) / a", {"c": "25 % less", "a": "200.0", "b": "150.0"})
    assert "and a fall of 25 % is reported" in str(judged)


def test_more_falls_than_are_tried_one_by_one_are_judged_over_both_signs():
    texts = dict.fromkeys("abcde", "a fall of 5 %")
    assert judge("a + b + c + d + e == 5 * f", texts | {"f": "-5 %"}).outcome == "holds"
    assert judge("a + b + c + d + e == 5 * f", texts | {"f": "-7 %"}).outcome == "broken"


@pytest.mark.parametrize(("value", "fits"), [("25", True), ("-25", True), ("10", False)])
def test_the_value_of_a_fall_has_its_sign_or_not(value, fits):
    text = f"id,reported,unit,value,source\na,fell by 25 %,percent,{value},s"
    assert bool(findings(text, "FC207")) is not fits


@pytest.mark.parametrize("quote", ["fell by 25 %", "a change of -25 %", "25 % fewer"])
def test_a_fall_is_the_number_of_its_quote_with_either_sign(quote):
    row = f"id,reported,unit,source,quote\na,a fall of 25 %,percent,s,{quote}"
    assert all(each.outcome == "untestable" for each in findings(row))


def test_a_fall_is_not_every_smaller_number_of_its_quote():
    row = "id,reported,unit,source,quote\na,a fall of 25 %,percent,s,it fell by 10 %"
    assert [each.outcome for each in findings(row, "FC208")] == ["broken"]


@pytest.mark.parametrize(("text", "same"), [("-25 %", True), ("25 %", True), ("10 %", False)])
def test_a_fall_is_repeated_truly_with_either_sign(text, same):
    rows = f"id,reported,unit,source,repeats\na,fell 25 %,percent,s,\nb,{text},percent,s,a"
    assert bool(findings(rows, "FC203")) is not same


@pytest.mark.parametrize(
    ("said", "backed"),
    [("fell by 25 per cent", True), ("changed by -25 %", True), ("fell by 10 per cent", False)],
)
def test_a_document_may_state_a_fall_with_its_sign_or_in_words(said, backed):
    found = linted(
        "id,reported,unit,label,period,source\na,a fall of 25 %,percent,change in fires,2023,s",
        f"In 2023 fires {said}.",
    )
    assert (found.tally["stated"] == 1) is backed
    assert not backed or not found.findings


def test_a_document_is_told_that_the_register_has_points_and_the_rest_of_a_whole_in_per_cent():
    rows = """
    id,reported,unit,label,concept,base,place,period,source
    old,19 %,percent,share of cycling,trips/cycling,trips,DEU,2018,s
    new,25 %,percent,share of cycling,trips/cycling,trips,DEU,2023,s
    relations:
    id,statement,label
    up,"up = points(new=new, old=old)",rise in the share of cycling
    rest,rest = 100 % - new,trips without a bicycle
    """
    rise = linted(rows, "The rise in the share of cycling was 6 percentage points in Germany.")
    assert [(each.status, each.figure) for each in rise.statings] == [("derived", "up")]
    rest = linted(rows, "In 2023 trips without a bicycle were 75 per cent.")
    assert [(each.status, each.figure) for each in rest.statings] == [("derived", "rest")]
    wrong = linted(rows, "The rise in the share of cycling was 60 percentage points in Germany.")
    assert not any(" %" in each.proof for each in wrong.findings)


@pytest.mark.parametrize(
    ("part", "whole", "unit"),
    [
        ("90 | DEU | 2023-05", "50 | DEU | 2023", "crash"),
        ('"1,350" | DE-HE | 2023', '"1,200" | DEU | 2023', "event"),
        ('"1,400" | DEU | 2023-Q1', '"1,200" | DEU | 2023', "event"),
        ('"1,350" | DE-HE | 2023', '"1,200" | DEU | 2023', "person"),
        ('"1,350" | DEU | 2023', '"1,200" | M49:001 | 2023', "household"),
    ],
)
def test_a_part_by_place_or_for_events_by_period_that_is_more_than_its_whole_is_found(
    part, whole, unit
):
    rows = "id,reported,place,period,unit,concept,source\n"
    for name, cells in (("a", part), ("b", whole)):
        rows += f"{name},{cells.replace(' | ', ',')},{unit},crashes,s\n"
    assert outcomes(rows, "FC302") == [("a", "broken")]


def test_persons_may_be_more_in_a_part_of_a_year_than_in_all_of_it():
    head = "id,reported,unit,concept,place,period,source\n"
    rows = "a,90,person,residents,DEU,2023-05,s\nb,50,person,residents,DEU,2023,s"
    assert not findings(head + rows, "FC302")

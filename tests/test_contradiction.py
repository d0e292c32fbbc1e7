"""What a number of a document contradicts, and what it does not, though it looks so."""

from __future__ import annotations

import pytest
from small import linted

REGISTER = """
id,reported,unit,label,concept,base,place,period,source
visits,"1,284,000",event,visits to all branches,visits,,city:havnes,2024,s
harbour,"538,900",event,"visits, Harbour branch",visits,,branch:harbour,2024,s
harbour_23,"476,200",event,"visits, Harbour branch",visits,,branch:harbour,2023,s
castle,"412,600",event,"visits, Castle branch",visits,,branch:castle,2024,s
mill,"194,800",event,"visits, Mill branch",visits,,branch:mill,2024,s
nurses,"3,486",person,nurses in post,staff/nurses,,trust:west,2024,s
doctors,"1,274",person,doctors in post,staff/doctors,,trust:west,2024,s
women,61.4%,percent,share of women among nurses,staff/nurses/women,staff/nurses,trust:west,2024,s
rural,34.1%,percent,"prevalence, rural areas",prevalence/rural,population,ZMB,2024,s
urban,11.7%,percent,"prevalence, urban areas",prevalence/urban,population,ZMB,2024,s
upheld,38.4%,percent,complaints upheld in full,complaints/closed/upheld,complaints/closed,IRL,2024,s
wait,118,day,median wait for treatment,wait,,NZL,2024,s
wait_23,97,day,median wait for treatment,wait,,NZL,2023,s
wait_north,164,day,"median wait for treatment, Northland",wait,,region:northland,2024,s
rate,51.2%,percent,recognition rate,asylum/rate,asylum,DEU,2024,s
rate_23,53.4%,percent,recognition rate,asylum/rate,asylum,DEU,2023,s
imports,"7,800",tonne,imports of tin,imports,,BOL,2024,s
imports_change,-4.2%,percent,change of imports of tin,imports/change,,BOL,2024,s
imports_fall,4.6%,percent,decline of exports of tin,exports/fall,,BOL,2024,s
points_change,-2.4 points,percentage_point,change of the share of tin,share/change,,BOL,2024,s
share,37.2%,percent,share of tin,share,exports,BOL,2024,s
norent,20.0%,percent,households that pay no rent,households/no_rent,households,FIN,2024,s
carbon,"148,200",tonne_co2e,emissions from our own operations,emissions,,firm:noor,2024,s
budget,EUR 2.4 billion,EUR,budget of the fund,budget,,DEU,2024,s
lives,148 million,person,lives saved by vaccines,lives,,M49:001,2024,s
price,3.46,USD/kg,average export price,price,,UGA,2024-03,s
price_23,5.13,USD/kg,average export price,price,,UGA,2023-03,s
relations:
id,statement,label
rate_points,"rate_points = points(new=rate, old=rate_23)",
visits_growth,"visits_growth = change(new=harbour, old=harbour_23)",
more_visits,more_visits = harbour - harbour_23,
"""


def accused(report: str, form: str = "markdown") -> list[tuple[str, str]]:
    """Give each number that contradicts a figure, and the figure."""
    found = linted(REGISTER, report, form).statings
    return [(each.mention.text, each.figure) for each in found if each.status == "contradicts"]


@pytest.mark.parametrize(
    ("report", "figure", "offer"),
    [
        ("The Harbour branch had 583,900 visits in 2024.", "harbour", "two digits were swapped"),
        ("In 2024 the Castle branch had 194,800 visits.", "castle", "fits mill (194,800"),
        ("The median wait for treatment was 97 days in 2024.", "wait", "fits wait_23"),
        (
            "The median wait for treatment in Northland was 164 weeks.",
            "wait_north",
            "week were day",
        ),
        ("The budget of the fund was 2.4 million euros.", "budget", "million were billion"),
        ("Of all complaints, 38.4% were upheld in full.", "upheld", "share of complaints/closed"),
        ("Women make up 38.6% of nurses.", "women", "share of the others"),
        ("Imports of tin rose by 4.2% in 2024.", "imports_change", "sign were turned"),
        ("Exports of tin grew by 4.6% in 2024.", "imports_fall", "sign were turned"),
        ("The share of tin fell by 2.4 per cent.", "points_change", "per cent were percentage"),
        ("Vaccines have saved 148 billion lives.", "lives", "billion were million"),
        ("148.2 million tonnes came of our own operations.", "carbon", "million were thousand"),
    ],
)
def test_a_number_is_held_against_what_it_is_told_of(report, figure, offer):
    [found] = linted(REGISTER, report).statings
    assert (found.status, found.figure) == ("contradicts", figure)
    assert offer in found.offers[0]


@pytest.mark.parametrize(
    "report",
    [
        "The Strandvik branch, our larger neighbour, had 1,248,000 visits in 2024.",
        "The Harbour branch had 583,900 visits of pupils in 2024.",
        "In December, the Harbour branch had 53,890 visits.",
        "The Harbour branch is to have 583,900 visits.",
        "For 2025 the budget has 583,900 visits of the Harbour branch.",
        "In the first three months of 2025, the Harbour branch had 583,900 visits.",
        "Of nurses under 30, 38.6% are women.",
        "Among the pupils of Castle, 10% were boys and 38.6% women, share of nurses.",
        "Nurses and doctors were 1,274 and 3,486 respectively.",
        "It is 20.0% that pay no rent; 80.0% pay some rent.",
        "The other 38.6% of nurses are no women.",
        "Women make up 38.6% of nurses in the north.",
        "At the end of the year 38.6% of the nurses had no women among them.",
        "Of all complaints, 38.4% were upheld in full. Most had been closed.",
        "Imports of tin fell by 4.2% in 2024.",
        "Imports of tin were 4.2% lower than in 2023.",
        "In 2023 imports of tin were 4.2% higher.",
        "Exports of tin fell by 4.6% in 2024.",
        "The average export price was $5,130 a tonne in March 2023, against $3,460 a year later.",
        "The Castle and the Mill branch together had 194,800 visits.",
        "Harbour had 538,900 visits, up from 476,200 in 2023. The rise was 62,700, or 13 per cent.",
        "Castle had 412,600 visits, and 194,800 of them by children of the Castle branch.",
        "Arrivals of ships from the Harbour rose by 4.2%.",
    ],
)
def test_what_is_of_something_else_is_accused_of_nothing(report):
    assert accused(report) == []


def test_the_numbers_of_two_groups_that_are_exchanged_are_both_accused():
    report = "In post were 1,274 nurses and 3,486 doctors."
    assert accused(report) == [("1,274", "nurses"), ("3,486", "doctors")]
    report = "Prevalence was 11.7 per cent in rural areas and 34.1 per cent in urban areas."
    assert [figure for _, figure in accused(report)] == ["rural", "urban"]
    assert accused("In post were 3,486 nurses and 1,274 doctors.") == []


def test_what_follows_tells_of_which_change_a_number_is():
    report = (
        "Visits to the Harbour branch fell by 13.2 per cent, to 538,900 from 476,200 a year before."
    )
    assert accused(report) == [("13.2 per cent", "visits_growth")]
    report = "The recognition rate was 51.2 per cent in 2024, down by 2.2 per cent from 2023."
    assert accused(report) == [("2.2 per cent", "rate_points")]
    report = "The recognition rate fell by 2.2 per cent, to 51.2 per cent in 2024."
    assert accused(report) == [("2.2 per cent", "rate_points")]
    report = "The recognition rate was 51.2 per cent in 2024, down by 4.1 per cent from 2023."
    assert accused(report) == []


def test_a_change_of_what_nobody_knows_is_not_that_of_a_figure():
    report = "The recognition rate was 51.2 per cent. Appeals were 9,999, down by 2.2 per cent."
    assert accused(report) == []


def test_one_of_the_kind_of_what_was_stated_is_known_by_its_name_alone():
    report = "The Castle branch had 412,600 visits in 2024. At Harbour there were 583,900."
    assert accused(report) == [("583,900", "harbour")]
    report = "The Castle branch had 412,600 visits in 2024. At Harbour there were 194,800."
    assert accused(report) == [("194,800", "harbour")]
    report = "The Castle branch had 412,600 visits in 2024. At Mill there were 194,800."
    assert accused(report) == []
    report = "The Harbour branch had 538,900 visits in 2024. A year earlier there were 467,200."
    assert accused(report) == [("467,200", "harbour_23")]


TABLE = """
| visits in 2024 | {head} |
|--|--|
| Harbour | 538,900 |
| Castle | 412,600 |
| Mill | {mill} |
"""


def test_a_cell_beside_cells_of_its_kind_is_that_of_its_row():
    assert accused(TABLE.format(head="all", mill="194,800")) == []
    assert accused(TABLE.format(head="all", mill="205,333")) == [("205,333", "mill")]
    assert accused(TABLE.format(head="all", mill="412,600")) == [("412,600", "mill")]
    assert accused(TABLE.format(head="children", mill="205,333")) == []


def test_a_table_with_two_rows_of_heads_is_read_with_both():
    rows = "<tr><th>Mill<td>{}<td>77,000<tr><th>Castle<td>412,600<td>1,000"
    head = "<tr><th>visits<th>{}<th>2030<tr><th>branch<th>2024<th>2031"
    page = f"<table>{head}<tr><th>Harbour<td>538,900<td>5{rows}</table>"
    assert accused(page.format("all", "205,333"), "html") == [("205,333", "mill")]
    assert accused(page.format("pupils", "205,333"), "html") == []


def test_a_table_whose_heads_span_columns_tells_of_none():
    rows = "<tr><th>Mill<td>205,333<td>77,000<tr><th>Castle<td>412,600<td>1,000"
    page = (
        "<table><tr><th>visits<th>pupils<tr><th>branch<th>2024<th>2024"
        f"<tr><th>Harbour<td>538,900<td>5{rows}</table>"
    )
    assert accused(page, "html") == []


def test_the_way_of_a_change_is_known_where_the_register_tells_it():
    report = "Exports of tin grew by 4.6 per cent among dealers in 2024."
    [found] = linted(REGISTER, report).statings
    assert (found.status, found.reason) == (
        "unsourced",
        "it is the number of imports_fall, but the other way is said",
    )


def test_a_part_of_them_is_one_of_the_figure_where_they_are_its_whole():
    register = REGISTER.replace(
        "nurses,", 'all,"4,760",person,staff in post,staff,,trust:west,2024,s\nnurses,', 1
    )
    report = "The trust had 4,760 staff in post, 3,846 of them nurses in post."
    found = linted(register, report).statings
    assert [(each.status, each.figure) for each in found][1] == ("contradicts", "nurses")
    report = "The trust spoke to 900 people, 3,846 of them nurses in post."
    assert linted(register, report).statings[1].status == "unsourced"


@pytest.mark.parametrize(
    "report",
    [
        "New imports of tin came to 8,700 tonnes in 2024.",
        "In 2024 half-way imports of tin were 8,700 tonnes.",
        "Since 2015 imports of tin were 78,000 tonnes.",
        "Between 2015 and 2024 imports of tin were 78,000 tonnes.",
        "Every month 780 tonnes of imports of tin came in 2024.",
        "Imports of tin to Mali were 8,700 tonnes in 2024.",
        "Imports of tin were 8,700 tonnes in May 2024.",
        "Had imports of tin been 8,700 tonnes in 2024, all had been well.",
        "Were imports of tin 8,700 tonnes in 2024?",
        "Worldwide, imports of tin were 78,000 tonnes in 2024.",
        "38.6% of nurses are yet to be women.",
        "Women are off, 38.6% of nurses.",
        "The fund's office has a budget of EUR 2.40 million.",
        "A month earlier the median wait for treatment was 97 days, after 118 days in 2024.",
    ],
)
def test_parts_spans_and_doubts_accuse_nobody(report):
    assert accused(report) == []


HEDGES = """
id,reported,unit,label,concept,place,period,source
sea,"about 125,000",event,arrivals by sea,arrivals/sea,ITA,2023,s
route,"over 140,000",event,arrivals on the route,arrivals/route,ITA,2023,s
out,27.6 million,person,people in forced labour,forced,M49:001,2021,s
"""


@pytest.mark.parametrize(
    ("report", "status"),
    [
        ("Arrivals by sea were 125,000 in 2023.", "qualifier"),
        ("Arrivals by sea from Tunisia were 125,000 in 2023.", "unsourced"),
        ("Arrivals by sea were broadly 125,000 in 2023.", "unsourced"),
        ("Arrivals on the route went past 140,000 in 2023.", "unsourced"),
        ("Arrivals on the route were fewer than 140,000 in 2023.", "qualifier"),
        ("Arrivals on the route were 140,000 in 2023, in May alone.", "unsourced"),
        ("In 2021, 27.61 million people were in forced labour.", "precision"),
        ("In May 2021, 27.61 million people were in forced labour.", "unsourced"),
    ],
)
def test_a_hedge_is_lost_only_where_the_number_is_of_the_very_thing(report, status):
    [found] = linted(HEDGES, report).statings
    assert found.status == status


@pytest.mark.parametrize(
    "report",
    [
        "Exports of tin grew by 4.6% in May 2024.",
        "In May 2024, 38.4% of all complaints were upheld in full.",
        "Had there been 1,274 nurses and 3,486 doctors in post, all had been well.",
        "The Harbour branch had 538,900 visits in 2024. A year earlier it should have had 467,200.",
    ],
)
def test_no_way_of_accusing_overlooks_a_part_of_the_time_or_what_is_only_wished(report):
    assert accused(report) == []


@pytest.mark.parametrize(
    ("report", "figure"),
    [
        ("In 2024 the budget of the fund in Germany came to EUR 2.4 million.", "budget"),
        ("For treatment, patients in Northland had a median wait of 164 weeks.", "wait_north"),
    ],
)
def test_the_digits_of_a_figure_in_another_unit_are_no_chance(report, figure):
    assert [each for _, each in accused(report)] == [figure]


@pytest.mark.parametrize(
    "report",
    [
        "On a quiet evening the trust's wards have 346 nurses in post.",
        "Harbour branch visitors borrowed 5,389,000 books in 2024.",
        "The Harbour branch has had 5,389,000 visits in its history.",
        "In 2024 the Mill and Castle branches had 1,948,000 visits together.",
        "Nurses in post at West treated 34,862 patients in 2024.",
        "The median wait for treatment of children in New Zealand was 118 weeks in 2024.",
        "The emissions from our own operations were offset with 148.2 million trees in 2024.",
        "Coaches counted, the Harbour branch had 53,890 visits in 2024.",
        "Since 2015, the Harbour branch has had 5,389,000 visits.",
        "The target for the Harbour branch is 5,389,000 visits.",
        "There are 34 nurses in post at night; of those, 34,486 were never asked.",
    ],
)
def test_fewer_may_be_a_part_and_more_may_be_of_a_longer_time(report):
    assert not accused(report)


@pytest.mark.parametrize(
    "report",
    [
        "The lives saved by vaccines were 148 billion in the paper, a misprint.",
        "Over the past ten years the Harbour branch had 5,389,000 visits.",
        "A city with 1,000 beds has emissions from our own operations of 148.2 tonnes CO2e.",
        "Emissions from our own operations were 148.2 kg CO2e for each tonne.",
        "The Harbour branch had 5,389,000 visits, tenfold as many.",
        "The budget of the fund is USD 2.4 billion, the euro being at par.",
        "Of the mice, 14.8 million were lives saved by vaccines.",
    ],
)
def test_what_ten_years_or_a_slip_of_others_makes_of_a_figure_accuses_nobody(report):
    assert not accused(report)


NAMED_BY_IDS = """
id,reported,unit,label,concept,base,place,period,source
class_riga,24.3,person/item,average number of pupils in a class,class_size,,LV-RIX,2025,s
class_latgale,13.7,person/item,average number of pupils in a class,class_size,,region:latgale,2025,s
vocational,4.6%,percent,change in the number of vocational pupils,pupils/change,,LVA,2025,s
"""


def test_a_place_is_known_by_the_id_of_another_figure_of_the_same():
    [found] = linted(NAMED_BY_IDS, "An average class has 13.7 pupils in Riga.").statings
    assert (found.status, found.near) == ("unsourced", "class_riga")
    assert found.reason.startswith("it is the number of class_latgale, but Riga is said")


@pytest.mark.parametrize("fell", ["dropped", "dipped", "has been lowered"])
def test_a_fall_is_one_in_all_its_forms(fell):
    report = f"The number of vocational pupils {fell} by 4.6%."
    [found] = linted(NAMED_BY_IDS, report).statings
    assert (found.status, found.figure) == ("contradicts", "vocational")


def test_what_an_aside_says_is_of_the_number_that_it_has():
    figures = """
    id,reported,unit,label,concept,base,place,period,source
    profit,EUR 214 million,EUR,operating profit,profit,,firm:noor,2024,s
    revenue,EUR 2.31 billion,EUR,revenue,revenue,,firm:noor,2024,s
    """
    report = "The operating profit rose from EUR 187m to EUR 214m, which is 9.3% of revenue."
    found = linted(figures, report).statings
    assert [(each.status, each.figure) for each in found] == [
        ("unsourced", ""),
        ("stated", "profit"),
        ("unsourced", ""),
    ]


QUARTERLY = """
id,reported,unit,label,concept,base,place,period,source
births,"1,318",person,births,births,,trust:lough,2025-Q3,s
rent,"1,340",EUR/month,median rent of new contracts,rent,,PRT,2025,s
rent_24,"1,012",EUR/month,median rent of new contracts,rent,,PRT,2024,s
"""


@pytest.mark.parametrize(
    ("report", "figure"),
    [
        ("There were 1,381 births in the third quarter of 2025.", "births"),
        ("The median rent of new contracts was EUR 1,012 a month in 2025.", "rent"),
    ],
)
def test_the_quarter_and_the_month_of_a_figure_are_no_other_time(report, figure):
    [found] = linted(QUARTERLY, report).statings
    assert (found.status, found.figure) == ("contradicts", figure)
    assert not any(
        each.status == "contradicts"
        for each in linted(QUARTERLY, report.replace("third", "fourth") + " Rents too.").statings
        if each.figure == "births"
    )

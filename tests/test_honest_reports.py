"""True sentences that look wrong to a careless reader: none of their numbers is accused."""

from __future__ import annotations

import pytest
from small import linted

REGISTER = """
id,reported,unit,label,concept,base,place,period,source
unemp23,7.6 %,percent,unemployment rate,labour_force/unemployed,labour_force,ITA,2023,s
unemp22,8.1 %,percent,unemployment rate,labour_force/unemployed,labour_force,ITA,2022,s
unemp_deu,3.0 %,percent,unemployment rate,labour_force/unemployed,labour_force,DEU,2023,s
work,55 %,percent,share of women in work,work/women,work,ITA,2023,s
work_men,73 %,percent,share of men in work,work/men,work,ITA,2023,s
rare,7.613 %,percent,rate of the idle,labour_force/idle,labour_force,ITA,2023,s
neg,-2.4 %,percent,change of output,output_change,,FRA,2023,s
posts,-412,household,change of households in the valley,households_change,,FRA,2023,s
turnout_poll,about 45 %,percent,turnout in the poll,poll/turnout,poll,ITA,2019,s
road,at least 300,person,deaths on the road,road_deaths,,LVA,2023,s
sea,"157,652",arrival,sea arrivals,sea_arrivals,,ITA,2023,s
sea_oct,"140,006",arrival,sea arrivals,sea_arrivals,,ITA,2023-01-01/2023-10-15,s
sea_over,"over 140,000",arrival,arrivals by sea in the north,north_arrivals,,ITA,2023,s
riga,nearly 1 million,person,people living in Riga,riga,,LVA,2023,s
gala,about 300,person,guests of the gala,gala_guests,,LVA,2023,s
read,half,fraction,share of pupils who read,pupils/read,pupils,LVA,2023,s
cat,a third,fraction,households with a cat,households/cat,households,LVA,2023,s
staffn,312,person,staff of the office,office_staff,,LVA,2023-12-31,s
club,412,person,members of the club,club_members,,LVA,2023,s
budget,£61.4 million,GBP,budget of the council,council_budget,,GBR,2023,s
burgl,318,event,recorded burglaries,burglaries,,GBR,2023,s
accidents,52,event,road accidents in which someone was hurt,accidents,,GBR,2023,s
town,"48,213",person,inhabitants of the town,inhabitants,,GBR,2023,s
roads,£8.2 million,GBP,spending on roads,roads,,GBR,2023,s
turnout,34.2 %,percent,turnout at the election,election/turnout,election,GBR,2023,s
women,71 %,percent,share of women among victims,victims/women,victims,M49:001,2016,s
men,29 %,percent,share of men among victims,victims/men,victims,M49:001,2016,s
need,10 million,person,people in need,need,,YEM,2023,s
jobless,5-10 million,person,people without work,without_work,,YEM,2023,s
quarter,1 in 4,fraction,children among victims,victims/children,victims,M49:001,2016,s
index,104.2,1,price index,price_index,,ITA,2023,s
beds,88 %,percent,bed occupancy,beds/occupied,beds,GBR,2023,s
slaves,27.6 million,person,people in forced labour,forced_labour,,M49:001,2021,s
marriage,15.4 million,person,people in forced marriage,slavery/forced_marriage,,M49:001,2016,s
kids,about 10 million,person,children in modern slavery,slavery/children,,M49:001,2016,s
boys,16 %,percent,share of boys among victims,victims/boys,victims,M49:001,2016,s
workers_men,45 %,percent,men and boys in forced labour,forced_labour/men,forced_labour,M49:001,,s
workers_home,56 %,percent,those who stayed at home,forced_labour/home,forced_labour,M49:001,,s
slaves_news,an estimated 27.6 million,person,"forced labour, in the news",forced_labour,,M49:001,,s
tourists,1.4 million,person,tourists in France,tourists,,FRA,2024-04,s
tourists_may,1.7 million,person,tourists in France,tourists,,FRA,2024-05,s
fund,17 %,percent,share of the appeal that is funded,appeal/funded,appeal,TCD,2025,s
workers23,"4,000",person,workers of the plant,workers,,DEU,2023,s
workers22,"3,000",person,workers of the plant,workers,,DEU,2022,s
night23,"1,480",person,night workers of the plant,workers/night,workers,DEU,2023,s
night22,"1,250",person,night workers of the plant,workers/night,workers,DEU,2022,s
relations:
id,statement
more_workers,more_workers = workers23 - workers22
"""

TRUE = """
The survey found that 7.6 per cent of men smoke.
The survey found that 7.6 per cent of men in work smoke.
The survey found that 7.613 per cent of men smoke.
71 per cent of victims are women, 29 per cent of victims are men.
Police rescued 220 women from forced marriage last year.
The hotline was called by 2,300 people in forced marriage.
In Africa 3.2 million people were in forced marriage.
In Italy, 29 per cent of victims were boys.
Men and boys made up 71 per cent of victims in 2016.
In 2021, men and boys were 57 per cent of those in forced labour.
Men and boys are 56 per cent of those in forced labour.
The unemployment rate of women was 8.1 per cent in Italy in 2023.
In 2023 the unemployment rate in the district was 8.1 per cent in Italy.
For 2023 the office had foretold an unemployment rate of 8.1 per cent in Italy.
The mayor had promised an unemployment rate of 8.1 per cent in Italy for 2023.
Early in 2023 the unemployment rate in Italy was 8.1 per cent.
In Latvia in 2023, 30 deaths on the road were those of people who cycled in the capital.
In 1998, 300 deaths on the road were counted.
The plant had 4,000 workers in 2023. A year earlier 1,250 night workers had been there.
The plant had 1,480 night workers in 2023. A year earlier its workers were 3,000 in all.
As beds were few in Britain in 2023, 88 per cent of them were occupied.
For 2023 the opposition demands an unemployment rate of 8.1 per cent in Italy.
Fewer than 300 deaths on the road were those of drivers, at least 300 were counted in Latvia.
In the news, 27.6 million people are in forced labour.
The world has 27.6 million people in forced labour; 27.6 million people, the news says.
There are 27.6 million people in forced labour, yes 27.6 million, and once more 27.6 million.
Output fell by 2.4 %.
Output shrank 2.4 % in France in 2023.
Output was 2.4 % lower in France in 2023.
A fall of 2.4 % in output.
The valley has 412 fewer households.
Households in the valley fell by 412.
Turnout in the poll was 43 %.
There were 1,350 deaths on the road.
In 2023, 157,652 arrivals by sea in the north.
People living in Riga: 940,000.
The gala had 312 guests.
The share of pupils who read is 49.3 %.
34.1 % of households have a cat.
The office has 45 new staff.
Each office has 45 staff.
The other office has 45 staff.
Some 45 of the staff of the office are here.
Over half of the office staff, 160, are here.
The other clubs have 1,038 members.
The club has 38 new members.
Members of the club under 30: 38.
About half of the members of the club, 206, came.
Sea arrivals in 2024 will be 150,000.
Sea arrivals in Italy were not 100,000.
The budget of the council for 2024 is £64.1 million.
In 2023 the unemployment rate in Italy fell from 8.1 per cent.
By 2023 the unemployment rate in Italy had fallen from 8.1 per cent.
The unemployment rate in Italy had been 8.1 per cent before 2023.
Before the 2023 reform the unemployment rate in Italy was 8.1 per cent.
A 2023 study puts the unemployment rate in Italy at 8.1 per cent.
The unemployment rate in Italy is 8.1 per cent (Eurostat 2023).
In its 2023 budget, Italy noted an unemployment rate of 8.1 per cent.
At the start of 2023 the unemployment rate in Italy was still 8.1 per cent.
Until 2023 the unemployment rate in Italy was 8.1 per cent.
In January 2023 the unemployment rate in Italy was 8.1 per cent.
The unemployment rate in Italy was lower in 2023 than the 8.1 per cent of 2022.
Fewer tourists came to France in May 2024 than the 1.4 million of April.
By mid-October 2023, 140,006 sea arrivals were counted in Italy.
By 15 October 2023, Italy had 140,006 sea arrivals.
Sea arrivals in Italy peaked at 15,765 in September 2023.
Recorded burglaries in the north were 138.
Recorded burglaries in the north were 31.
Recorded burglaries in December were 38.
There were 25 road accidents in which someone was hurt badly.
Turnout at the European election was 43.2 per cent.
Turnout at the next election was 32.4 per cent.
Turnout among pensioners at the election was 34.0 per cent.
Spending on roads in the north was £8.0 million.
Spending on roads was £2.8 million less than asked for.
Women are 29 per cent of perpetrators.
Women are 29 per cent of perpetrators, and 71 per cent of victims.
Of the victims in 2016, 29 per cent were not women.
Only 29 per cent of victims were not female.
In 2023 the unemployment rate in Italy was more than twice the 3.0 per cent of its northern partner.
Italy would envy 3.0 per cent: its unemployment rate is higher.
In Yemen, 10.2 million people are in need of water.
Of the people in need, 9.7 million are under 18.
In Yemen 7.3 million women are without work.
25.4 per cent of victims of labour exploitation are children.
Only 83 per cent of the appeal is not funded.
There were 4,000 workers in the plant in 2023. Some 1,000 cows live there. The other 33 % are ill.
""".strip().splitlines()


@pytest.mark.parametrize("report", TRUE)
def test_a_true_sentence_is_not_accused(report):
    for each in linted(REGISTER, report).statings:
        assert each.status not in {"contradicts", "qualifier", "precision"}, each


STATED = {
    "The price index in Italy was 104.2 in 2023.": "index",
    "By mid-October 2023, 140,006 sea arrivals were counted in Italy.": "sea_oct",
    "There were 318 recorded burglaries since 2010.": "burgl",
    "In Table 3 there are 318 recorded burglaries.": "burgl",
    "Output fell by 2.4 %.": "neg",
}


@pytest.mark.parametrize("report", STATED)
def test_a_true_sentence_states_its_figure(report):
    found = {each.figure: each.status for each in linted(REGISTER, report).statings}
    assert found.get(STATED[report]) == "stated"


CHANCE = """
Over half of the voters like cats.
In Yemen 7 million people keep bees.
More than 500 dogs live here.
500 apples and 1,400 pears were eaten.
""".strip().splitlines()


@pytest.mark.parametrize("report", CHANCE)
def test_a_number_of_something_else_is_unsourced(report):
    assert {each.status for each in linted(REGISTER, report).statings} == {"unsourced"}


def test_a_hedge_is_not_dropped_from_what_is_denied_or_of_another_time():
    for report in (
        "Riga never had 1 million people living in it.",
        "In 1998, 1 million lived there.",
    ):
        (found,) = linted(REGISTER, report).statings
        assert found.status == "unsourced"
    assert linted(REGISTER, "Riga has 1 million people living in it.").statings[0].status == (
        "qualifier"
    )


VOTERS = """
id,reported,unit,label,concept,base,place,period,source
all,47%,percent,"Alvarez, likely voters",voters/alvarez,voters,US-NM,2026-10,s
women,53%,percent,Alvarez among women,voters/women/alvarez,voters/women,US-NM,2026-10,s
men,41%,percent,Alvarez among men,voters/men/alvarez,voters/men,US-NM,2026-10,s
"""


def test_a_group_said_is_held_against_the_number_of_its_whole():
    report = "Alvarez takes 53 percent of women and just 47 percent of men."
    found = linted(VOTERS, report).statings
    assert [(each.status, each.figure) for each in found] == [
        ("stated", "women"),
        ("contradicts", "men"),
    ]
    assert found[1].offers[0].startswith("fits all (47%")
    others = "".join(
        f"x{share},{share}%,percent,thing of group {share:b},else/x{share},else,US-NM,2026-10,s\n"
        for share in range(10, 99)
    )
    among_many = linted(VOTERS + others, "Alvarez is ahead. She has 47 percent of men.").statings
    assert [(each.status, each.figure) for each in among_many] == [("contradicts", "men")]
    (another_year,) = linted(VOTERS, "Alvarez leads. In 2025 she took 47 percent of men.").statings
    assert another_year.status == "unsourced"


def test_a_number_within_a_range_is_stated_only_where_all_words_are_said():
    (found,) = linted(REGISTER, "Yemen has 7 million people without work.").statings
    assert (found.status, found.reason) == ("stated", "the source has a range")

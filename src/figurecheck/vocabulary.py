"""Words for what numbers are of: their stems, which stand for one thing, and which tell nothing."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import combining, normalize

from snowballstemmer import stemmer

from figurecheck.words import FALLS, FELL, FUNCTION_WORDS

WORD = re.compile(r"[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)?")
NEVER_SAYS = FUNCTION_WORDS | set(
    "a about according after all almost also among an and another any are as at be been before "
    "being between both but by can could did do does during each every few for found from had has "
    "have he her here his how if in into is it its just last least less like made many may more "
    "most much nearly new next no nor not now of off on one only or other our out over own per "
    "said say says she should since so some still such than that the their them then there these "
    "they this those through to too total under until up us very was we were what when where which "
    "while who whom whose will with within would you your "
    "number numbers figure figures amount share shares proportion percentage percent cent rate "
    "level people person persons individuals estimate estimated estimates reported report reports "
    "make makes making hold holds held form forms remain remains remained total totals totalled "
    "stand stands come comes reach reaches amounts numbered numbers show shows showed find finds "
    "give gives slip slips slipped dip dips dipped edged eased inched climb climbs climbed jump "
    "jumps jumped surge surges surged soar soars soared plunge plunged slumped widened narrowed "
    "slowed gained shrank shrunk post posted "
    "recorded stood came reached accounted account counted amounted year years annual annually "
    "million billion thousand trillion hundred quarter quarters month months mid half week weeks "
    "day days increase increased increases rise rises rose risen growth grow grew grown decrease "
    "decreased decline declined fall fell fallen drop dropped change changed changes january "
    "february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec end start beginning "
    "study studies survey surveys census report statistics data release bulletin".split()
)
"""Words that tell nothing of what a number is of, since they stand beside numbers of all kinds."""

RESTRICTS_NOTHING = set(
    "went go goes gone got get gets getting give gave given take takes took taken put puts keep "
    "keeps kept stay stays stayed lie lies lay see sees seen saw know known tell told ask asked "
    "means meant become becomes became begin begins began run runs ran bring brings brought set "
    "sets lead leads led left count counts measure measured provide provides provided produce "
    "produces produced receive receives received collect collected stood standing sit sits have "
    "having do does done doing being seem seems seemed again ever yet already currently today ago "
    "earlier later previous preceding prior previously recently finally therefore however thus "
    "meanwhile instead even quite rather really simply exactly precisely slightly well fewer "
    "alone altogether overall together way ways case thing things everything everybody everyone "
    "anybody somebody people time times story example subject range scale nz hk au ca owned owns "
    "yield yields yielded handle handles handled generate generates generated attract attracts "
    "attracted compared comparison itself himself herself themselves ourselves co same period "
    "source fact point points moment place places picture news yes bit lot ticked kwacha rand "
    "rands naira shilling shillings peso pesos rupee rupees yuan krona kronor krone kroner zloty "
    "forint lira dirham riyal birr cedi dinar baht ringgit taka franc francs "
    "follow follows followed tally worth hardly moved carry carries carried look looks looked "
    "issue issued issues drew draw draws trapped".split()
)
"""Words that do not make what a number is of a part of it, whatever else they say."""

ALIKE = {
    word: line.split()[0]
    for line in (
        "women woman",
        "men man",
        "child children childhood minor minors kids underage",
        "youth youths young teenagers adolescents",
        "older elderly pensioners seniors",
        "population inhabitants residents",
        "household households family families",
        "birth births born birthrate",
        "death deaths died die dying dies dead killed fatal fatality fatalities mortality",
        "injured injuries injury wounded hurt",
        "infection infected infections cases case patients patient",
        "vaccination jabs vaccinated vaccinations immunised immunized immunisation immunization",
        "admission admissions admitted hospitalised hospitalized hospitalisation hospitalization",
        "malnutrition malnourished wasting wasted",
        "unemployment unemployed jobless joblessness",
        "staff employee employees workforce headcount personnel",
        "job jobs",
        "wage wages pay salary salaries paid earnings",
        "income incomes revenue revenues turnover raised earned proceeds",
        "spending spent spend expenditure expenditures outlay expense expenses cost costs",
        "donation donations donated gift gifts",
        "legacy legacies wills bequests bequest",
        "housing homes houses dwellings",
        "respondents respondent respond surveyed polled interviewed interviewees",
        "student students pupil pupils schoolchildren",
        "displaced displacement idp idps uprooted",
        "migrant migrants immigrants immigrant",
        "arrival arrivals arrive arrived arriving landed ashore",
        "visitor visitors tourist tourists visits",
        "emissions emission emitted footprint",
        "coverage covered covers cover",
        "sexual sex",
        "state government governments",
        "marriage married marriages marry",
        "positive positivity reactive",
        "test tests tested testing",
        "loss losses lose loses lost losing",
        "inner internal",
    )
    for word in line.split()
}
"""Words that stand for one thing, by each of them; the first of a line stands for all."""

OF_BOTH_AGES = {
    **dict.fromkeys(("female", "females"), ("women", "girl")),
    **dict.fromkeys(("male", "males"), ("men", "boy")),
}
SHORTEST_SHARED = 5
UP, LESS = "more", "less"
DECLINES = FALLS | FELL | set("lose narrow slow slower plummet dwindle slide sink".split())
CHANGES = DECLINES | set(
    "increase rise growth grow grew grown climb jump surge soar gain expand expansion add change "
    "rose risen widen accelerate improvement improve uptick upturn leap leapt swell raise".split()
)
WAYS = {"up": UP, "down": LESS}
BEHIND = {
    **dict.fromkeys(
        "increase rise growth gain jump surge expansion more higher larger".split(), UP
    ),
    **dict.fromkeys("greater faster above dearer costlier longer".split(), UP),
    **dict.fromkeys("decrease decline fall drop reduction cut loss fewer less lower".split(), LESS),
    **dict.fromkeys("smaller slower below cheaper shorter".split(), LESS),
}
"""Words behind a number that say that it is a change: "5 % more"."""

COMPARATIVES = set(
    "fewer less lower smaller slower below more higher larger greater faster above".split()
)
"""Words that say what is larger than another, whichever of the two came first."""


@lru_cache(50_000)
def stem(word: str) -> tuple[str, ...]:
    """Give what a word stands for, without its ending; nothing for one that tells nothing."""
    plain = _unaccented(word.casefold().replace("’", "'"))
    if plain in NEVER_SAYS or len(plain) == 1:
        return ()
    if plain in OF_BOTH_AGES:
        return OF_BOTH_AGES[plain]
    return (_stemmed(_spelt(ALIKE.get(plain, plain))),)


def _unaccented(word: str) -> str:
    return "".join(each for each in normalize("NFKD", word) if not combining(each))


def _spelt(word: str) -> str:
    """Give one spelling for British and American ones."""
    word = word.replace("our", "or").replace("isation", "ization").replace("programme", "program")
    return re.sub("is(e[ds]?|ing)$", r"iz\1", re.sub("tre(s?)$", r"ter\1", word))


_stemmed = stemmer("english").stemWord


def stems(text: str) -> list[str]:
    """Give the stems of all words of a text; underscores and slashes part words."""
    return [each for word in WORD.findall(text) for each in stem(word)]


MOVES = frozenset(each for word in CHANGES for each in stem(word))
"""What says that something changed, and not of what."""


def alike(word: str, other: str) -> bool:
    """Tell whether a stem only goes on with another: "member" and "membership"."""
    short, long = sorted((word, other), key=len)
    return len(short) >= SHORTEST_SHARED and long.startswith(short)


def says_a_change(word: str) -> str:
    """Say whether a word says that something became more (UP) or LESS; "" where it says neither."""
    forms = {word, *(word.removesuffix(end) for end in ("s", "d", "ed", "ing", "es"))}
    forms.add(re.sub(r"(.)\1(?:ed|ing)$", r"\1", word))
    if not forms.isdisjoint(DECLINES):
        return LESS
    return UP if not forms.isdisjoint(CHANGES) else ""

"""What the words around a number say that it is a number of: words, places and times."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from contextlib import suppress
from datetime import timedelta
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from figurecheck.document import SENTENCE_END
from figurecheck.period import Period, UnknownPeriod, period
from figurecheck.place import Place, named
from figurecheck.vocabulary import (
    BEHIND,
    COMPARATIVES,
    RESTRICTS_NOTHING,
    WAYS,
    WORD,
    says_a_change,
    stem,
    stems,
)
from figurecheck.words import (
    CODES,
    CURRENCIES,
    LARGE,
    MEASURES,
    MONEY,
    MONTHS,
    REFERENCES,
    SMALL,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from figurecheck.document import Block, Document, Mention

What = TypeVar("What")

CHANGED = re.compile(
    r"(?:(?<!made )(?<!make )(?<!makes )(?<!making )\b(?P<way>up|down)"
    r"(?: by| some| about| nearly)?"
    r"|\b(?P<word>[^\W\d_]+)(?: further| again| only| just)?(?: (?:by|of|at))?) $"
)
BY = re.compile(r"\bby(?: about| some| nearly| almost| only| over| more than)? $")
AFTER = re.compile(
    r"\s*(?:(?P<way>up|down)(?= (?:from|on|against|compared|since)\b)|(?P<word>[^\W\d_]+))"
)
THAN_BEFORE = re.compile(
    r" than (?:in |at |during |for )?(?:the (?:year|quarter|month|week|previous|preceding|same)|an? "
    r"(?:year|quarter|month|week)|last |(?:1[89]|20)[0-9]{2}\b)"
)
RELATIVE = re.compile(
    r"\b(?:(?:an?|one|the|two|three|\d+) (?:year|month|quarter|week|decade)s? "
    r"(?:earlier|before|ago|later)"
    r"|(?:the )?(?:previous|preceding|prior|last|next|same) (?:year|month|quarter|week|period)s?)\b",
    re.IGNORECASE,
)
SOME_TIME = "time"
QUARTERS = {"first": "1", "second": "2", "third": "3", "fourth": "4", "final": "4", "last": "4"}
YEAR = r"(?:1[89]|20)[0-9]{2}"
MONTH = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
)
TIMES = re.compile(
    rf"(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)? (?P<of>{MONTH})\.?,? (?P<in>{YEAR})"
    rf"|\b(?P<ends>{MONTH})(?: (?P<ended>{YEAR}))? quarter\b(?: of (?P<quartered>{YEAR}))?"
    rf"|\b(?P<month>{MONTH})\.? (?:(?P<date>[0-9]{{1,2}})(?:st|nd|rd|th)?, )?(?P<on>{YEAR})"
    rf"|\b(?P<edge>[Ee]nd|[Ss]tart|[Bb]eginning)(?: of |-)(?P<whole>{YEAR})"
    rf"|\b[Ee]nd of (?P<closing>{MONTH})(?: (?P<closed>{YEAR}))?\b"
    rf"|Q(?P<quarter>[1-4])[ ,of]{{0,4}}(?P<during>{YEAR})"
    rf"|\b(?P<opens>{MONTH})\.?(?: ?[-–] ?| (?:to|through|until) )(?P<closes>{MONTH})\b\.?"
    rf"(?: (?P<both>{YEAR}))?"
    rf"|(?P<which>first|second|third|fourth|final|last) quarter (?:of )?(?P<within>{YEAR})"
    rf"|\b(?P<only>{MONTH})(?![a-z])(?! ?[0-9]{{4}})"
    r"|\b(?:[Ww]eek|wk\.?) (?P<week>[0-9]{1,2})\b"
    rf"|(?<![0-9.,])(?P<begin>{YEAR})(?:[-–/](?P<end>{YEAR}|[0-9]{{2}}))?(?![0-9]|[.,][0-9])"
)
BOUNDING = re.compile(
    r"\b(?:[Ss]ince|[Uu]ntil|[Bb]efore|[Aa]fter|[Ff]rom|[Tt]han(?: in| for| at| during)?)(?: the)? $"
)
COMPARING = re.compile(r"\b(?:on|over|against|versus|to|with) $")
"""What stands before a bare year that a number is only compared with: "up 4 % on 2023"."""

WHOSE = re.compile(r", (?:when|where) ")
WITHIN = re.compile(
    r"\b(?:quarters?|months?|weeks?|days?|half|season|summer|winter|spring|autumn|part|rest) "
    r"of (?:the )?(?:year )?$"
)
"""What stands before a year of which only a part is meant."""

PLAIN_BEFORE = re.compile(
    r"(?:^|[.;,:(|] ?|(?<!middle )(?<!half )(?<!arly )(?<!late )\b"
    r"(?:[Ii]n|[Dd]uring|[Ff]or|[Oo]f|[Oo]n|[Bb]y|[Aa]t the|[Tt]he|[Aa]t))\s?$"
)
LEADING = re.compile(r"(?:^|[.!?:;,] )(?:In|During|At the|By the|At|By|in|at the|by the)\s$")
IN_PRICES = re.compile(r" (?:prices|terms|dollars|euros|pounds|money|values|study|survey|report)\b")
"""What a number may be of at the start of a sentence: "In 2024 tax arrears", not "in 2024 prices"."""

PLAIN_AFTER = re.compile(
    r"\s*(?:$|[.,;:)|]|[A-Z0-9€$£]|(?:was|were|is|are|had|has|have|there|it|they|we|he|she|the|an?|to|"
    r"and|but|than|at|by|with|in|of|on|when|as|about|over|some|nearly|almost|more|fewer|less)\b)"
)
MONTH_NAMES = (
    "January February March April May June July August September October November December".split()
)
MONTH_NUMBERS = {name[:3].lower(): number for number, name in enumerate(MONTH_NAMES, start=1)}
STOPS = re.compile(";")
PARTS = re.compile(r"[:()–—]|,(?!\d)(?! (?:with|at|or) )")
SILENT = {*SMALL, *LARGE, *RESTRICTS_NOTHING, *CURRENCIES, *(each.lower() for each in CODES)} | {
    word for phrase in MONEY.meanings for word in phrase.split()
}
"""Words that do not say of which part a number is."""

UNIT_STEMS = {stem(word) for phrase in MEASURES.meanings for word in phrase.split()}
BEHIND_UNIT = 20
ONE_OF = re.compile(r"\b(?:an?|per|each|every) $", re.IGNORECASE)

JOINTS = re.compile(r"\b(?:and|but|while|whereas)\b")
JOINED = re.compile(
    r"\b(?:and|but|while|whereas|against|compared|versus|to|from|than|or|with|up|down)\b"
)
LINKS = re.compile(r"\b(?:against|compared|versus|to|from|than|or|with|up|down)\b")
HEAD = re.compile(
    r"(?P<money>(?:US|A|C|NZ)?\$|[£€¥]|\b(?:USD|EUR|GBP) )"
    r"|(?P<scale>\b(?:thousand|million|billion|trillion)|\b(?:m|mn|bn)\b|['’]?000s?\b)"
    r"|(?P<rate>per (?:1,000|10,000|100,000|million)\b)"
    r"|(?P<share>(?<![0-9])(?<![0-9] )%|(?<![0-9] )\bper ?cent\b)"
)
"""What the head of a table says of its numbers."""

CAPTION = re.compile(r"(?:\(|\bin )([^().]{1,40})")
SCALES_OF_HEADS = {
    "m": "million",
    "mn": "million",
    "bn": "billion",
    **dict.fromkeys(("'000", "’000", "000", "'000s", "’000s", "000s"), "thousand"),
}
NAMED = re.compile(r"\b[Ii]n (?:the )?([A-ZÀ-Ý][^\W\d_]{2,}(?: [A-ZÀ-Ý][^\W\d_]+){0,2})(?!['’])\b")
OF = re.compile(
    r"\s*of (?:all |the |those |these |its |their |people |persons |in )*"
    r"(?!(?:them|whom|which|us|you|it|others?)\b)([^\W\d_]+(?:[ -][^\W\d_]+){0,3})"
)
OF_ALL = re.compile(
    r"\b[Oo]f (?:all(?: of)?|every|the (?:world|country|nation)['’]?s) (?:the |its |our |their )?"
    r"(?!(?:these|those|them|this|that|people|persons|who)\b)"
    r"([^\W\d_]+(?:[ -](?!(?:in|at|on|of|for|with|and|or|that|who|which|are|is|was|were|had|has|have|"
    r"live|can|do|did)\b)[^\W\d_]+){0,2})"
)
"""What names the whole of which a share is told."""

NARROWING = re.compile(
    r"\b(?:[Ii]n|[Aa]mong|[Ff]or|[Aa]t|[Bb]y|[Oo]n|[Ff]rom|[Ww]ith|[Uu]nder|[Oo]f|[Ww]ithin)"
    r" (?:the |its |their |an? |all |these |those )*([^\W\d_]+(?:[ -][^\W\d_]+)?)"
    r"|(?<=[a-z,;] )([A-ZÀ-Ý][^\W\d_]+)"
)
"""Words that say of which part something is told: "in the north", "European"."""

AGED = re.compile(
    r"\b(?:under|over|above|below|aged|ages?|older than|younger than|between)[ -]"
    r"(?P<age>[0-9]{1,3})(?:(?:[-–]| (?:to|and) )[0-9]{1,3})?(?![0-9]|[.,][0-9])"
    r"(?: (?:and|or) (?:over|older|above|under|younger|more)\b)?"
    r"|\b(?P<from>[0-9]{1,3})(?:\+(?![0-9])| (?:and|or) (?:over|older|above|under|younger|more)\b|-year-old)"
)
"""What says of which age a group is."""

RUN = r"(?:[^,.;:()]|[.,](?=[0-9]))*"
ASIDE = re.compile(
    rf"\b[Aa]ccording to {RUN}"
    rf"|, (?:which|who|whose|where|when) {RUN},?"
    rf"|, (?:the|its|their|our) (?:most|fewest|highest|lowest|largest|smallest|best|worst)\b{RUN}"
    rf"|,[^,.;:()0-9]{{0,60}}\b(?:says?|said|notes?|noted|writes?|wrote|adds?|added)\b{RUN}"
)
"""What restricts nothing: who says it, and a clause between commas."""

LONG_NAME = re.compile(r"\b[A-Z][a-z]+(?:[ -](?:of |and |for |the )*[A-Z][a-z]+){1,5}\b")
OTHERS = re.compile(r"\b(?:than|unlike|like|from)(?: in)?(?: the)? $")
"""What stands before a place that a number is not of: "sooner than in Germany"."""

COMPARED = re.compile(r"\b(?:than|from|against|versus|unlike|the|its|their|before|after|until) $")
OF_THEM = re.compile(r"\s*(?:of|among) (?:them|these|those|this|that|it|which|whom|whose)\b")
PARTITIVE = re.compile(r"\b(?:[Oo]f (?:the|these|those|them|its|all|which|whom)|[Aa]mong)\b")
DENIED = re.compile(
    r"\b(?:not|never|no|none|nor|neither|instead|another)\b|n['’]t\b", re.IGNORECASE
)
OPPOSED = re.compile(
    r"\b(?:not|never|no|none|nor|neither|others?(?! (?:end|hand|side)\b)|rest|remain(?:s|ed|ing|der)?|without|except|"
    r"lack(?:s|ed|ing)?|fail(?:s|ed)?|exclud\w+|un[a-z]+ed|non-\w+)\b|n['’]t\b",
    re.IGNORECASE,
)
"""What a share of the others is told with."""

WISHED = re.compile(
    r"\b(?:would|could|should|will|might|if|unless|targets?|goals?|aims?|plans?|planned|forecasts?|"
    r"(?:is|are|was|were) to|budgets?|assum(?:es?|ed)|"
    r"foretold|predicted|expect(?:s|ed)?|projected|promised?|hope[sd]?|envy|next|propose[sd]?|"
    r"demand(?:s|ed)|wants?|wanted|urge[sd]?|budgeted)\b",
    re.IGNORECASE,
)
CLAUSE_END = re.compile(rf"{SENTENCE_END.pattern}|[;:]")
BESIDE = 60
LONGEST_OTHER = 30

WEEK, YEAR_OF_DAYS = 7, 365
LONGEST_CAPTION = 150
REACH = 400
"""So many characters on each side are heard."""

SENTENCE = 10
BACK, ON, ABOVE, LED = SENTENCE, 25, SENTENCE, 5
"""How far off is a sentence before, one behind, a heading, a line before that ends with a colon."""

FARTHEST = 40
LINES_BEFORE = 8


class Recurring(NamedTuple):
    """Months, the end of a month, or a week of a year that is not said.

    `last` is the last of several months.
    """

    kind: str
    number: int
    last: int = 0

    def __str__(self) -> str:
        if self.kind == "week":
            return f"week {self.number}"
        if self.kind == "end":
            return f"the end of {MONTH_NAMES[self.number - 1]}"
        names = [MONTH_NAMES[each - 1] for each in (self.number, self.last) if each]
        return " to ".join(names)

    def of(self, period: Period) -> bool | None:
        """Tell whether a period is one; None where it is of another length, so that it may be."""
        first, last = period.first, period.last
        if self.kind == "week":
            return first.isocalendar()[1] == self.number if _days(period) == WEEK else None
        if self.kind == "end":
            return last.month == self.number and (last + timedelta(days=1)).day == 1
        if (first.month, last.month) == (self.number, self.last or self.number):
            return True if _days(period) < YEAR_OF_DAYS else None
        alone = (first.year, first.month) == (last.year, last.month)
        return False if alone and not self.last else None


def _days(period: Period) -> int:
    return (period.last - period.first).days + 1


def times(text: str) -> Iterator[tuple[int, Time]]:
    """Give the periods, months and weeks that a text names, each with its offset.

    What only bounds a time, as "since 2010" does, is none.
    """
    for each in TIMES.finditer(text):
        before = text[max(0, each.start() - LONGEST_OTHER) : each.start()]
        with suppress(UnknownPeriod):
            part = WITHIN.search(before)
            first = LEADING.search(before) and not IN_PRICES.match(text, each.end())
            plain = not part and (
                first or (PLAIN_BEFORE.search(before) and PLAIN_AFTER.match(text, each.end()))
            )
            bounds = BOUNDING.search(before) or (each["begin"] and COMPARING.search(before))
            whose = WHOSE.match(text, each.end()) if bounds else None
            if each["opens"] or whose or not bounds:
                at = whose.end() if whose else each.start()
                yield at, Time(_said(each), bool(plain or whose or each["opens"]))


def _said(found: re.Match[str]) -> Period | Recurring:
    if found["closing"]:
        month, year = MONTH_NUMBERS[found["closing"][:3].lower()], found["closed"]
        whole = period(f"{year}-{month:02}") if year else None
        return period(whole.last.isoformat()) if whole else Recurring("end", month)
    if found["ends"]:
        number = MONTH_NUMBERS[found["ends"][:3].lower()]
        year = found["ended"] or found["quartered"]
        if year and not number % 3:
            return period(f"{year}-Q{number // 3}")
        return Recurring("month", (number - 3) % 12 + 1, number)
    if found["opens"]:
        opens, closes = (MONTH_NUMBERS[found[each][:3].lower()] for each in ("opens", "closes"))
        year = found["both"]
        if year and opens <= closes:
            return period(f"{year}-{opens:02}/{year}-{closes:02}")
        return Recurring("month", opens, closes)
    if found["only"]:
        return Recurring("month", MONTH_NUMBERS[found["only"][:3].lower()])
    if found["week"]:
        return Recurring("week", int(found["week"]))
    return period(_iso(found))


def _iso(found: re.Match[str]) -> str:
    """Give a period as ISO 8601 has it."""
    if found["begin"]:
        begin, end = found["begin"], found["end"] or ""
        whole = begin[: 4 - len(end)] + end
        return f"{begin}/{whole}" if whole > begin else begin
    if found["quarter"] or found["which"]:
        number = found["quarter"] or QUARTERS[found["which"]]
        return f"{found['during'] or found['within']}-Q{number}"
    if found["edge"]:
        return f"{found['whole']}-{'12-31' if found['edge'].lower() == 'end' else '01-01'}"
    name, year = (found["of"] or found["month"]).lower(), found["in"] or found["on"]
    day = found["day"] or found["date"]
    return f"{year}-{MONTH_NUMBERS[name[:3]]:02}" + (f"-{int(day):02}" if day else "")


class Time(NamedTuple):
    """A time that is said; `plain`: as that of what stands beside it, in no "2023 study"."""

    when: Period | Recurring
    plain: bool

    def __str__(self) -> str:
        return str(self.when)


class Context(NamedTuple):
    """What is said around a number, and how far off: 0 beside it, 1 beside another number, ...

    `beside` are the stems beside it, `telling` those of them that may say what, and of which part,
    it is a number of. `earlier`: "year" where "a year earlier" is said, SOME_TIME
    where that is less sure. `change`: UP or LESS where the number says by how much something
    changed. `cell`: it stands in a table. `elsewhere`: a name behind "in". `narrowing`: stems that
    say of which part it is, as "in the north". `of`: the stems behind "of" that follow it, as in
    "5 % of households". `printed` is the number, in a table with the unit and scale that its head
    says. `denied`: something near it says "not"; `real`: nor is it wished for. `compared`: another
    is compared with it. `part`: it may be of a part only, "of these, 5". `moved`: the change is one
    in time. `partial`: it is of what another number counts, as in "5 of them". `of_all`: what is named as the whole,
    as "farms" in "of all farms". `opposed`: the sentence speaks of the others, of the rest, or of what is not so.
    """

    stems: Mapping[str, int]
    places: Sequence[tuple[int, Place]]
    times: Sequence[tuple[int, Time]]
    earlier: str
    change: str
    cell: bool
    elsewhere: str
    narrowing: frozenset[str]
    of: tuple[str, ...]
    printed: str
    denied: bool
    real: bool
    compared: bool
    part: bool
    telling: frozenset[str]
    moved: bool
    opposed: bool
    partial: bool
    of_all: str

    @property
    def beside(self) -> frozenset[str]:
        return frozenset(each for each, distance in self.stems.items() if not distance)


class _Heard(NamedTuple):
    """What a text says, each with its offset, and where its sentences and their parts end."""

    words: Sequence[tuple[int, tuple[str, ...]]]
    places: Sequence[tuple[int, Place]]
    times: Sequence[tuple[int, Time]]
    earlier: Sequence[tuple[int, str]]
    elsewhere: Sequence[tuple[int, str]]
    narrowing: Sequence[tuple[int, str]]
    telling: Sequence[tuple[int, tuple[str, ...]]]
    ages: Sequence[tuple[int, int]]
    asides: Sequence[tuple[int, int]]
    ends: Sequence[int]
    stops: Sequence[int]
    parts: Sequence[int]
    joints: Sequence[int]
    links: Sequence[int]


def _heard(text: str) -> _Heard:
    places = list(named(text))
    others = {at for at, _ in places if OTHERS.search(text[max(0, at - LONGEST_OTHER) : at])}
    words = [(each.start(), stem(each[0])) for each in WORD.finditer(text)]
    names = list(LONG_NAME.finditer(text))
    words += [(each.start(), stem(_initials(each[0]))) for each in names]
    words.sort(key=_place)
    return _Heard(
        [(at, said) for at, said in words if said and at not in others],
        [(at, place) for at, place in places if at not in others],
        sorted(times(text), key=_place),
        [(each.start(), _unit_of_time(each[0])) for each in RELATIVE.finditer(text)],
        [(each.start(), each[1]) for each in NAMED.finditer(text) if _unknown(each[1])],
        [
            (each.start(), each[1] or each[2])
            for each in NARROWING.finditer(text)
            if each[1] or not any(name.start() <= each.start() < name.end() for name in names)
        ],
        sorted(
            [
                (each.start(), told)
                for each in WORD.finditer(text)
                for told in [stem(each[0])]
                if told and each[0].isalpha() and each[0].casefold() not in SILENT
                if told not in UNIT_STEMS or not ONE_OF.search(text[: each.start()][-8:])
            ]
            + [(each.start(), (each["age"] or each["from"],)) for each in AGED.finditer(text)]
        ),
        [each.span() for each in AGED.finditer(text)],
        [each.span() for each in ASIDE.finditer(text)],
        [each.start() for each in SENTENCE_END.finditer(text)],
        [each.start() for each in STOPS.finditer(text)],
        [each.start() for each in PARTS.finditer(text)],
        [each.start() for each in JOINTS.finditer(text)],
        [each.start() for each in LINKS.finditer(text)],
    )


def _initials(name: str) -> str:
    """Give "CAP" for "Common Agricultural Policy"."""
    return "".join(each for each in name if each.isupper())


def _unknown(name: str) -> bool:
    """Tell whether a name is none of a country or a month, and no "Table 3"."""
    if name.partition(" ")[0].lower() in REFERENCES:
        return False
    return name.lower() not in MONTHS and not any(at == 0 for at, _ in named(name))


END, STOP, PART, JOINT, LINK, NUMBER = range(6)


_Parting = tuple[int, int, "int | None"]
"""Where something parts, its kind, and the aside that it is in."""


class _Block:
    """A block with what it says, and what parts its numbers: to the right and to the left."""

    def __init__(self, block: Block) -> None:
        self.text = block.text
        self.heard = _heard(block.text)
        self.spans: list[tuple[int, int]] = []

    @cached_property
    def times_of_compared(self) -> frozenset[int]:
        """Where times stand that are those of a number that another is compared with.

        "Up from 5 in 2023" says nothing of the time of other numbers.
        """
        found = set()
        for place, _ in self.heard.times:
            at = bisect_right(self.spans, place, key=_place) - 1
            if at >= 0:
                start, end = self.spans[at]
                beside = not re.search(r"[.,;:()]", self.text[end:place])
                if beside and COMPARED.search(self.text[max(0, start - LONGEST_OTHER) : start]):
                    found.add(place)
        return frozenset(found)

    @cached_property
    def right(self) -> list[_Parting]:
        return self._partings(1, [start for start, _ in self.spans])

    @cached_property
    def left(self) -> list[_Parting]:
        return self._partings(-1, [end for _, end in self.spans])

    def _partings(self, way: int, numbers: Sequence[int]) -> list[_Parting]:
        heard = self.heard
        kinds = (heard.ends, heard.stops, heard.parts, heard.joints, heard.links, numbers)
        return sorted(
            (way * each, kind, _within(heard.asides, each))
            for kind, places in enumerate(kinds)
            for each in places
        )


class _Steps:
    """How far off from a number the text on one side of it is.

    What parts a number from the next in its sentence, a comma, or an "and" where there is none, or
    else a "to", takes one step, and so do a semicolon and the next number; a sentence takes `sentence`. What
    stands in another `aside` parts nothing.
    """

    def __init__(
        self, partings: Sequence[_Parting], start: int, sentence: int, aside: int | None
    ) -> None:
        self.places, self.distances = [start], [0]
        between: dict[int, list[int]] = {PART: [], JOINT: [], LINK: []}
        first, stop = (bisect_left(partings, (each,)) for each in (start, start + REACH))
        for place, kind, inside in partings[first:stop]:
            if inside not in {None, aside}:
                continue
            if kind in between:
                between[kind].append(place)
                continue
            for each in next(filter(None, between.values()), ()) if kind == NUMBER else ():
                self._step(each, 1)
            self._step(place, sentence if kind == END else 1)
            between = {PART: [], JOINT: [], LINK: []}

    @property
    def reach(self) -> int:
        """Where the text ends that is beside the number."""
        return next(
            (place for place, far in zip(self.places, self.distances, strict=True) if far),
            self.places[0] + REACH,
        )

    def _step(self, place: int, by: int) -> None:
        self.places.append(place)
        self.distances.append(self.distances[-1] + by)

    def distance(self, place: int) -> int:
        return self.distances[bisect_right(self.places, place) - 1]


class Surroundings:
    """The words of a document, to hear what is said around each of its numbers."""

    def __init__(self, document: Document) -> None:
        self.document = document.blocks
        self.places = {id(block): place for place, block in enumerate(document.blocks)}
        self.cells = {each.cell: each for each in document.blocks if each.cell}
        self.blocks: dict[int, _Block] = {}
        for mention in document.mentions:
            here, span = self._block(mention.block), (mention.reading.start, mention.reading.end)
            if _within(here.heard.ages, span[1] - 1) is None:
                here.spans.append(span)
        self.said = lru_cache(1000)(_heard)

    def _block(self, block: Block) -> _Block:
        if id(block) not in self.blocks:
            self.blocks[id(block)] = _Block(block)
        return self.blocks[id(block)]

    def context(self, mention: Mention) -> Context:
        """Give what is said around a number."""
        block, (start, end) = mention.block, (mention.reading.start, mention.reading.end)
        here = self._block(block)
        aside = _within(here.heard.asides, start)
        right, left = _Steps(here.right, end, ON, aside), _Steps(here.left, -start, BACK, aside)

        def placed(said: Sequence[tuple[int, What]]) -> Iterator[tuple[int, int, What]]:
            first, stop = (
                bisect_left(said, each, key=_place) for each in (start - REACH, end + REACH)
            )
            for place, what in said[first:stop]:
                inside = start <= place < end
                side = left.distance(-place) if place < start else right.distance(place)
                if inside or side < FARTHEST:
                    yield place, 0 if inside else side, what

        def near(said: Sequence[tuple[int, What]]) -> Iterator[tuple[int, What]]:
            return ((distance, what) for _, distance, what in placed(said))

        whose = here.times_of_compared

        def outside(said: Sequence[tuple[int, What]]) -> Iterator[tuple[int, What]]:
            for place, distance, what in placed(said):
                elsewhere = _within(here.heard.asides, place) not in {None, aside}
                if not distance or place not in whose:
                    yield distance + elsewhere, what

        def restricting(said: Sequence[tuple[int, What]]) -> Iterator[What]:
            for place, distance, what in placed(said):
                its_unit = what in UNIT_STEMS and start <= place < end + BEHIND_UNIT
                inside = _within(here.heard.asides, place) in {None, aside}
                if not distance and inside and not its_unit:
                    yield what

        around = self._around(mention)
        beside = self._beside(mention, left, right)
        denied = bool(DENIED.search(beside))
        change = _change(block.text, start, end)
        words = list(near(here.heard.words))
        heads = [each for text in self._heads(block)[:2] for _, each in self.said(text).telling]
        places, dates = list(outside(here.heard.places)), list(outside(here.heard.times))
        for distance, text in self._above(block):
            above = self.said(text)
            words += [(distance, each) for _, each in above.words]
            places += [(distance, each) for _, each in above.places]
            dates += [(distance, each) for _, each in above.times]
        nearest: dict[str, int] = {}
        for distance, said in sorted(words, key=_place):
            for each in said:
                nearest.setdefault(each, distance)
        return Context(
            nearest,
            sorted(places, key=_place),
            sorted(dates, key=_place),
            earlier=next((what for distance, what in near(here.heard.earlier) if not distance), ""),
            change=change.way,
            moved=change.moved,
            cell=block.cell is not None,
            elsewhere=next(
                (what for distance, what in near(here.heard.elsewhere) if not distance), ""
            ),
            narrowing=frozenset(
                each
                for words in restricting(here.heard.narrowing)
                for word in WORD.findall(words)
                if word.casefold() not in SILENT
                for each in stem(word)
            ),
            of=_of(block.text, end),
            printed=self._printed(mention),
            denied=denied,
            real=not (denied or WISHED.search(around)),
            compared=bool(COMPARED.search(block.text[max(0, start - LONGEST_OTHER) : start])),
            part=bool(PARTITIVE.search(around)),
            partial=bool(OF_THEM.match(block.text, end)),
            of_all=next(iter(OF_ALL.findall(beside)), ""),
            opposed=bool(OPPOSED.search(beside)),
            telling=frozenset(
                each for said in (*restricting(here.heard.telling), *heads) for each in said
            ),
        )

    def _beside(self, mention: Mention, left: _Steps, right: _Steps) -> str:
        """Give the text that is nearest to a number of all numbers, without the number."""
        text, (start, end) = mention.block.text, (mention.reading.start, mention.reading.end)
        asides = self._block(mention.block).heard.asides
        inside = _within(asides, start)
        first, last = asides[inside] if inside is not None else (0, len(text))
        return f"{text[max(first, -left.reach) : start]}; {text[end : min(last, right.reach)]}"

    def _around(self, mention: Mention) -> str:
        """Give the text beside a number, in its own sentence and without the number."""
        text, (start, end) = mention.block.text, (mention.reading.start, mention.reading.end)
        before = CLAUSE_END.split(text[max(0, start - BESIDE) : start])[-1]
        return f"{before}; {CLAUSE_END.split(text[end : end + BESIDE])[0]}"

    def _printed(self, mention: Mention) -> str:
        """Give the text of a number, with what the head of its column or row says of all."""
        text, cell = mention.text, mention.block.cell
        if not cell or mention.reading.unit:
            return text
        heads = " ".join(text for distance, text in self._above(mention.block) if not distance)
        place = self.places[id(mention.block)]
        while place and self.document[place].cell:
            place -= 1
        caption = CAPTION.search(self.document[place].text[:LONGEST_CAPTION])
        for said in (heads, caption[1] if caption else ""):
            found = {
                kind: each.group() for each in HEAD.finditer(said) for kind in [each.lastgroup]
            }
            if found:
                money = found.get("money", "")
                scale = SCALES_OF_HEADS.get(found.get("scale", ""), found.get("scale", ""))
                rest = found.get("share", "") or found.get("rate", "")
                return " ".join(filter(None, [f"{money}{text}", scale, rest]))
        return text

    def _heads(self, block: Block) -> list[str]:
        """Give the heads of the row and the column of a cell, and that of both."""
        if not block.cell:
            return []
        table, row, column = block.cell
        cells = [(table, row, 1), (table, 1, column), (table, 1, 1)]
        return [self.cells[each].text for each in cells if each in self.cells and each != block.cell]

    def _above(self, block: Block) -> Iterator[tuple[int, str]]:
        """Give the texts that a block stands under or beside, with their distance."""
        for far, heading in enumerate(reversed(block.headings)):
            yield ABOVE + far, heading
        yield from ((0, head) for head in self._heads(block))
        place = self.places[id(block)]
        before = [
            each for each in self.document[max(0, place - LINES_BEFORE) : place] if not each.cell
        ]
        for far, each in enumerate(reversed(before)):
            leads = each.text.rstrip().endswith(":")
            if leads or not far:
                yield LED if leads else ON, each.text[-REACH:]
            if leads:
                return


def _within(spans: Sequence[tuple[int, int]], place: int) -> int | None:
    """Give which of some spans a place is in."""
    at = bisect_right(spans, place, key=_place) - 1
    return at if at >= 0 and place < spans[at][1] else None


def _of(text: str, end: int) -> tuple[str, ...]:
    found = OF.match(text[end : end + 80])
    return tuple(stems(JOINED.split(found[1])[0])) if found else ()


def _unit_of_time(text: str) -> str:
    """Give "year" for "a year earlier"; SOME_TIME for what is less sure."""
    words = text.lower().split()
    units = [unit for unit in ("year", "quarter", "month", "week") if unit in words]
    one = words[0] in {"a", "an", "one", "the", "previous", "preceding", "prior"}
    before = not {"next", "same", "later", "last"} & set(words)
    return units[0] if units and one and before else SOME_TIME


def _place(each: tuple[int, Any]) -> int:
    return each[0]


class _Change(NamedTuple):
    """UP or LESS, and whether that is told as a move in time, not as what is more than another."""

    way: str
    moved: bool


def _change(text: str, start: int, end: int) -> _Change:
    """Say whether a number says by how much something became more (UP) or LESS: "rose by 5"."""
    clause = CLAUSE_END.split(text[max(0, start - REACH // 2) : start])[-1]
    before = CHANGED.search(clause[-40:])
    if before:
        word = (before["word"] or "").lower()
        led = WAYS[before["way"]] if before["way"] else says_a_change(word)
        if led:
            return _Change(led, word not in COMPARATIVES)
    if BY.search(clause):
        for word in reversed(WORD.findall(clause.lower())):
            if says_a_change(word):
                return _Change(says_a_change(word), word not in COMPARATIVES)
    after = AFTER.match(text[end : end + 40])
    word = (after["word"] or "").lower() if after else ""
    if after and after["way"]:
        return _Change(WAYS[after["way"]], moved=True)
    before = bool(after and THAN_BEFORE.match(text, end + after.end()))
    return _Change(_behind(word), before or word not in COMPARATIVES)


def _behind(word: str) -> str:
    return BEHIND.get(word) or BEHIND.get(word.removesuffix("s"), "")

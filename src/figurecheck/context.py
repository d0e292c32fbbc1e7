"""What the words around a number say that it is a number of: words, places and times."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from figurecheck.dates import Time, times
from figurecheck.document import SENTENCE_END
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
    from collections.abc import Iterable, Iterator, Mapping, Sequence

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
    r" than (?:in |at |during |for )?(?:the (?:year|quarter|month|week|previous|preceding|same)"
    r"|an? (?:year|quarter|month|week)|last |(?:1[89]|20)[0-9]{2}\b)"
)
RELATIVE = re.compile(
    r"\b(?:(?:an?|one|the|two|three|\d+) (?:year|month|quarter|week|decade)s? "
    r"(?:earlier|before|ago|later)"
    r"|(?:the )?(?:previous|preceding|prior|last|next|same) "
    r"(?:year|month|quarter|week|period)s?)\b",
    re.IGNORECASE,
)
SOME_TIME = "time"


STOPS = re.compile(r";|(?:(?<=[0-9%])|(?<=llion)|(?<=usand))\n(?=[A-ZÀ-Ý])")
""";" and, in a list of lines, the end of a line with its number."""

BLANKS = dict.fromkeys(map(ord, "\n\r\t\u00a0\u2009\u202f"), " ")
PARTS = re.compile(r"[:()–—]|,(?!\d)(?! (?:with|at|or) )")
NUMBER_WORDS = {*SMALL, *LARGE}
SILENT = {*RESTRICTS_NOTHING, *CURRENCIES, *(each.lower() for each in CODES)} | {
    phrase for phrase in MONEY.meanings if " " not in phrase
}
"""Words that do not say of which part a number is."""

UNIT_STEMS = {stem(word) for phrase in MEASURES.meanings for word in phrase.split()}
NUMBER_STEMS = set(map(stem, NUMBER_WORDS))
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
    r"\b[Oo]f (?:(?:the [a-z]+['’]s |the |its |our |their )?total|all(?: of)?|every"
    r"|the (?:world|country|nation)['’]?s) (?:the |its |our |their )?(?:[^\W\d_]+['’]s )?"
    r"(?!(?:these|those|them|this|that|people|persons|who)\b)"
    r"([^\W\d_]+(?:[ -](?!(?:in|at|on|of|for|with|and|or|that|who|which|are|is|was|were|had|has|"
    r"have|live|can|do|did)\b)[^\W\d_]+){0,2})"
)
"""What names the whole of which a share is told."""

NARROWING = re.compile(
    r"\b(?:[Ii]n|[Aa]mong|[Ff]or|[Aa]t|[Bb]y|[Oo]n|[Ff]rom|[Ww]ith|[Uu]nder|[Oo]f|[Ww]ithin)"
    r" (?:the |its |their |an? |all |these |those )*"
    r"([^\W\d_]+(?:[ -](?!(?:in|among|for|at|by|on|from|with|under|of|within)\b)[^\W\d_]+)?)"
    r"|(?<=[a-z,;] )([A-ZÀ-Ý][^\W\d_]+)"
)
"""Words that say of which part something is told: "in the north", "European"."""

TIME_UNITS = {"year", "month", "week", "day", "quarter"}
LASTING = re.compile(r"\b(?:first|last|past|next|these|those|same) $")
"""What stands before a number that only names a time: "in the first three months"."""

AGED = re.compile(
    r"\b(?:under|over|above|below|aged|ages?|older than|younger than|between)[ -]"
    r"(?P<age>[0-9]{1,3})(?:(?:[-–]| (?:to|and) )[0-9]{1,3})?(?![0-9]|[.,][0-9])"
    r"(?: (?:and|or) (?:over|older|above|under|younger|more)\b)?"
    r"|\b(?P<from>[0-9]{1,3})"
    r"(?:\+(?![0-9])| (?:and|or) (?:over|older|above|under|younger|more)\b|-year-old)"
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
OPENING = re.compile(r"\s*(?:Of|Among|For|Measured (?:in|by|against))\b([^,;:.]*),")
PARTITIVE = re.compile(r"\b(?:[Oo]f (?:the|these|those|them|its|all|which|whom)|[Aa]mong)\b")
DENIED = re.compile(
    r"\b(?:not|never|no|none|nor|neither|instead|another)\b|n['’]t\b", re.IGNORECASE
)
OPPOSED = re.compile(
    r"\b(?:not|never|no|none|nor|neither|others?(?! (?:end|hand|side)\b)|rest|without|except|"
    r"hardly|remain(?:s|ed|ing|der)?|lack(?:s|ed|ing)?|fail(?:s|ed)?|exclud\w+|un[a-z]+ed|non-\w+)\b|n['’]t\b",
    re.IGNORECASE,
)
"""What a share of the others is told with."""

UNSURE = re.compile(
    r"\brespectively\b|^(?:Had|Were|Say)\b|\?[”\"’')\]]*\s*$"
    r"|\b(?i:(?:misprint|errat|mistak|misread|misquot|misstat|confus|incorrect|overlook)\w*|mistook"
    r"|(?<!margin of )(?<!standard )errors?(?! (?:bars?|rates?))|correct(?:ed|s|ion)(?! (?:for|by))"
    r"|typos?|slip|deleted|draft|retracted|wrong|took back|taken back|at par|par rate|one to one)\b"
)
"""What a sentence asks, supposes, or tells of a number that was printed by mistake."""

WISHED = re.compile(
    r"\b(?:would|could|should|will|might|if|unless|targets?|goals?|aims?|plans?|planned|forecasts?|"
    r"(?:is|are|was|were) to|all but|it was said|assum(?:es?|ed)|"
    r"budgets?(?! (?:of|was|were|is|came|stood|rose|fell|grew))|"
    r"foretold|predicted|expect(?:s|ed)?|projected|promised?|hope[sd]?|envy|next|propose[sd]?|"
    r"initially|provisional(?:ly)?|rumou?rs?|wrongly|analysts|thought|claimed|seen at|"
    r"earlier count|"
    r"demand(?:s|ed)|wants?|wanted|urge[sd]?|budgeted|pledge[sd]?|ambitions?|"
    r"designed (?:for|to))\b",
    re.IGNORECASE,
)
CLAUSE_END = re.compile(rf"{SENTENCE_END.pattern}|[;:]")
BESIDE = 60
LONGEST_OTHER = 30

LONGEST_CAPTION = 150
LONGEST_BESIDE = 6
"""So little may stand beside a number in a cell of which it is all."""

REACH = 400
"""So many characters on each side are heard."""

SENTENCE = 10
BACK, ON, ABOVE, LED = SENTENCE, 25, SENTENCE, 5
"""How far off is a sentence before, one behind, a heading, a line before that ends with a colon."""

FARTHEST = 40
LINES_BEFORE = 8


class Context(NamedTuple):
    """What is said around a number, and how far off: 0 beside it, 1 beside another number, ...

    `beside` are the stems beside it, `telling` those of them that may say what, and of which part,
    it is a number of. `earlier`: "year" where "a year earlier" is said, SOME_TIME where that is
    less sure. `change`: UP or LESS where the number says by how much something changed; `moved`:
    in time. `cell`: it stands in a table. `elsewhere`: a name behind "in". `narrowing`: stems that
    say of which part it is, as "in the north". `of`: the stems behind "of" that follow it, as in
    "5 % of households"; `of_all`: what is named as the whole, as in "of all farms". `printed` is
    the number, in a table with the unit and scale that its head says. `denied`: something beside it
    says "not"; `real`: nor is it wished for, nor "respectively" that of another; `opposed`: it is
    told of the others, of the rest, or of what is not so. `compared`: another is compared with it.
    `said` is the text beside it, with it. `part`: it may be of a part only, "of these, 5";
    `partial`: of what another number counts, as in "5 of them".
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
    said: str
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


def _heard(text: str, *, head: bool = False) -> _Heard:
    """Give what a text says; in the `head` of a table the numbers of things tell them apart."""
    lines, text = text, text.translate(BLANKS)
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
                if head or not _counts(text, each)
                if told not in UNIT_STEMS
                or not ONE_OF.search(text[max(0, each.start() - 8) : each.start()])
            ]
            + [(each.start(), (each["age"] or each["from"],)) for each in AGED.finditer(text)]
        ),
        [each.span() for each in AGED.finditer(text)],
        [each.span() for each in ASIDE.finditer(text)],
        [each.start() for each in SENTENCE_END.finditer(text)],
        [each.start() for each in STOPS.finditer(lines)],
        [each.start() for each in PARTS.finditer(text)],
        [each.start() for each in JOINTS.finditer(text)],
        [each.start() for each in LINKS.finditer(text)],
    )


def _opening(text: str, start: int) -> list[tuple[str, ...]]:
    """Give what a sentence opens with, which all its numbers are of: "Of the minutes lost, 5 %"."""
    found = OPENING.match(SENTENCE_END.split(text[max(0, start - REACH) : start])[-1])
    words = WORD.findall(found[1]) if found else []
    return [stem(each) for each in words if each.casefold() not in SILENT | NUMBER_WORDS]


def _counts(text: str, word: re.Match[str]) -> bool:
    """Tell whether a word is a number that counts, and not part of a "two-bedroom" flat."""
    return word[0].casefold() in NUMBER_WORDS and text[word.end() : word.end() + 1] != "-"


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
        self.text = block.text.translate(BLANKS)
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
    def counting(self) -> list[int]:
        """Which asides have a number, in order."""
        found = {_within(self.heard.asides, start) for start, _ in self.spans}
        return sorted(each for each in found if each is not None)

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
    else a "to", takes one step, and so do a semicolon and the next number; a sentence takes
    `sentence`. What stands in another `aside` parts nothing.
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


class _Around:
    """What stands around a number in its block, and how far off."""

    def __init__(self, block: _Block, start: int, end: int) -> None:
        self.block, self.start, self.end = block, start, end
        self.aside = _within(block.heard.asides, start)
        self.right = _Steps(block.right, end, ON, self.aside)
        self.left = _Steps(block.left, -start, BACK, self.aside)

    def _placed(self, said: Sequence[tuple[int, What]]) -> Iterator[tuple[int, int, What]]:
        """Give what is said within reach, with its place and its distance."""
        ends = (self.start - REACH, self.end + REACH)
        first, stop = (bisect_left(said, each, key=_place) for each in ends)
        for place, what in said[first:stop]:
            inside = self.start <= place < self.end
            side = self.left.distance(-place) if place < self.start else self.right.distance(place)
            if inside or side < FARTHEST:
                yield place, 0 if inside else side, what

    def _elsewhere(self, place: int) -> bool:
        """Tell whether a place is in an aside, and the number not."""
        return _within(self.block.heard.asides, place) not in {None, self.aside}

    def _counts(self, place: int) -> bool:
        """Tell whether the aside of a place has a number."""
        aside, counting = _within(self.block.heard.asides, place), self.block.counting
        at = bisect_left(counting, aside) if aside is not None else len(counting)
        return counting[at : at + 1] == [aside]

    def near(
        self, said: Sequence[tuple[int, What]], *, plain: bool = False
    ) -> Iterator[tuple[int, What]]:
        """Give what is said with its distance.

        In an aside it is farther off where that has a number of its own, or if `plain`.
        """
        for place, distance, what in self._placed(said):
            yield distance + (self._elsewhere(place) and (plain or self._counts(place))), what

    def dates(self) -> Iterator[tuple[int, Time]]:
        """Give the times that are said, but those of other numbers with which one is compared."""
        for place, distance, what in self._placed(self.block.heard.times):
            if not distance or place not in self.block.times_of_compared:
                yield distance + self._elsewhere(place), what

    def restricting(self, said: Sequence[tuple[int, What]]) -> Iterator[What]:
        """Give what is said beside the number, but asides, its own words and its unit."""
        for place, distance, what in self._placed(said):
            its_unit = what in UNIT_STEMS and self.start <= place < self.end + BEHIND_UNIT
            its_own = what in NUMBER_STEMS and self.start <= place < self.end
            if not (distance or self._elsewhere(place) or its_unit or its_own):
                yield what

    def first(self, said: Sequence[tuple[int, str]]) -> str:
        """Give the first of what is said beside the number, "" where there is none."""
        return next((what for distance, what in self.near(said) if not distance), "")

    def beside(self) -> str:
        """Give the text that is nearer to the number than to all others, without the number."""
        text, asides = self.block.text, self.block.heard.asides
        first, last = asides[self.aside] if self.aside is not None else (0, len(text))
        before = text[max(first, -self.left.reach) : self.start]
        counting = self.block.counting
        behind = bisect_left(counting, self.end, key=lambda each: asides[each][0])
        aside = asides[counting[behind]][0] if behind < len(counting) else last
        return f"{before}; {text[self.end : min(last, self.right.reach, aside)]}"


class Surroundings:
    """The words of a document, to hear what is said around each of its numbers."""

    def __init__(self, document: Document) -> None:
        self.document = document.blocks
        self.places = {id(block): place for place, block in enumerate(document.blocks)}
        self.cells = {each.cell: each for each in document.blocks if each.cell}
        self.widths: dict[tuple[int, int], int] = {}
        for table, row, column in self.cells:
            self.widths[table, row] = max(column, self.widths.get((table, row), 0))
        self.first_rows: dict[int, int] = {}
        for mention in document.mentions:
            table, row, column = mention.block.cell or (0, 1, 1)
            short = len(mention.block.text) < len(mention.text) + LONGEST_BESIDE
            if column > 1 and row > 1 and (short or not mention.reading.start):
                self.first_rows[table] = min(row, self.first_rows.get(table, row))
        self.blocks: dict[int, _Block] = {}
        for mention in document.mentions:
            here, span = self._block(mention.block), (mention.reading.start, mention.reading.end)
            lasts = mention.reading.unit in TIME_UNITS and LASTING.search(
                here.text[max(0, span[0] - 8) : span[0]]
            )
            if _within(here.heard.ages, span[1] - 1) is None and not lasts:
                here.spans.append(span)
        self.said = lru_cache(1000)(partial(_heard, head=True))

    def _block(self, block: Block) -> _Block:
        if id(block) not in self.blocks:
            self.blocks[id(block)] = _Block(block)
        return self.blocks[id(block)]

    def context(self, mention: Mention) -> Context:
        """Give what is said around a number."""
        block, (start, end) = mention.block, (mention.reading.start, mention.reading.end)
        here = self._block(block)
        of, heard, text = _Around(here, start, end), here.heard, here.text
        around, beside = self._around(mention), of.beside()
        denied, change = bool(DENIED.search(beside)), _change(text, start, end)
        words, heads = list(of.near(heard.words)), self._heads(block)
        places, dates = list(of.near(heard.places, plain=True)), list(of.dates())
        for distance, above in self._above(block):
            said = self.said(above)
            words += [(distance, each) for _, each in said.words]
            places += [(distance, each) for _, each in said.places]
            dates += [(distance, each) for _, each in said.times]
        told = [*of.restricting(heard.telling), *_opening(text, start)]
        told += [each for head in heads for _, each in self.said(head).telling]
        narrowing = [word for run in of.restricting(heard.narrowing) for word in WORD.findall(run)]
        return Context(
            _nearest(words),
            sorted(places, key=_place),
            sorted(dates, key=_place),
            earlier=of.first(heard.earlier),
            change=change.way,
            moved=change.moved,
            cell=block.cell is not None,
            elsewhere=of.first(heard.elsewhere),
            narrowing=frozenset(
                each for word in narrowing if word.casefold() not in SILENT for each in stem(word)
            ),
            of=_of(text, end),
            of_all=next(iter(OF_ALL.findall(beside)), ""),
            printed=self._printed(mention),
            denied=denied,
            real=not (denied or WISHED.search(around) or UNSURE.search(mention.sentence)),
            said=" | ".join([*heads, beside.replace(";", text[start:end], 1)]),
            opposed=bool(OPPOSED.search(beside)),
            compared=bool(COMPARED.search(text[max(0, start - LONGEST_OTHER) : start])),
            part=bool(PARTITIVE.search(around)),
            partial=bool(OF_THEM.match(text, end)),
            telling=frozenset(each for said in told for each in said),
        )

    def _around(self, mention: Mention) -> str:
        """Give the text beside a number, in its own sentence and without the number."""
        text = self._block(mention.block).text
        start, end = mention.reading.start, mention.reading.end
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
        """Give the heads of the row and the columns of a cell.

        A row of heads that is shorter than the others spans several columns, nobody knows which.
        """
        if not block.cell:
            return []
        table, row, column = block.cell
        cells = [(table, row, 1)]
        for above in range(1, min(row, self.first_rows.get(table, 2))):
            short = self.widths[table, above] < self.widths[table, row]
            columns = range(2, self.widths[table, above] + 1) if short else (column,)
            cells += [(table, above, each) for each in columns]
        known = [self.cells[each] for each in cells if each in self.cells and each != block.cell]
        return [each.text for each in known]

    def _corner(self, block: Block) -> Iterator[str]:
        """Give what stands over the heads of the rows."""
        corner = (block.cell[0], 1, 1) if block.cell else None
        if corner in self.cells and corner != block.cell:
            yield self.cells[corner].text

    def _above(self, block: Block) -> Iterator[tuple[int, str]]:
        """Give the texts that a block stands under or beside, with their distance."""
        for far, heading in enumerate(reversed(block.headings)):
            yield ABOVE + far, heading
        yield from ((0, head) for head in (*self._heads(block), *self._corner(block)))
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


def _nearest(words: Iterable[tuple[int, tuple[str, ...]]]) -> dict[str, int]:
    """Give each stem with its least distance."""
    nearest: dict[str, int] = {}
    for distance, said in sorted(words, key=_place):
        for each in said:
            nearest.setdefault(each, distance)
    return nearest


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
    if after is None:
        return _Change("", moved=False)
    if after["way"]:
        return _Change(WAYS[after["way"]], moved=True)
    word, in_time = (after["word"] or "").lower(), THAN_BEFORE.match(text, end + after.end())
    return _Change(_behind(word), bool(in_time) or word not in COMPARATIVES)


def _behind(word: str) -> str:
    return BEHIND.get(word) or BEHIND.get(word.removesuffix("s"), "")

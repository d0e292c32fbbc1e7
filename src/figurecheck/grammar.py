"""From a text to the quantities that it prints, each as its numbers, its unit and its hedge."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from figurecheck import words
from figurecheck.interval import Interval
from figurecheck.numeral import ONE, Number, Share, Vague, numeral, parts, whole
from figurecheck.tokens import JOINABLE, OPENING, Tokens
from figurecheck.units import CURRENCIES

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_SPELLING = 16
LONGEST_SCALE = 3
LONGEST_HEDGE = 5
"""Words of one number, scale words in a row ("lakh crore"), and words of a hedge, beyond which none
is sought."""

VULGAR = dict(
    zip(
        "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞",
        map(Fraction, "1/2 1/3 2/3 1/4 3/4 1/5 2/5 3/5 4/5 1/6 5/6 1/8 3/8 5/8 7/8".split()),
        strict=True,
    )
)
RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
NUMERIC = {"number", "money", "part"}
STARTS = (
    words.HEDGES.longest.keys()
    | words.SMALL.keys()
    | words.PARTS.keys()
    | words.TENFOLD.keys()
    | words.TENS.keys()
    | words.SEVERAL.longest.keys()
    | words.RATIOS.keys()
    | words.DOUBLES.keys()
    | words.MINUS.keys()
    | {code.lower() for code in words.CODES}
    | (words.CURRENCIES.keys() | {letter.lower() for letter in words.LETTERS})
    | words.ARTICLES
    | words.BETWEEN
    | {"every", "plus"}
    | words.IDIOMS.longest.keys()
    | words.PASSING
)
RUN_ENDS = set('()[]{}“”";—…')
DAYS = range(1, 32)
LONGEST_CLAUSE = 6
"""So many words before "from" tell whether it is a change: "rose in May to 12 from 10"."""
GROUPED = 1000
"""From here on a number is large enough to stand in full beside one with a scale word."""


class Found(NamedTuple):
    """A quantity: one number or two, by the characters from `start` to `end`.

    `joint` is the place of what joins two numbers, "to" or a dash.
    """

    ends: tuple[Number | Share | Vague, ...]
    unit: str
    stop: int
    hedge: str = ""
    spread: Interval | None = None
    start: int = 0
    end: int = 0
    joint: int = 0


class End(NamedTuple):
    """A number with what stands right beside it; one end of a range or a quantity by itself.

    `money` says that a currency stands before it.
    """

    printed: Number
    unit: str
    stop: int
    first: int
    money: bool = False


class Reader(Tokens):
    """Reads the tokens of a text from left to right; every step looks a few tokens ahead only.

    A method that finds something gives it with the place behind it. In a `bare` text a number
    alone is a quantity, and no year.
    """

    def __init__(self, text: str, *, bare: bool = False) -> None:
        super().__init__(text)
        self.bare = bare
        self.aside = self.changed = 0
        self.numbers: dict[tuple[int, bool], tuple[Number, int] | None] = {}

    def quantities(self) -> Iterator[Found]:
        """Give every quantity, in order, not overlapping."""
        place = 0
        while place < self.count:
            if self.kinds[place] in NUMERIC or self.row[place] in STARTS:
                found = self.quantity(place)
                if found:
                    yield from found
                    place = found[-1].stop
                    continue
            place = max(self.after(place), self.aside)

    def after(self, place: int) -> int:
        """Give the next place; with a number set aside goes all that is glued to it."""
        stop = place + 1
        if self.kinds[place] == "number":
            while self.glued(stop) and self.row[stop] not in RUN_ENDS:
                stop += 1
        return stop

    def quantity(self, start: int) -> tuple[Found, ...]:
        """Give the quantity that starts here, or the two of a change "from 5 to 6"."""
        clock, hour = self.row[start + 1] == "past", self.row[start + 2]
        if clock and self.row[start] in words.PAST_THE_HOUR and hour in words.HOURS:
            self.aside = start + 3
            return ()
        if idiom := words.IDIOMS.at(self.row, start):
            self.aside = idiom[1]
            return ()
        hedge, place = self.hedge(start)
        before = place
        between = self.row[place] in words.BETWEEN
        if between:
            ages = words.AGES.at(self.row, place + 1)
            inner, place = self.hedge(ages[1] if ages else place + 1)
            hedge = hedge or inner
        if hedge or between:
            place += self.row[place] in words.DEFINITE
        found = self.word(place, between=between) or self.amount(place, hedge, between=between)
        if found is None or (between and len(found.ends) == 1):
            return ()
        if self.during(start, found):
            start, hedge = start + 1, ""
        stated = found._replace(
            hedge=hedge or found.hedge, start=self.starts[start], end=self.ends[found.stop - 1]
        )
        if not (between and self.changes(before, found)):
            return (stated,)
        self.changed = found.stop
        low, high = found.ends
        return (
            stated._replace(
                ends=(low,),
                hedge=hedge,
                spread=None,
                start=self.starts[start + (start == before)],
                end=self.ends[found.joint - 1],
            ),
            found._replace(
                ends=(high,), start=self.starts[found.joint + 1], end=self.ends[found.stop - 1]
            ),
        )

    def during(self, start: int, found: Found) -> bool:
        """Tell whether "over" says how long it takes: "£1.5m over three years"."""
        before = self.row[start - 1]
        spread = before in words.SPREAD or before in words.LARGE or before in words.SUFFIXES
        return self.row[start] == "over" and spread and found.unit in words.TIMES

    def changes(self, place: int, found: Found) -> bool:
        """Tell whether "from 5 to 6" says what was and what is, as behind "rose"; or it falls."""
        if self.row[place] not in words.FROM:
            return False
        low, high = found.ends
        if low.value > high.value:
            return True
        for before in range(place - 1, max(place - 1 - LONGEST_CLAUSE, -1), -1):
            word = self.row[before]
            if word in words.CHANGES or 0 < self.changed == before + 1:
                return True
            if word in words.SPANNED or word in words.SENTENCE_STARTS:
                return False
        return False

    def hedge(self, place: int) -> tuple[str, int]:
        """Give the hedge that counts most of up to three, and where the number starts."""
        heard: list[str] = []
        start = place
        while len(heard) < 3 and (found := words.HEDGES.at(self.row, place)):  # noqa: PLR2004
            heard.append(found[0])
            place = self.estimated(found[1]) if found[0] == "estimated" else found[1]
        if not heard and (after := self.passing(place)):
            return "lower", after
        if heard == ["up to"] and self.row[place - 3] in words.UPWARD:
            return "", start
        hedge = min(heard, key=words.ORDER_OF_HEDGES.index, default="")
        return words.OPPOSITE.get(hedge, hedge) if self.denied(start) else hedge, place

    def estimated(self, place: int) -> int:
        """Step over what is estimated: "an estimated street value of"."""
        of = next(
            (each for each in self.within(place) if self.row[each] in {"of", "at"}), place - 1
        )
        return of + 1 if of >= place and self.kinds[of + 1] in NUMERIC else place

    def passing(self, place: int) -> int:
        """Give where a large number starts that is passed: "passed the 1.5 billion mark"."""
        top = self.row[place] == "top"
        if self.row[place] not in words.PASSING or (
            top and self.row[place - 1] in words.DETERMINERS
        ):
            return 0
        the = self.row[place + 1] == "the"
        stop = place + 1 + the
        if top:
            return stop if self.money(stop)[0] else 0
        number = self.end(stop) if self.kinds[stop] in NUMERIC else None
        if number is None or not (self.sizeable(stop) or number.money):
            return 0
        marked = the and self.row[number.stop] in words.MARKS
        told = self.row[place - 1] in words.BEFORE_PASSING and not self.filler(number.stop)
        return stop if marked or (told and not number.money) else 0

    def denied(self, place: int) -> bool:
        """Tell whether "not" stands before a hedge: "not exceeding", "may not be more than"."""
        before = place - 1
        before -= self.row[before] in words.BEHIND_NOT
        before -= self.row[before] in words.BEHIND_NOT
        short = self.row[before] == "t" and self.row[before - 1] in {"'", "’"}
        return short or self.row[before] in words.NEGATIONS

    def trailing(self, place: int) -> tuple[str, int]:
        """Give a hedge that follows its number: "or more", "+", ", give or take,"."""
        parted = self.row[place] == ","
        found = words.TRAILING_HEDGES.at(self.row, place + parted)
        if found is None or self.numeric(found[1]):
            return "", place
        closed = parted or self.row[place] in words.SET_BEHIND
        return found if not closed or self.row[found[1]] in words.CLOSING else ("", place)

    def trailing_noun(self, place: int) -> tuple[str, int]:
        """Give a hedge that follows what is counted: "64,000 objects or more"."""
        found = self.trailing(place)
        if found[0] or not (self.filler(place) and self.row[place + 1] in words.SET_OFF):
            return found
        behind = self.trailing(place + 1)
        return behind if behind[0] else found

    def hedged(self, place: int) -> bool:
        """Tell whether a hedge ends here."""
        return any(
            (found := words.HEDGES.at(self.row, place - far)) and found[1] == place
            for far in range(1, LONGEST_HEDGE + 1)
        )

    def numeric(self, place: int) -> bool:
        """Tell whether a number starts here, or its hedge."""
        hedged = words.HEDGES.at(self.row, place) is not None
        return hedged or self.kinds[place] in NUMERIC or self.row[place] in words.SMALL

    # Words that are no plain numbers

    def word(self, place: int, *, between: bool) -> Found | None:
        low = self.share(place) or self.lent(place, between=between)
        if low is None:
            return None if between else self.vague(place) or self.ratio(place)
        if again := words.AGAIN.at(self.row, low[1]):
            part = ONE / low[0].whole.value
            return Found((parts(ONE + low[0].value, part),), "ratio", again[1])
        ranged = self.row[low[1]] in words.TO or (between and self.row[low[1]] in words.ANDS)
        high = self.share(low[1] + 1) if ranged else None
        if high is None:
            return Found((low[0],), "fraction", low[1])
        return Found((low[0], high[0]), "fraction", high[1], joint=low[1])

    def lent(self, place: int, *, between: bool) -> tuple[Share, int] | None:
        """Read the lower share of "2 to 3 in 10", which borrows its whole."""
        part = self.number(place, anding=False)
        if part is None or not part[0].plain:
            return None
        stop = part[1]
        ranged = self.row[stop] in words.TO or (between and self.row[stop] in words.ANDS)
        high = self.one_in(stop + 1) if ranged else None
        if high is None or not 0 < part[0].value < high[0].part:
            return None
        return high[0]._replace(part=part[0].value), stop

    def vague(self, place: int) -> Found | None:
        """Read "dozens", "tens of thousands", "several hundred"."""
        word, of, after = self.row[place : place + 3]
        if word in words.TENS and of == "of" and after in words.TENFOLD:
            low, stop = words.TENS[word] * words.TENFOLD[after][0], place + 3
            high = 10 * low
        elif word in words.TENFOLD:
            (low, high), stop = words.TENFOLD[word], place + 1
        elif (several := words.SEVERAL.at(self.row, place)) and self.row[several[1]] in words.LARGE:
            low, stop = int(words.LARGE[self.row[several[1]]]), several[1] + 1
            high = 10 * low
        else:
            return None
        unit, stop = self.unit(stop, "", scaled=True)
        ends = tuple(Vague(Fraction(value), Fraction(low)) for value in (low, high))
        return Found(ends, unit, stop)

    def ratio(self, place: int) -> Found | None:
        word, after = self.row[place], self.row[place + 1]
        value = words.RATIOS.get(word)
        meant = self.row[place - 1] != "to" or self.row[place - 2] in words.MEANS
        doubled = meant and self.filler(place + 1) and after not in words.NEVER_DOUBLED
        if value is None and (
            after in words.AFTER_DOUBLE
            or (self.row[place - 1] in words.MODALS and (doubled or after in words.AFTER_TO_DOUBLE))
        ):
            value = words.DOUBLES.get(word)
        occasions = word in words.TWICE and after not in words.AFTER_TWICE
        if value is None or occasions or after in words.AFTER_NO_RATIO:
            return None
        return Found((parts(value, min(value, ONE)),), "ratio", place + 1)

    def share(self, place: int) -> tuple[Share, int] | None:
        return (
            self.one_in(place)
            or self.named_part(place)
            or self.sign_of_part(place)
            or self.every(place)
        )

    def every(self, place: int) -> tuple[Share, int] | None:
        """Read "every second household", "every fifth flat"; not "every fifth year"."""
        one_of = words.NTH.get(self.row[place + 1]) if self.row[place] == "every" else None
        noun = words.NOUNS.at(self.row, place + 2)
        shared = noun is not None and noun[0] in words.SHARED
        told = self.filler(place + 2) and self.row[place + 2] not in words.NO_SHARES
        told = told and not self.capital(place + 2)
        if one_of is None or not (shared or (told and one_of > 2) or self.bare):  # noqa: PLR2004
            return None
        return Share(ONE, whole(Fraction(one_of))), place + 2

    def one_in(self, place: int) -> tuple[Share, int] | None:
        """Read "one in four", "7 out of 10", "one child in three", "1 in a million"."""
        part = self.number(place)
        if part is None or not part[0].plain:
            return None
        stop = part[1]
        if noun := words.NOUNS.at(self.row, stop):
            stop = noun[1]
        every = words.OUT_OF.at(self.row, stop)
        if every is None and self.row[stop] == "of" and self.row[stop + 1] in words.TENTHS:
            every = "of", stop + 1
        of = self.number(every[1]) if every else None
        if every is None or of is None:
            return None
        total, stop = of
        ranged = self.row[stop] in words.DASHES and self.glued(stop)
        other = words.MEASURES.at(self.row, stop) or words.PERCENT.at(self.row, stop)
        noun = words.NOUNS.at(self.row, stop)
        events = noun and noun[0] == "event" and part[0].value != 1 and every[0] == "in"
        year = every[0] == "in" and self.yearlike(stop - 1)
        if not 0 < part[0].value < total.value or ranged or other or year or events:
            return None
        return Share(part[0].value, total._replace(plain=True)), stop

    def part(self, place: int) -> tuple[Fraction, int, int] | None:
        """Give numerator, denominator and where they stop: "two-thirds", "a quarter", "half"."""
        word = self.row[place]
        if word == "half":
            return ONE, 2, place + 1
        if word not in words.SMALL and word not in words.ARTICLES:
            return None
        stop = self.joined(place + 1)
        stop += self.row[stop] in words.EMPHATIC and self.row[stop + 2] == "of"
        numerator, denominator = words.SMALL.get(word, 1), words.PARTS.get(self.row[stop], 0)
        return (Fraction(numerator), denominator, stop + 1) if 0 < numerator < denominator else None

    def named_part(self, place: int) -> tuple[Share, int] | None:
        found = self.part(place)
        if found is None or self.part_of_number(place):
            return None
        numerator, denominator, stop = found
        hyphen = self.row[stop] in words.DASHES and self.glued(stop)
        before = self.row[place - 1]
        hedged = before == "by" or self.hedged(place)
        plural = self.row[stop - 1].endswith("s")
        given = self.row[stop] == "(" and self.kinds[stop + 1] == "number"
        taken = given or plural or hedged or self.row[stop] in words.AFTER_A_SHARE or self.bare
        if hyphen or before in words.BEFORE_NO_SHARE or not taken:
            return None
        return Share(numerator, whole(Fraction(denominator))), stop

    def sign_of_part(self, place: int) -> tuple[Share, int] | None:
        """Read "¾", and "3/4 of"."""
        if self.kinds[place] == "part" and not self.glued(place) and not self.number(place):
            value = VULGAR[self.row[place]]
            return Share(Fraction(value.numerator), whole(Fraction(value.denominator))), place + 1
        part, slash, total, of = self.row[place : place + 4]
        if slash != "/" or of != "of" or self.glued(place):
            return None
        numbers = numeral(part), numeral(total)
        if not (numbers[0] and numbers[1] and 0 < numbers[0].value < numbers[1].value):
            return None
        return Share(numbers[0].value, numbers[1]), place + 3

    # Numbers

    def number(self, place: int, *, anding: bool = True) -> tuple[Number, int] | None:
        """Read a number with its scale: "27.6 million", "a million", "half a million", "2.7e7".

        Several steps ask for the same place, so the answer is kept.
        """
        key = place, anding
        if key not in self.numbers:
            self.numbers[key] = self.scaled_number(place, anding=anding)
        return self.numbers[key]

    def scaled_number(self, place: int, *, anding: bool) -> tuple[Number, int] | None:
        if self.kinds[place] == "word":
            found = self.part_of_number(place) or self.spelled(place, anding=anding)
        else:
            found = self.digits(place) if self.kinds[place] in NUMERIC else None
        if found is None:
            return None
        printed, stop = found
        for _ in range(LONGEST_SCALE):
            scaled = self.scale(stop)
            if scaled is None:
                break
            if printed.other is not None and self.row[scaled[1] - 1] in words.DOTTED:
                printed = whole(printed.other)
            printed, stop = printed.times(scaled[0]), scaled[1]
        if printed.scale != 1 and printed.whole and (part := self.and_a_part(stop)):
            printed = parts(printed.integer + part[0], part[1]).times(printed.scale)
            stop = part[2]
        share = self.kinds[place] == "part" and printed.scale == 1
        return None if share and not words.MEASURES.at(self.row, stop) else (printed, stop)

    def part_of_number(self, place: int) -> tuple[Number, int] | None:
        """Read "half a million", "a quarter of a million", "half an hour"."""
        found = self.part(place)
        if found is None:
            return None
        numerator, denominator, stop = found
        stop = self.joined(stop)
        if self.row[stop] == "of" and self.row[stop + 1] in words.ARTICLES:
            stop += 1
        article = self.row[stop] in words.ARTICLES
        stop += article
        measured = words.MEASURES.at(self.row, stop) or words.PERCENT.at(self.row, stop)
        if self.row[stop] not in words.LARGE and not (article and measured):
            return None
        return parts(numerator / denominator, Fraction(1, denominator)), stop

    def digits(self, place: int) -> tuple[Number, int] | None:
        if self.kinds[place] == "part":
            value = VULGAR[self.row[place]]
            return parts(value, Fraction(1, value.denominator)), place + 1
        printed, stop = numeral(self.row[place]), place + 1
        if printed is None:
            return None
        if self.noted_number(place):
            return printed, stop + 1
        thousands = self.raised(stop) if self.row[place] == "10" else None
        if thousands and thousands % 3 == 0 and self.kinds[stop + 1] == "word":
            return whole(ONE).times(Fraction(10) ** thousands), stop + 1
        if printed.whole and (part := self.and_a_part(stop)):
            return parts(printed.value + part[0], part[1]), part[2]
        power = self.power(stop)
        return (printed.times(Fraction(10) ** power[0]), power[1]) if power else (printed, stop)

    def noted_number(self, place: int) -> bool:
        """Tell whether the raised digits behind a number are the mark of a note: "3,410¹"."""
        raised = self.kinds[place + 1] == "power" and self.glued(place + 1)
        told = "," in self.row[place] or self.kinds[place + 2] == "word"
        return raised and told and not (self.row[place].isdecimal() or self.glued(place + 2))

    def power(self, place: int) -> tuple[int, int] | None:
        """Read "× 10^7", "x 10⁷", "e7", "E+07"."""
        if self.row[place] == "e" and self.glued(place) and self.glued(place + 1):
            return self.exponent(place + 1)
        if self.row[place] not in {"×", "x", "*"} or self.row[place + 1] != "10":
            return None
        place += 2
        if self.kinds[place] == "power":
            raised = self.raised(place)
            return None if raised is None else (raised, place + 1)
        return self.exponent(place + 1) if self.row[place] == "^" else None

    def raised(self, place: int) -> int | None:
        """Read a raised exponent that is glued to its ten."""
        if self.kinds[place] != "power" or not self.glued(place):
            return None
        raised = self.row[place].translate(RAISED)
        return int(raised) if re.fullmatch("-?[0-9]{1,3}", raised) else None

    def exponent(self, place: int) -> tuple[int, int] | None:
        sign = words.MINUS.get(self.row[place])
        place += sign is not None
        digits = self.row[place]
        if not (self.kinds[place] == "number" and digits.isdecimal() and len(digits) < 4):  # noqa: PLR2004
            return None
        return (sign or 1) * int(digits), place + 1

    def and_a_part(self, place: int) -> tuple[Fraction, Fraction, int] | None:
        """Read "½" or "and a half" behind a whole number, and what its part is a part of."""
        if self.kinds[place] == "part":
            value = VULGAR[self.row[place]]
            return value, Fraction(1, value.denominator), place + 1
        if slashed := self.slashed(place):
            return slashed
        article = self.joined(self.joined(place) + 1)
        stop = self.joined(article + 1) + 1
        part = self.row[stop - 1]
        if self.row[article - 1] not in {"and", "-"} or self.row[article] not in words.ARTICLES:
            return None
        if part not in words.SINGLE_PARTS or self.row[stop] in words.OF_A_PART:
            return None
        return Fraction(1, words.PARTS[part]), Fraction(1, words.PARTS[part]), stop

    def slashed(self, place: int) -> tuple[Fraction, Fraction, int] | None:
        """Read the 1/2 of "3 1/2", and what it is a part of."""
        part, slash, total = self.row[place : place + 3]
        glued = self.glued(place + 1) and self.glued(place + 2) and not self.glued(place)
        named = self.points(place - 2) or self.row[place - 2] in {"group", "ward"}
        if slash != "/" or not glued or named or not self.filler(place + 3):
            return None
        numerator, denominator = numeral(part), numeral(total)
        if not (numerator and denominator and total in words.DENOMINATORS):
            return None
        value = numerator.value / denominator.value
        return (value, 1 / denominator.value, place + 3) if 0 < value < 1 else None

    def spelled(self, place: int, *, anding: bool) -> tuple[Number, int] | None:
        """Read a number in words as far as its last scale word: "one hundred and forty"."""
        if couple := words.COUPLE.at(self.row, place):
            return whole(Fraction(couple[0])), couple[1]
        articled = self.row[place] in words.ARTICLES and self.row[place + 1] in words.LARGE
        if self.row[place] not in words.SMALL and not articled:
            return None
        total, group, stop = 0, words.SMALL.get(self.row[place], 1), place + 1
        while stop < place + LONGEST_SPELLING:
            word = self.row[stop]
            step = self.joined(stop)
            after_and = stop + 1 if anding and word == "and" else stop
            follows = stop + 1 + (anding and self.row[stop + 1] == "and")
            goes_on = total or self.row[follows] in words.SMALL
            units = words.SMALL.get(self.row[step], 0)
            if group % 100 in range(20, 100, 10) and 0 < units < 10:  # noqa: PLR2004
                group, stop = group + units, step + 1
            elif goes_on and word == "hundred" and 0 < group < 100:  # noqa: PLR2004
                group, stop = group * 100, stop + 1
            elif goes_on and word in {"thousand", "million"} and group:
                total, group, stop = total + group * int(words.LARGE[word]), 0, stop + 1
            elif group % 100 == 0 and (group or total) and words.SMALL.get(self.row[after_and]):
                group, stop = group + words.SMALL[self.row[after_and]], after_and + 1
            else:
                break
        if part := self.and_a_part(stop):
            return parts(total + group + part[0], part[1]), part[2]
        return self.spelled_decimals(total + group, stop) or (whole(Fraction(total + group)), stop)

    def spelled_decimals(self, before: int, place: int) -> tuple[Number, int] | None:
        """Read the "point six" of "twenty-seven point six"."""
        stop, decimals = place + 1, ""
        pointed = self.row[place] == "point" and self.row[place - 2 : place] != ["at", "one"]
        while pointed and words.SMALL.get(self.row[stop], 10) < 10:  # noqa: PLR2004
            decimals += str(words.SMALL[self.row[stop]])
            stop += 1
        printed = numeral(f"{before}.{decimals}") if decimals else None
        return (printed._replace(other=None), stop) if printed else None

    def scale(self, place: int) -> tuple[Fraction, int] | None:
        """Read a scale word, or a letter that is glued to its number."""
        glued = self.glued(place)
        place = self.joined(place)
        word = self.row[place]
        scale = words.LARGE.get(word)
        if scale is None and word in words.SUFFIXES and (glued or self.cased(place) == "M"):
            scale = words.SUFFIXES[word]
        if scale is None:
            return None
        dotted = word in words.ABBREVIATIONS and self.row[place + 1] == "."
        return scale, place + 1 + (dotted and self.glued(place + 1))

    # Ends and ranges

    def end(self, place: int, *, anding: bool = True) -> End | None:
        """Read one number with sign, currency, scale and the unit right behind it."""
        first = place
        either = words.PLUS_MINUS.at(self.row, place)
        sign = 1 if either else self.sign(place)
        place = either[1] if either else place + (sign is not None)
        money, place = self.money(place)
        if money and sign is None and (sign := self.sign(place)) is not None:
            place += 1
        found = self.number(place, anding=anding)
        if found is None or not (money or sign or self.free(place)):
            return None
        printed, stop = found
        if money and self.row[stop] == "m":
            printed, stop = printed.times(words.SUFFIXES["m"]), stop + 1
        unit, stop = (money, stop) if money else self.beside(stop)
        first = first if money else place
        return End(printed.signed(sign or 1), unit, stop, first, bool(money))

    def end_after(self, place: int) -> End | None:
        """Read the upper end of a range, to which a dash may be glued."""
        if self.sign(place) is not None or self.money(place)[0]:
            return self.end(place, anding=False)
        found = self.number(place, anding=False)
        return End(found[0], *self.beside(found[1]), place) if found else None

    def sign(self, place: int) -> int | None:
        if self.row[place] == "minus":
            return -1
        if self.row[place] not in words.MINUS or not self.glued(place + 1):
            return None
        before = not self.glued(place) or self.row[place - 1] in OPENING
        return words.MINUS[self.row[place]] if before or self.kinds[place - 1] == "money" else None

    def money(self, place: int) -> tuple[str, int]:
        word = self.row[place]
        if word in words.CURRENCIES:
            dotted = word == "rs" and self.row[place + 1] == "."
            return words.CURRENCIES[word], place + 1 + dotted
        code = self.cased(place)
        if code in words.CODES or (self.bare and code in CURRENCIES):
            return code, place + 1
        letter = code in words.LETTERS and self.glued(place + 1) and self.sizeable(place + 1)
        return (words.LETTERS[code], place + 1) if letter else ("", place)

    def sizeable(self, place: int) -> bool:
        """Tell whether a number is grouped or has a scale word, as no number of a road has."""
        return "," in self.row[place] or self.scale(place + 1) is not None

    def beside(self, place: int) -> tuple[str, int]:
        """Read the unit right behind a number: percent, currency, measure, ratio."""
        start = self.joined(place)
        row = self.row
        if words.CLOCK.at(row, start):
            return "", place
        exact = "." in row[start - 1]
        multiplies = row[start] == "times" and (exact or row[start + 1] in words.AFTER_TIMES)
        if row[start] == "fold" or multiplies:
            return "ratio", start + 1
        if row[start] in {"x", "×"} and self.glued(start) and self.kinds[start + 1] != "number":
            return "ratio", start + 1
        degrees = words.DEGREES.get(self.cased(start)) if self.glued(start) else None
        if degrees and len(row[start - 1]) > 1 and not self.named(start - 1):
            return degrees, start + 1
        of = words.OF.at(row, start)
        found = (
            words.PERCENT.at(row, start)
            or words.MONEY.at(row, of[1] if of else start)
            or self.measure(start)
        )
        if found:
            return found
        code = self.cased(start)
        return (code, start + 1) if code in words.CODES else ("", place)

    def amount(self, place: int, hedge: str, *, between: bool) -> Found | None:
        """Read a number or a range with its unit, unless it is a date, a name or the like."""
        low = self.end(place, anding=not between)
        if low is None or self.based(low):
            return None
        spread, low = self.spread(low)
        high = None if spread else self.high(low, between=between)
        if high is None and (self.broken_off(low.stop) or self.date(low, hedge)):
            return None
        ends = (low,) if high is None else high
        if not ends:
            return None
        unit, stop = ends[-1].unit, ends[-1].stop
        later, stop = self.trailing(stop)
        if later and not unit:
            unit, stop = self.beside(stop)
        if words.COUPLE.at(self.row, low.first):
            later = later or "approx"
        unit, stop = self.unit(stop, unit, scaled=ends[-1].printed.scale != 1)
        if not later:
            later, stop = self.trailing(stop) if unit else self.trailing_noun(stop)
        if len(ends) == 1 and not (self.bare or hedge or later) and self.name(low, unit):
            return None
        if self.row[stop] == "every" and self.number(stop + 1):
            self.aside = stop
            return None
        if not spread:
            spread, after = self.spread(low._replace(stop=stop))
            stop = after.stop
        return Found(tuple(end.printed for end in ends), unit, stop, later, spread, joint=low.stop)

    def based(self, low: End) -> bool:
        """Tell whether a number belongs to another: "95% CI", "the rate per 100,000"."""
        level = low.unit == "percent" and words.SPREADS.at(self.row, low.stop)
        return bool(level) or (self.row[low.first - 1] == "per" and not self.bare)

    def broken_off(self, place: int) -> bool:
        """Tell whether something is glued behind a number that makes it none."""
        if not self.glued(place):
            return False
        if self.kinds[place] in JOINABLE:
            return True
        if not self.glued(place + 1):
            return False
        if self.row[place] in words.DASHES:
            joinable = self.row[place] != "—" and self.kinds[place + 1] in JOINABLE
            return joinable and not (self.row[place + 1] in words.COMPOUNDS or self.base(place))
        if self.row[place] == "/" and self.kinds[place + 1] == "word":
            return self.kinds[place + 2] == "number" and self.glued(place + 2)
        return self.kinds[place + 1] == "number" and self.row[place] not in RUN_ENDS

    def high(self, low: End, *, between: bool) -> tuple[End, ...] | None:
        """Read the rest of a range: both ends with scale and unit shared.

        None if there is no range; an empty tuple if what stands there is to be set aside.
        """
        if self.suspended(low.stop):
            low = low._replace(stop=low.stop + 1)
        joint, place = self.row[low.stop], low.stop + 1
        dash = joint in words.DASHES
        tight = dash and self.glued(low.stop)
        if not (joint in words.TO or (between and joint in words.ANDS)) or (
            dash and tight != self.glued(place)
        ):
            return None
        high = self.end_after(place + (self.row[place] in words.DEFINITE))
        if high is None or (dash and self.apart(low, high)):
            return None
        if not self.alike(low, high, dash=dash, loose=between or tight):
            return None
        if self.broken_off(high.stop) or self.mistaken(low, high, dash=dash, told=between):
            self.aside = high.stop
            return ()
        scale = high.printed.scale
        if tight and low.printed.whole and self.thousands(high):
            of = high.printed.value / GROUPED
            scale = Fraction(GROUPED) if low.printed.value < of < 10 * low.printed.value else scale
        if low.printed.plain and scale != 1:
            unscaled = high.printed.value / scale
            if abs(low.printed.value) < 100 * abs(unscaled):
                low = low._replace(printed=low.printed.times(scale))
        return low, high._replace(unit=high.unit or low.unit)

    def thousands(self, high: End) -> bool:
        """Tell whether a number ends in a printed group of noughts, as that of "40-50,000"."""
        return high.printed.plain and self.row[high.first].endswith(",000")

    def counts(self, place: int) -> bool:
        """Tell whether a word follows that may be counted: "in 1200 homes", "in 1200 of them"."""
        return self.filler(place) or self.row[place] == "of"

    def suspended(self, place: int) -> bool:
        """Tell whether a hyphen stands for what comes later: "a three- to five-year term"."""
        hyphen = self.row[place] in words.DASHES and self.glued(place) and not self.glued(place + 1)
        return hyphen and self.kinds[place + 1] == "word"

    def apart(self, low: End, high: End) -> bool:
        """Tell whether a dash joins no range: "7-Eleven", "£281,373 - 8.3 times earnings"."""
        spelled = {self.kinds[low.first], self.kinds[high.first]} == {"number", "word"}
        falls = low.unit and not high.unit and low.printed.value > high.printed.value
        return bool(falls) or (spelled and not low.money)

    def alike(self, low: End, high: End, *, dash: bool, loose: bool) -> bool:
        """Tell whether two ends make one range.

        Only a bare lower end takes scale and unit from the upper one. `loose` is said of a joint,
        as "between", that leaves little else.
        """
        years = self.yearlike(low.first), self.yearlike(high.first)
        if any(years) and not all(years) and not (self.bare or dash or self.full(low, high)):
            return False
        if low.printed.scale != 1 and high.printed.scale == 1 and high.printed.value < GROUPED:
            return False
        before = self.row[low.first - 1]
        rise = before == "by" or before in words.CHANGES
        scaled = high.printed.scale == 1 or low.printed.scale != 1
        leap = rise and scaled and high.printed.value >= 10 * abs(low.printed.value)
        if low.unit and high.unit:
            risen = before == "by" and low.money and high.printed.value >= 3 * low.printed.value
            return low.unit == high.unit and not (leap or risen)
        if low.unit:
            counted = words.NOUNS.at(self.row, high.stop)
            shared = low.money or (loose and high.printed.scale == 1)
            return shared and not counted
        if high.unit in words.PROPORTIONS and abs(low.printed.value) >= GROUPED:
            return False
        return loose or not (high.money or (leap and not high.unit))

    def full(self, low: End, high: End) -> bool:
        """Tell whether both ends are four digits, of which one may be a year."""
        return all(len(self.row[end.first]) == 4 and end.printed.plain for end in (low, high))  # noqa: PLR2004

    def mistaken(self, low: End, high: End, *, dash: bool, told: bool) -> bool:
        """Tell whether two bare numbers are years, days, a score or a telephone number.

        It is `told` that they are a range where "from" or "between" stands before.
        """
        if words.CLOCK.at(self.row, high.stop):
            return True
        plain = low.printed.plain and high.printed.plain
        if self.bare or low.unit or high.unit or not plain:
            return False
        years = self.yearlike(low.first) + self.yearlike(high.first)
        hundreds = years == 1 and min(low.printed.zeros, high.printed.zeros) > 1
        if (
            (years and not hundreds)
            or self.cited(low.first, high.stop - 1)
            or self.month(high.stop)
            or self.month(low.first - 1 - (self.row[low.first - 1] == "."))
        ):
            return True
        if words.NOUNS.at(self.row, high.stop):
            return False
        lengths = len(self.row[low.first]), len(self.row[high.first])
        falls = low.printed.whole and low.printed.value >= high.printed.value
        if (falls and (dash or not told)) or (dash and lengths == (3, 4)):
            return True
        return self.kinds[low.first] == "number" and self.named(low.first)

    def date(self, low: End, hedge: str) -> bool:
        """Tell whether a number is a day, a year or a time."""
        printed, first, stop = low.printed, low.first, low.stop
        if low.unit or (self.rate(stop) and self.row[first - 1] != "in"):
            return False
        if words.CLOCK.at(self.row, stop) or self.noted(first):
            return True
        if printed.plain and printed.whole and printed.value in DAYS:
            return self.day(first, stop)
        if self.row[first - 1] == "in" and self.medieval(first) and not self.counts(stop):
            return True
        return self.yearlike(first) and self.year(first, stop, hedge)

    def year(self, first: int, stop: int, hedge: str) -> bool:
        """Tell whether four digits are a year: "in 1990", "below 1990 levels"."""
        if self.bare:
            return self.month(first - 1)
        noun = words.NOUNS.at(self.row, stop) and not self.capital(stop)
        if hedge in {"", "approx"}:
            return not noun or (self.row[first - 1] in words.YEAR_BEFORE and not hedge)
        counts = self.filler(stop) and self.row[stop] not in words.AFTER_A_YEAR
        return hedge in words.COMPARED and not (noun or counts)

    def name(self, low: End, unit: str) -> bool:
        """Tell whether a number belongs to a name: "Table 3", "Boeing 747", "Seven"."""
        printed, first = low.printed, low.first
        titled = self.titled(low)
        if unit or titled:
            return titled or (unit in words.COUNTED and self.pointed(first))
        if self.kinds[first] == "word":
            hidden = self.capital(first) and not self.begins(first)
            before = self.row[first - 1]
            if before == "number" or (self.points(first - 1) and self.capital(first - 1)):
                return True
            return printed.scale == 1 and (hidden or (printed.whole and printed.integer in {0, 1}))
        if self.kinds[first] != "number" or self.address(first, low.stop):
            return self.kinds[first] == "number"
        lettered = self.row[low.stop - 1] in words.SUFFIXES and self.points(first - 1)
        if not printed.plain:
            return lettered
        cited = self.cited(first, low.stop - 1) or self.abbreviated(first)
        cited = cited or self.telephone(first)
        return cited or self.listed(first) or self.named(first) or self.in_a_row(first)

    def titled(self, low: End) -> bool:
        """Tell whether a time in words is a title: "the Six-Day War", "the Thirty Years' War"."""
        time = self.joined(low.first + 1)
        long = self.kinds[low.first] == "word" and self.capital(low.first) and self.capital(time)
        behind = time + 1 + 2 * (self.row[time + 1] in {"'", "’"} and self.row[time + 2] == "s")
        behind += self.row[behind] in {"'", "’"}
        named = self.row[low.first - 1] == "the" or self.row[behind] in words.TITLES
        timed = self.row[time].rstrip("s") in words.BASES
        return long and timed and named and self.capital(behind)

    # Spreads

    def spread(self, low: End) -> tuple[Interval | None, End]:
        """Read "± 0.4" or a confidence interval behind a number; the scale may come last."""
        plus_minus = words.PLUS_MINUS.at(self.row, low.stop)
        if plus_minus is None:
            return self.bracket(low)
        half = self.end_after(plus_minus[1])
        if half is None:
            return None, low
        low, scale = self.scaled(low, half.stop, half.printed.scale)
        amount = abs(half.printed.value) * (scale if half.printed.scale == 1 else 1)
        value = low.printed.value
        return Interval.of(value - amount, value + amount), low._replace(unit=low.unit or half.unit)

    def bracket(self, low: End) -> tuple[Interval | None, End]:
        """Read "(95% CI 3.1-5.3)", ", 95% confidence interval 3.1 to 5.3", "(25.0 to 30.2)"."""
        place = low.stop + (self.row[low.stop] in {",", ";"})
        opened = self.row[place] in {"(", "["}
        place += opened
        level = self.end_after(place) if self.kinds[place] == "number" else None
        if level and level.unit == "percent":
            behind = self.joined(level.stop)
            place = behind if words.SPREADS.at(self.row, behind) else place
        label = words.SPREADS.at(self.row, place)
        if label:
            place = label[1] + (self.row[label[1]] in {":", ",", "=", "of"})
        lower = self.end_after(place) if opened or label else None
        if lower is None or self.row[lower.stop] not in words.TO | words.ANDS | {",", ";"}:
            return None, low
        upper = self.end_after(lower.stop + 1)
        if upper is None or lower.printed.value > upper.printed.value:
            return None, low
        stop = upper.stop
        if opened:
            if self.row[stop] not in {")", "]"}:
                return None, low
            stop += 1
        value = low.printed.value
        unscaled = value / low.printed.scale
        ends = lower.printed.value, upper.printed.value
        if not label and not (ends[0] <= value <= ends[1] or ends[0] <= unscaled <= ends[1]):
            return None, low
        low, scale = self.scaled(low, stop, upper.printed.scale)
        factors = (scale if end.printed.scale == 1 else ONE for end in (lower, upper))
        return Interval.of(*(end * by for end, by in zip(ends, factors, strict=True))), low

    def scaled(self, low: End, stop: int, scale: Fraction) -> tuple[End, Fraction]:
        """Give the number with the scale that it shares with its spread, or that comes last."""
        printed = low.printed
        last = self.scale(stop) if printed.scale == 1 else None
        if last:
            scale, stop = last
        if printed.scale == 1 and scale != 1:
            printed = printed.times(scale)
        unit, stop = (low.unit, stop) if low.unit else self.beside(stop)
        return low._replace(printed=printed, unit=unit, stop=stop), printed.scale

    # Units

    def unit(self, place: int, unit: str, *, scaled: bool) -> tuple[str, int]:
        """Read what is counted, then "per 1,000", "a year" and the like."""
        if not unit:
            unit, place = self.noun(place, scaled=scaled)
        if not unit or unit in words.COUNTED:
            unit, place = next(filter(None, map(self.rate, self.within(place))), (unit, place))
        for _ in range(2):
            base = next(filter(None, map(self.base, self.bases(place))), None)
            if base is None:
                break
            unit, place = f"{unit or 1}/{base[0]}", base[1]
        return ("" if self.divided(place) else unit), place

    def divided(self, place: int) -> bool:
        """Tell whether a unit goes on with what nobody knows: "mg/dl"."""
        slash = self.row[place] == "/" and self.glued(place) and self.glued(place + 1)
        return slash and self.kinds[place + 1] == "word"

    def within(self, place: int) -> Iterator[int]:
        """Give this place and those behind up to two words that say more of a noun."""
        yield place
        for stop in (place, place + 1):
            if not self.filler(stop):
                return
            yield stop + 1

    def noun(self, place: int, *, scaled: bool) -> tuple[str, int]:
        """Read the noun that is counted, behind at most two words that say more of it."""
        of = words.OF.at(self.row, place) if scaled else None
        start = of[1] if of else place
        for skip in self.within(start):
            if found := words.NOUNS.at(self.row, skip):
                return found
        return words.MONEY.at(self.row, start) or ("", place)

    def rate(self, place: int) -> tuple[str, int] | None:
        """Read "per 1,000 people", "for every 100,000"."""
        every = words.EVERY.at(self.row, place)
        found = self.number(every[1]) if every else None
        if every and self.row[every[1]] in words.LARGE:
            found = whole(words.LARGE[self.row[every[1]]]), every[1] + 1
        if found is None or found[0].value not in words.RATES:
            return None
        stop = found[1]
        if words.MEASURES.at(self.row, stop):
            return None
        nouns = (words.NOUNS.at(self.row, stop + skip) for skip in range(2))
        return words.RATES[int(found[0].value)], next(filter(None, nouns), ("", stop))[1]

    def bases(self, place: int) -> Iterator[int]:
        """Give the places where a base may stand: "generated a year", "of CO2 per person"."""
        yield place
        if self.row[place].endswith("ed"):
            yield place + 1
        if self.row[place] == "of" and self.kinds[place + 1] == "word":
            yield place + 2 + self.glued(place + 2)

    def base(self, place: int) -> tuple[str, int] | None:
        """Read "a year", "per person", "annually", "per 100 km"; not "a year ago"."""
        place = self.joined(place)
        word = self.row[place]
        if word in words.ADVERBS:
            return words.ADVERBS[word], place + 1
        if word in words.PER and (measured := self.measured(place + 1)):
            return measured
        stop = self.joined(place + 1) + 1
        noun, after = self.row[stop - 1], self.row[stop]
        if word not in words.A_BASE or noun not in words.BASES or after in words.AGO:
            return None
        if word in words.LOOSELY and noun not in words.LOOSE_BASES:
            return None
        return words.BASES[noun], stop

    def measure(self, place: int) -> tuple[str, int] | None:
        """Read a measure, and the 2 of "km2"."""
        found = words.MEASURES.at(self.row, place)
        if found is None or found[0] not in words.LENGTHS or not self.glued(found[1]):
            return found
        power = self.row[found[1]]
        return (f"{found[0]}**{power}", found[1] + 1) if power in words.POWERS else found

    def measured(self, place: int) -> tuple[str, int] | None:
        """Read "km²" or "100 km" behind "per"."""
        several = self.number(place)
        many = int(several[0].value) if several and several[0].value in words.RATES else 1
        found = self.measure(several[1] if several else place)
        if found is None or (several and many == 1):
            return None
        return (f"{many}/{found[0]}" if several else found[0]), found[1]

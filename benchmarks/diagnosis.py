"""How often the slips that are offered for a wrong number are the right ones, or only chance.

True relations are drawn and printed: sums, shares, relative changes, money for each. Then one of
the numbers is made wrong. For another number at random there is nothing to find, and an offer for
more than 5 % of them would be too many. For a number with a slip in it, prints how often the offer
that undoes the slip comes first, and how often it is made at all.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Mapping
from fractions import Fraction
from math import floor
from typing import NamedTuple

from figurecheck.diagnosis import slips
from figurecheck.interval import Interval
from figurecheck.relation import spoken

RELATIONS = 1000
LIMIT = Fraction(5, 100)
DIGITS = (2, 3, 4)
APART = {"of similar size": 3, "of any size": 1000}
"""How many times larger or smaller a number may be that is put in at random."""

SCALES = {"million": Fraction(10**6), "billion": Fraction(10**9), "%": Fraction(1, 100)}
KINDS = {
    "swapped": "two digits",
    "twice": "written twice",
    "once": "written once",
    "power": "times",
    "multiple": "as large",
    "period": "it were for",
    "others": "of the others",
    "sign": "the sign",
    "word": " were ",
}
"""By which of its words the kind of an offer is known, tried in this order."""

Box = Mapping[str, Interval]


class Truth(NamedTuple):
    """A true value, what it is printed as, and with how many digits."""

    value: Fraction
    style: str
    digits: int

    @property
    def text(self) -> str:
        """The value as a report prints it, counts and money in full."""
        if self.style in {"people", "dollars"}:
            return f"{floor(self.value):,} {self.style}"
        scaled = self.value / SCALES[self.style]
        decimals = max(self.digits - len(str(floor(abs(scaled)))), 0)
        number = floor(abs(scaled) * 10**decimals + Fraction(1, 2))
        whole, part = divmod(number, 10**decimals)
        point = f".{part:0{decimals}}" if decimals else ""
        return f"{'-' * (scaled < 0)}{whole:,}{point} {self.style}"

    def times(self, factor: Fraction) -> str:
        return self._replace(value=self.value * factor).text


class Relation(NamedTuple):
    """True values by name, what each is printed as, and how some follow from the others."""

    values: dict[str, Fraction]
    styles: dict[str, str]
    solved: dict[str, Callable[[Box], Interval]]


def total(draw: random.Random) -> Relation:
    """Give a sum of three parts."""
    style, size = draw.choice(
        [("million", 10**6), ("billion", 10**9), ("people", 10), ("dollars", 10)]
    )
    first, second, third = (Fraction(draw.randrange(1_000, 90_000) * size, 10) for _ in range(3))
    return Relation(
        {"all": first + second + third, "first": first, "second": second, "third": third},
        dict.fromkeys(("all", "first", "second", "third"), style),
        {
            "all": lambda box: box["first"] + box["second"] + box["third"],
            "first": lambda box: box["all"] - box["second"] - box["third"],
        },
    )


def share(draw: random.Random) -> Relation:
    """Give a base, a share of it, and what that comes to."""
    base, of = (
        Fraction(draw.randrange(1_000, 99_000) * 1000),
        Fraction(draw.randrange(20, 980), 1000),
    )
    return Relation(
        {"base": base, "share": of, "part": base * of},
        {"base": "million", "share": "%", "part": "million"},
        {
            "base": lambda box: box["part"] / box["share"],
            "share": lambda box: box["part"] / box["base"],
            "part": lambda box: box["base"] * box["share"],
        },
    )


def change(draw: random.Random) -> Relation:
    """Give a relative change, up or down, of a count."""
    old, new = (Fraction(draw.randrange(100_000, 990_000)) for _ in range(2))
    return Relation(
        {"old": old, "new": new, "change": new / old - 1},
        {"old": "people", "new": "people", "change": "%"},
        {"change": lambda box: box["new"] / box["old"] - Interval.point(1)},
    )


def money(draw: random.Random) -> Relation:
    """Give people, dollars for each of them, and what that comes to."""
    people, each = (
        Fraction(draw.randrange(100, 9_900) * 10_000),
        Fraction(draw.randrange(200, 90_000)),
    )
    return Relation(
        {"people": people, "each": each, "all": people * each},
        {"people": "million", "each": "dollars", "all": "billion"},
        {
            "people": lambda box: box["all"] / box["each"],
            "each": lambda box: box["all"] / box["people"],
            "all": lambda box: box["people"] * box["each"],
        },
    )


Slip = Callable[[Truth, random.Random], str]
"""From a true value to a wrong text, or to none where the value cannot have this slip."""


def multiplied(factor: Fraction) -> Slip:
    return lambda truth, _: truth.times(factor)


def of_a_year(parts: int) -> Slip:
    return lambda truth, _: "" if truth.style == "%" else truth.times(Fraction(1, parts))


def other_word(truth: Truth, _: random.Random) -> str:
    if truth.style == "%":
        return truth.times(Fraction(1, 100))
    other = {"million": "billion", "billion": "million"}.get(truth.style, "")
    return truth.text.replace(truth.style, other) if other else ""


def of_the_others(truth: Truth, _: random.Random) -> str:
    share_of_all = truth.style == "%" and 0 < truth.value < 1
    return truth._replace(value=1 - truth.value).text if share_of_all else ""


def other_sign(truth: Truth, _: random.Random) -> str:
    return truth.times(Fraction(-1)) if truth.style == "%" else ""


def retyped(pattern: str, change: str) -> Slip:
    """Change the digits of the printed number at one of the places where a pattern is found."""

    def slip(truth: Truth, draw: random.Random) -> str:
        plain = truth.text.replace(",", "")
        places = [found.start() for found in re.finditer(f"(?={pattern})", plain)]
        if not places:
            return ""
        place = draw.choice(places)
        changed = plain[:place] + re.sub(f"^{pattern}", change, plain[place:])
        whole = re.search("[0-9]+", changed)
        if whole is None or whole[0] != str(int(whole[0])):
            return ""
        grouped = f"{int(whole[0]):,}" if "," in truth.text else whole[0]
        return f"{changed[: whole.start()]}{grouped}{changed[whole.end() :]}"

    return slip


SLIPS: dict[str, tuple[str, Slip]] = {
    "million for billion, or a fraction for %": ("word", other_word),
    "ten times too small": ("power", multiplied(Fraction(1, 10))),
    "ten times too large": ("power", multiplied(Fraction(10))),
    "a hundred times too large": ("power", multiplied(Fraction(100))),
    "two digits swapped": ("swapped", retyped(r"([0-9])(\.?)(?!\1)([0-9])", r"\3\2\1")),
    "a double digit written once": ("twice", retyped(r"([0-9])\1", r"\1")),
    "a digit written twice": ("once", retyped(r"([0-9])", r"\1\1")),
    "the share of the others": ("others", of_the_others),
    "half": ("multiple", multiplied(Fraction(1, 2))),
    "twice": ("multiple", multiplied(Fraction(2))),
    "a quarter for a year": ("period", of_a_year(4)),
    "a month for a year": ("period", of_a_year(12)),
    "the other sign": ("sign", other_sign),
}


def any_other(apart: int) -> Slip:
    """Give a number at random, at most so many times larger or smaller."""
    return lambda truth, draw: truth.times(Fraction(apart ** draw.uniform(-1, 1)))


def offered(wrong: Slip, digits: int) -> list[list[str]]:
    """Make a number wrong in each of many relations, and give the kinds offered where it shows."""
    draw = random.Random(digits)  # noqa: S311 - the same relations every time
    found = []
    for _ in range(RELATIONS):
        relation = draw.choice([total, share, change, money])(draw)
        name = draw.choice(list(relation.solved))
        truths = {
            each: Truth(value, relation.styles[each], digits)
            for each, value in relation.values.items()
        }
        text = wrong(truths[name], draw)
        if text:
            amounts = {each: spoken(truth.text) for each, truth in truths.items()}
            implied = relation.solved[name]({each: amount.wide for each, amount in amounts.items()})
            amount = spoken(text)
            if amount.wide.disjoint(implied):
                found.append([_kind(offer) for offer in slips(text, amount, implied)])
    return found


def _kind(offer: str) -> str:
    return next(kind for kind, words in KINDS.items() if words in offer)


def main() -> None:
    """Put numbers in at random, then slips, and print what is offered."""
    for words, apart in APART.items():
        for digits in DIGITS:
            found = offered(any_other(apart), digits)
            rate = sum(map(bool, found)) / len(found)
            verdict = "within" if rate <= LIMIT else "OVER"
            kinds = Counter(kind for offers in found for kind in set(offers))
            each = ", ".join(f"{kind} {kinds[kind] / len(found):.1%}" for kind in KINDS)
            print(
                f"another number {words}, {digits} digits: offers for {rate:.1%} of "
                f"{len(found):,} ({verdict} {float(LIMIT):.0%}): {each}"
            )
    for slip, (kind, wrong) in SLIPS.items():
        found = [offers for digits in DIGITS for offers in offered(wrong, digits)]
        first = sum(offers[:1] == [kind] for offers in found) / len(found)
        at_all = sum(kind in offers for offers in found) / len(found)
        print(f"{slip}: offered first {first:.0%}, at all {at_all:.0%} (of {len(found):,})")


if __name__ == "__main__":
    main()

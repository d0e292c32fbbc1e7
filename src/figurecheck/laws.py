"""The laws of counts, shares, totals and means: formulas, and what rounded numbers can be."""

from __future__ import annotations

import operator
from fractions import Fraction
from functools import reduce
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar

from figurecheck.interval import WHOLE_LINE, Interval
from figurecheck.wording import number, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Self

MOST_WHOLES = 10_000
"""So many whole numbers are tried where a text leaves open how large a group is."""

LISTED = 5

ALL_SEEN = "any error would have been seen"
OPEN = "the texts leave so much open that no number could break it"
UNCOUNTED = "the texts leave open of how many"


class Carrier(Protocol):
    """Whatever can be added, multiplied and divided: intervals, units, words, terms."""

    def __add__(self, other: Self, /) -> Self: ...
    def __sub__(self, other: Self, /) -> Self: ...
    def __mul__(self, other: Self, /) -> Self: ...
    def __truediv__(self, other: Self, /) -> Self: ...
    def __neg__(self, /) -> Self: ...
    def __pow__(self, exponent: int, /) -> Self: ...
    def overlap(self, other: Self, of: Self, /) -> Self: ...


T = TypeVar("T", bound=Carrier)


# Formulas


def total(*parts: T) -> T:
    """Give the sum of the parts."""
    return reduce(operator.add, parts)


def rest(whole: T, *parts: T) -> T:
    """Give what the parts leave of the whole."""
    return reduce(operator.sub, parts, whole)


def share(part: T, whole: T) -> T:
    """Give what part of the whole the part is."""
    return part / whole


def change(new: T, old: T) -> T:
    """Give the relative change from old to new: 0.5 is half as much again."""
    return (new - old) / old


def multiple(new: T, old: T) -> T:
    """Give how many times the old the new is: 3 is a change of 200 %."""
    return new / old


def points(new: T, old: T) -> T:
    """Give by how much a share has grown, in points: from 20 % to 25 % are 5, a change of 25 %."""
    return new - old


def rate(events: T, exposure: T) -> T:
    """Give the events for each unit of what was exposed to them."""
    return events / exposure


def mean(total: T, n: T) -> T:
    """Give how much of a total there is for each of n."""
    return total / n


def both(a: T, b: T, of: T) -> T:
    """Give how much of a whole two parts of it have in common, as far as that can be known.

    Shares are of one; counts are of `of`.
    """
    return a.overlap(b, of)


class Signature(NamedTuple):
    """A formula of the language: its law, the names of its operands, and those that have values.

    The last name takes any number of operands where it begins with a star.
    """

    law: Callable[..., Any]
    names: tuple[str, ...]
    given: tuple[tuple[str, Fraction], ...] = ()

    @property
    def form(self) -> str:
        """How it is written."""
        stars = [name for name in self.names if name.startswith("*")]
        return ", ".join(
            f"{name[1:]}, ..." if name in stars else f"{name}=..." for name in self.names
        )


FORMULAS: dict[str, Signature] = {
    "total": Signature(total, ("*parts",)),
    "rest": Signature(rest, ("whole", "*parts")),
    "share": Signature(share, ("part", "whole")),
    "change": Signature(change, ("new", "old")),
    "multiple": Signature(multiple, ("new", "old")),
    "points": Signature(points, ("new", "old")),
    "rate": Signature(rate, ("events", "exposure")),
    "mean": Signature(mean, ("total", "n")),
    "both": Signature(both, ("a", "b", "of"), (("of", Fraction(1)),)),
}


# What rounded numbers can be


class Fit(NamedTuple):
    """Whether numbers can be what a law asks, with what they come to in words.

    `powerless` says why no number could have broken it; `power`, where it holds, what kind of error
    may go unseen.
    """

    possible: bool
    words: str
    powerless: str = ""
    power: str = ""


def whole_numbers(interval: Interval) -> range:
    """Give the whole numbers from one on that an interval holds; raises ValueError for too many."""
    counts = interval.intersection(Interval.of(0, None)).whole if _positive(interval) else None
    if counts is None:
        return range(0)
    low, high = counts.lower, counts.upper
    if high is None or low is None or high - low >= MOST_WHOLES:
        raise ValueError(UNCOUNTED)
    return range(max(int(low), 1), int(high) + 1)


def _positive(interval: Interval) -> bool:
    return not interval.disjoint(Interval.of(0, None))


def allowed_counts(share: Interval, n: int) -> Interval | None:
    """Give the whole counts of n that a share may be, from least to most; None where none is."""
    counts = share * Interval.point(n)
    within = Interval.of(0, n)
    return None if counts.disjoint(within) else counts.intersection(within).whole


def _granular(value: Interval, n: Interval, items: Interval, *, within: Interval) -> Fit:
    """A whole number, divided by n, can print to the value (GRIM: Brown & Heathers 2017).

    Where the print is so coarse, or n so great, that every value holds one, nothing is tested.
    """
    groups, parts = whole_numbers(n), whole_numbers(items)
    if not groups or not parts:
        nothing = n if not groups else items
        return Fit(possible=False, words=f"{words(nothing)} holds no whole number of at least one")
    if len(groups) * len(parts) > MOST_WHOLES:
        raise ValueError(UNCOUNTED)
    most, width = groups[-1] * parts[-1], _width(value)
    if width is None or width * most >= 1:
        reason = f"so printed, any value is possible of {number(Fraction(most))}"
        return Fit(possible=True, words=reason, powerless=reason)
    inside = value.intersection(within)
    sizes = [group * part for group in groups for part in parts]
    fitting = [
        f"{words(counts)} of {size}"
        for size in sizes
        if (counts := (inside * Interval.point(size)).whole)
    ]
    if fitting:
        unseen = words(Interval.point(100 * width * most), "percent")
        return Fit(
            possible=True,
            words=f"it may be {', '.join(fitting[:LISTED])}",
            power=f"of wrong values so printed {unseen} may go unseen",
        )
    counts = inside * Interval.point(most)
    nearest = (Fraction(end.value) / most for end in (counts.left.floor(), counts.right.ceil()))
    per = 1 if within == WHOLE_LINE else 100
    printed = [_printed(each, value, width, per) for each in nearest]
    said = f"{words(counts)} of {most} holds no whole number"
    return Fit(possible=False, words=f"{said}; the nearest that fit are {' and '.join(printed)}")


def _width(interval: Interval) -> Fraction | None:
    low, high = interval.lower, interval.upper
    return None if low is None or high is None else high - low


def _printed(value: Fraction, like: Interval, step: Fraction, per: int) -> str:
    """Give a value as it would be printed where another is: to the same digit, cut off or not."""
    if like.left.open:
        shown = -(-value // step) * step
    elif like.right.open:
        shown = value // step * step
    else:
        shown = (value / step + Fraction(1, 2)) // 1 * step if step else value
    return number(shown * per) + " %" * (per != 1)


def possible_share(share: Interval, n: Interval) -> Fit:
    """A share of n, as printed, is some whole count of n."""
    within = Interval.of(0, 1)
    if share.disjoint(within):
        said = words(share * Interval.point(100), "percent")
        return Fit(possible=False, words=f"{said} is no share of a whole")
    return _granular(share, n, Interval.point(1), within=within)


def possible_mean(mean: Interval, n: Interval, items: Interval) -> Fit:
    """A mean of n whole numbers, as printed, has a whole total; of a scale of several items, too.

    Measurements that are no whole numbers have any mean.
    """
    return _granular(mean, n, items, within=WHOLE_LINE)


def partition(shares: Sequence[Interval], n: Interval | None) -> Fit:
    """Shares of n that leave nothing out are whole counts that add up to n.

    Share i allows the counts from ceil to floor of its interval times n; there are such counts
    where each share allows one and the least and the most of them enclose n. Without n they can
    total one, which rounded shares need not display: Mosteller, Youtz & Zahn (1967).
    """
    inside = [each for each in shares if not each.disjoint(Interval.of(0, 1))]
    if len(inside) < len(shares):
        return Fit(possible=False, words="a share lies outside 0-100 %")
    clipped = [each.intersection(Interval.of(0, 1)) for each in inside]
    if all(each == Interval.of(0, 1) for each in clipped):
        return Fit(possible=True, words="", powerless=OPEN)
    in_all = reduce(operator.add, clipped)
    said = f"they total {words(in_all * Interval.point(100), 'percent')}"
    if 1 not in in_all:
        sizes = whole_numbers(n) if n is not None and n.lower == n.upper else ()
        near = [_nearest(clipped, _taken(clipped, size), size) for size in sizes]
        near += [_nearest(clipped, clipped)] if n is None else []
        return Fit(possible=False, words="".join([said, *near]))
    if n is None:
        return Fit(possible=True, words=said, power=_unseen(in_all - Interval.point(1)))
    tried = nearest = ""
    for size in _likely(n):
        counts = _taken(clipped, size)
        known = [each for each in counts if each is not None]
        allowed = "; ".join(words(each) if each else "none" for each in counts[:LISTED])
        allowed += "; ..." * (len(counts) > LISTED)
        tried = f"of {size} they allow {allowed}"
        if len(known) == len(counts):
            sums = reduce(operator.add, known)
            tried += f", in all {words(sums)}"
            if size in sums:
                return Fit(possible=True, words=tried, power=_unseen_of(sums, size))
        nearest = _nearest(shares, counts, size)
    none = f"{words(n)} holds no whole number of at least one"
    return Fit(possible=False, words=tried + nearest if tried else none)


def _taken(shares: Sequence[Interval], size: int) -> list[Interval | None]:
    return [allowed_counts(each, size) for each in shares]


def _nearest(
    shares: Sequence[Interval], taken: Sequence[Interval | None], size: int | None = None
) -> str:
    """Say what each share would be at the nearest, were it the only one that is wrong.

    `taken` is what each takes of all, in whole counts where the size of that is known.
    """
    said, n = [], Interval.point(1 if size is None else size)
    for at, share in enumerate(shares):
        others = [each for place, each in enumerate(taken) if place != at and each is not None]
        rest, within = n - reduce(operator.add, others, Interval.point(0)), Interval.of(0, n.upper)
        width = _width(share)
        if len(others) == len(shares) - 1 and width is not None and not rest.disjoint(within):
            left, own = rest.intersection(within), share * n
            ends = own.left, own.right
            if size is not None:
                ends = own.left.floor(), own.right.ceil()
            near = [Fraction(each.greatest(left.left).least(left.right).value) for each in ends]
            middle = sum((Fraction(each.value) for each in ends), Fraction(0)) / 2
            end = min((abs(each - middle), each) for each in near)[1] / Fraction(n.right.value)
            said.append(f"{_printed(end, share, width, 100)} for share {at + 1}")
    return f"; the nearest that would fit: {' or '.join(said[:LISTED])}" if said else ""


def _likely(n: Interval) -> Iterator[int]:
    """Give the whole numbers that n may be; a wide open one would always offer one that fits."""
    try:
        yield from whole_numbers(n)
    except ValueError:
        yield from range(*_first(n))
        message = "the texts leave open of how many they are shares"
        raise ValueError(message) from None


def _first(n: Interval) -> tuple[int, int]:
    low = max(int(n.left.ceil().value) if n.lower is not None else 1, 1)
    return low, low + MOST_WHOLES


def _unseen(slack: Interval) -> str:
    most = max(abs(each) for each in (slack.lower, slack.upper) if each is not None)
    return f"an error of at most {words(Interval.point(100 * most), 'percent')} may go unseen"


def _unseen_of(sums: Interval, size: int) -> str:
    slack = sums - Interval.point(size)
    most = max(abs(each) for each in (slack.lower, slack.upper) if each is not None)
    return f"an error of {number(most)} of {size} may go unseen" if most else ALL_SEEN


def possible_base(shares: Sequence[Interval], n: Sequence[Interval]) -> Fit:
    """Of the groups that are named, one has whole counts that print to all the shares."""
    fits, powerless = [], []
    for base in n:
        each = [possible_share(share, base) for share in shares]
        if all(found.possible for found in each):
            fits.append(words(base))
            powerless.append(all(found.powerless for found in each))
    named = ", ".join(fits) or "none of them"
    reason = "of a group so large any share so printed is possible" if any(powerless) else ""
    return Fit(bool(fits), f"they fit {named}", reason)


def ordered(values: Sequence[Interval], *, strict: bool = False) -> Fit:
    """Each value is at most the next one."""
    for place, high in enumerate(values):
        for low in values[place + 1 :]:
            above = high.left.above(low.right)
            if above or (strict and high.left.value == low.right.value):
                sign = "less than" if strict else "at most"
                return Fit(possible=False, words=f"{words(high)} is not {sign} {words(low)}")
    open_ended = all(
        not (high.left.finite and low.right.finite)
        for place, high in enumerate(values)
        for low in values[place + 1 :]
    )
    said = "they can stand in this order"
    return Fit(possible=True, words=said, powerless=OPEN if open_ended else "")


SHARE, COUNT, MEAN, VALUE = "share", "count", "mean", "value"


class Law(NamedTuple):
    """A law that texts can only be possible under: what it is given, and of what kind each is.

    `loose` are the arguments by position, the last one any number of them where `many`; `named`
    those that have a name, of which `optional` may be left out and `several` given more than once.
    """

    fits: Callable[[dict[str, list[Interval]]], Fit]
    loose: tuple[tuple[str, str], ...]
    many: bool = False
    named: tuple[tuple[str, str], ...] = ()
    optional: tuple[str, ...] = ()
    several: tuple[str, ...] = ()

    @property
    def kinds(self) -> dict[str, str]:
        return dict(self.loose + self.named)

    @property
    def form(self) -> str:
        """How it is written."""
        named = [name for name, _ in self.named]
        loose = [name for name, _ in self.loose if name not in named]
        return ", ".join([*loose, *["..."] * self.many, *(f"{name}=..." for name in named)])


LAWS: dict[str, Law] = {
    "partition": Law(
        lambda given: partition(given["share"], next(iter(given.get("n", [])), None)),
        (("share", SHARE),),
        many=True,
        named=(("n", COUNT),),
        optional=("n",),
    ),
    "possible_share": Law(
        lambda given: possible_share(given["share"][0], given["n"][0]),
        (("share", SHARE), ("n", COUNT)),
        named=(("n", COUNT),),
    ),
    "possible_mean": Law(
        lambda given: possible_mean(
            given["mean"][0], given["n"][0], given.get("items", [Interval.point(1)])[0]
        ),
        (("mean", MEAN), ("n", COUNT)),
        named=(("n", COUNT), ("items", COUNT)),
        optional=("items",),
    ),
    "possible_base": Law(
        lambda given: possible_base(given["share"], given["n"]),
        (("share", SHARE),),
        many=True,
        named=(("n", COUNT),),
        several=("n",),
    ),
    "ordered": Law(lambda given: ordered(given["value"]), (("value", VALUE),), many=True),
    "ascending": Law(
        lambda given: ordered(given["value"], strict=True), (("value", VALUE),), many=True
    ),
}

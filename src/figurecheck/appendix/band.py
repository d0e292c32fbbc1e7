"""One reading as a picture: narrow band, wide band, tick, arrow or frame, and the same in words."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from figurecheck.appendix.svg import (
    BLUE,
    GREY,
    INK,
    RED,
    SMALL,
    clean,
    element,
    line,
    path,
    picture,
    shortened,
    writing,
)
from figurecheck.wording import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from figurecheck.appendix.scale import Drawn, Scale
    from figurecheck.appendix.svg import Picture
    from figurecheck.interval import Interval

REPORTED, DERIVED, IMPLIED = "reported", "derived", "implied"
UNREPORTED, UNREADABLE = "unreported", "unreadable"
WITHOUT = {UNREPORTED: "not reported", UNREADABLE: "cannot be read"}
HATCHED = (DERIVED, IMPLIED)

HALF, HALF_WIDE, HALF_TICK = 6, 4, 9
HEAD, CAP, HATCH = 8, 3, 4
APART = 1
"""So many pixels at least are left between bands without a common value."""

TICK = 2.5
THIN = 2
"""A band of fewer pixels has a tick beside it."""

CROWD = 200
"""Among more bands than these no gap between two of them is to be seen."""

PAIRS = 3
"""Of so many pairs is said that they are apart though that is not to be seen."""

NAMELESS = "without a label"
EDGE = 4
"""What is drawn at the end of a scale reaches no further beyond it."""


class Band(NamedTuple):
    """What one line shows: a reading with its text as printed, or that there is none.

    `mark` is a word for what is said against it, such as "broken"; `link` the place in the page
    that tells more, such as "#figure-x".
    """

    label: str
    narrow: Interval | None
    wide: Interval | None
    text: str
    kind: str = REPORTED
    mark: str = ""
    link: str = ""


class Placed(NamedTuple):
    """Where the narrow and the wide interval of a band stand."""

    narrow: Drawn | None
    wide: Drawn | None


def row(band: Band, on: Scale, *, width: int = 180, height: int = 20) -> Picture:
    """Give a small picture of one band for a cell of a table, on the scale of its group.

    Its name has no bounds, as the cells beside it say them.
    """
    length, middle = width - 2 * EDGE, height / 2
    axis = line(EDGE, middle, width - EDGE, middle, stroke=GREY, stroke_width=0.5)
    drawn = shape(band, places([band], on, length)[0], EDGE, middle, length)
    sign = mark_of(band.mark, width - 2 * EDGE, EDGE) if band.mark else ""
    body = element("g", axis, drawn, sign, data_kind=band.kind)
    said = ", ".join(filter(None, [*_heads(band), band.mark]))
    return picture([body], ": ".join(filter(None, [band.label, said])), "", width, height)


def without(band: Band) -> bool:
    """Tell whether there is no interval to draw."""
    return band.narrow is None and band.wide is None


def exact(interval: Interval | None) -> bool:
    """Tell whether an interval is one number."""
    return interval is not None and interval.bounded and interval.lower == interval.upper


def told(band: Band, unit: str) -> str:
    """Give in words what the picture of a band shows."""
    parts = _heads(band)
    stands = "bounded to" if band.kind == UNREPORTED else "stands for"
    narrow, wide = (each and words(each, unit) for each in (band.narrow, band.wide))
    parts += [f"{stands} {narrow}"] * bool(narrow and narrow != band.text)
    parts += [f"at the widest {wide}"] * bool(wide and wide != narrow)
    return ", ".join(filter(None, [*parts, band.mark]))


def _heads(band: Band) -> list[str]:
    """Give what is said of a band before its bounds."""
    parts = [band.text if band.kind != UNREPORTED else ""]
    if band.kind in WITHOUT or without(band):
        parts.insert(0, WITHOUT.get(band.kind, WITHOUT[UNREADABLE]))
    if band.kind in HATCHED:
        parts.append(band.kind)
    return parts


def places(bands: Sequence[Band], on: Scale, length: float) -> list[Placed]:
    """Give where the narrow and the wide interval of each band stand, those apart drawn apart."""
    columns = []
    for given in ([each.narrow for each in bands], [each.wide for each in bands]):
        known = [each for each in given if each is not None]
        drawn = iter(_apart(known, [on.drawn(each, length) for each in known]))
        columns.append([None if each is None else next(drawn) for each in given])
    return list(map(Placed, *columns))


def unseen(bands: Sequence[Band], placed: Sequence[Placed]) -> Iterator[str]:
    """Give in words which narrow bands have no common value, and yet no gap that is to be seen."""
    if len(bands) > CROWD:
        yield "Among so many lines, small gaps are not to be seen."
        return
    known = [
        (band, band.narrow, _seen(band.narrow, place.narrow))
        for band, place in zip(bands, placed, strict=True)
        if band.narrow is not None and place.narrow is not None
    ]
    pairs = [
        (known[one][0], known[other][0])
        for one, other in _neighbours([seen for _, _, seen in known])
        if known[other][1].left.above(known[one][1].right)
    ]
    for one, other in pairs[:PAIRS]:
        both = " and ".join(f"{named(each)} ({clean(each.text)})" for each in (one, other))
        yield f"{both} have no value in common, though no gap is to be seen."
    if pairs[PAIRS:]:
        yield f"So it is with {len(pairs) - PAIRS} other pairs."


def named(band: Band) -> str:
    """Give the label of a band, or that it has none."""
    return clean(band.label) or NAMELESS


def _seen(interval: Interval, at: Drawn) -> Drawn:
    """Give what is seen of a band: its tick, where it has one, is wider than itself."""
    if at.end - at.start >= THIN:
        return at
    middle = (at.start + at.end) / 2
    half = TICK / 2 if exact(interval) else CAP
    return at._replace(start=middle - half, end=middle + half)


def _neighbours(drawn: Sequence[Drawn]) -> Iterator[tuple[int, int]]:
    """Give the pairs of which the one does not end a pixel or more before the other starts.

    Those that go far into each other are no pairs: no two of them are taken for disjoint.
    """
    order = sorted(range(len(drawn)), key=lambda each: drawn[each].start)
    starts = [drawn[each].start for each in order]
    for one, place in enumerate(drawn):
        first = bisect_left(starts, place.end - 2 * CAP - APART)
        for other in order[first : bisect_left(starts, place.end + APART)]:
            if other != one:
                yield one, other


def _apart(intervals: Sequence[Interval], drawn: list[Drawn]) -> list[Drawn]:
    """Give the places with a visible gap between what is disjoint, if bands leave room for it.

    For that an end is taken back by half a pixel, the share of it that rounding outward gave.
    """
    moved = list(drawn)
    for one, other in _neighbours(drawn) if len(drawn) <= CROWD else ():
        if intervals[other].left.above(intervals[one].right):
            before, after = drawn[one].end, drawn[other].start
            taken = (APART - (after - before)) / 2
            moved[one] = _taken(moved[one], end=before - taken)
            moved[other] = _taken(moved[other], start=after + taken)
    return moved


def _taken(place: Drawn, start: float = 0, end: float = float("inf")) -> Drawn:
    """Give a place with its ends taken back, unless it would be no band then."""
    new = place._replace(start=max(place.start, start), end=min(place.end, end))
    return new if new.end - new.start >= APART else place


def shape(band: Band, placed: Placed, left: float, y: float, length: float) -> str:
    """Give the picture of a band around a height y, on a scale from `left` over a length."""
    narrow, wide = placed
    if without(band):
        return _frame(WITHOUT.get(band.kind, WITHOUT[UNREADABLE]), left, y, length)
    outer = ""
    if wide is not None and band.wide != band.narrow:
        outer = _body("wide", _moved(wide, left), y, HALF_WIDE, stroke=INK, fill="none")
    if narrow is None:
        return outer
    at = _moved(narrow, left)
    return outer + _narrow(band.kind, at, y, number=exact(band.narrow))


def _moved(place: Drawn, left: float) -> Drawn:
    return place._replace(start=place.start + left, end=place.end + left)


def _narrow(kind: str, at: Drawn, y: float, *, number: bool) -> str:
    middle = (at.start + at.end) / 2
    if number:
        return _tick("exact", middle, y)
    if kind in HATCHED:
        drawn = _body("calculated", at, y, HALF, stroke=BLUE, fill="none", stroke_width=1.5)
        drawn += _hatching(at, y)
    elif kind == UNREPORTED:
        drawn = _body("bounded", at, y, HALF, stroke=INK, fill="none", stroke_dasharray="3 2")
    else:
        drawn = _body("narrow", at, y, HALF, fill=BLUE)
    return drawn + (_tick("thin", middle, y) if at.end - at.start < THIN else "")


def _tick(part: str, x: float, y: float) -> str:
    """Give the tick of an exact number, or with caps of a band that is too thin to see."""
    bars = [path((x, y - HALF_TICK), (x, y + HALF_TICK))]
    if part == "thin":
        bars += [path((x - CAP, end), (x + CAP, end)) for end in (y - HALF_TICK, y + HALF_TICK)]
    width = TICK if part == "exact" else 1.5
    return element("path", d="".join(bars), stroke=INK, stroke_width=width, data_part=part)


def _body(part: str, at: Drawn, y: float, half: float, **drawn: str | float) -> str:
    """Give the outline of a band, with the head of an arrow where it goes on."""
    head = (
        min(HEAD, at.end - at.start)
        if at.before != at.after
        else min(HEAD, (at.end - at.start) / 2)
    )
    right = [(at.end, y - half), (at.end, y + half)]
    left = [(at.start, y + half), (at.start, y - half)]
    if at.after:
        neck = at.end - head
        right = [(neck, y - half), (neck, y - half - CAP), (at.end, y)]
        right += [(neck, y + half + CAP), (neck, y + half)]
    if at.before:
        neck = at.start + head
        left = [(neck, y + half), (neck, y + half + CAP), (at.start, y)]
        left += [(neck, y - half - CAP), (neck, y - half)]
    goes_on = " ".join(["left"] * at.before + ["right"] * at.after) or None
    outline = path(*right, *left, closed=True)
    return element("path", d=outline, **drawn, data_part=part, data_open=goes_on)


def _hatching(at: Drawn, y: float) -> str:
    """Give upright lines in a band, which grey print tells from a filled one."""
    start, end = at.start + HEAD * at.before, at.end - HEAD * at.after
    count = max(int((end - start) / HATCH), 0)
    bars = [start + HATCH * each for each in range(1, count + 1)]
    drawn = "".join(path((x, y - HALF), (x, y + HALF)) for x in bars)
    return element("path", d=drawn, stroke=BLUE) if drawn else ""


def _frame(words_in_it: str, left: float, y: float, length: float) -> str:
    """Give an empty frame with the words why it is empty."""
    outline = path(
        (left, y - HALF_TICK),
        (left + length, y - HALF_TICK),
        (left + length, y + HALF_TICK),
        (left, y + HALF_TICK),
        closed=True,
    )
    frame = element(
        "path", d=outline, fill="none", stroke=GREY, stroke_dasharray="4 3", data_part="none"
    )
    said = shortened(words_in_it, length - CAP, SMALL)
    return frame + writing(said, left + length / 2, y, size=SMALL, anchor="middle")


def mark_of(mark: str, x: float, y: float, half: float = 3.5) -> str:
    """Give the sign of a mark around a place: each another shape, a cross where it is broken."""
    right, left, low, high = x + half, x - half, y + half, y - half
    known = {
        "broken": path((left, high), (right, low)) + path((left, low), (right, high)),
        "borderline": path((left, low), (right, low), (x, high), closed=True),
        "waived": path((left, y), (x, high), (right, y), (x, low), closed=True),
    }
    other = path((left, high), (right, high), (right, low), (left, low), closed=True)
    stroke = RED if mark == "broken" else INK
    width = 2.5 if mark == "broken" else 1.2
    sign = known.get(clean(mark), other)
    return element("path", d=sign, fill="none", stroke=stroke, stroke_width=width, data_part="mark")

"""A figure over time: boxes as wide as their periods and as high as their bands, by edition."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from figurecheck.appendix.band import (
    HATCHED,
    THIN,
    UNREADABLE,
    UNREPORTED,
    WITHOUT,
    exact,
    mark_of,
    named,
    places,
    told,
    unseen,
    without,
)
from figurecheck.appendix.picture import KEYS as PARTS
from figurecheck.appendix.picture import SWATCH, caption, legend, reach, tick_words
from figurecheck.appendix.scale import scale
from figurecheck.appendix.svg import (
    BLUE,
    GREY,
    INK,
    SMALL,
    breadth,
    clean,
    element,
    line,
    linked,
    path,
    picture,
    pixels,
    shortened,
    titled,
    writing,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from figurecheck.appendix.band import Band, Placed
    from figurecheck.appendix.scale import Drawn, Scale
    from figurecheck.appendix.svg import Picture

WIDTH, HEIGHT, TOP = 680, 260, 38
INSET = 1.5
MARGIN = 4
"""So much is left to the right of the last day, whose box may be wider than the day."""
CAP, HEAD, HATCH = 4, 7, 5
MONTHS = 12
STEPS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000)
"""Months from tick to tick."""

SHORT = 500
"""Fewer days than these are told in months."""

SIGN = 14

DASHES = (None, "7 3", "2 2", "9 2 2 2")
"""How the outlines of editions differ; a letter tells them apart beyond that."""

KEYS = {name: PARTS[name] for name in ("calculated", "bounded", "wide")}
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Point(NamedTuple):
    """A band over a period, its first and last day included, in an edition or a source."""

    first: date
    last: date
    band: Band
    edition: str = ""


class Box(NamedTuple):
    """A rectangle, from its left upper to its right lower corner."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def series(points: Iterable[Point], unit: str, title: str) -> Picture:
    """Give bands over the periods that they are of; editions differ in outline, and by letters."""
    listed = list(points)
    return _Chart(listed, unit).picture(title)


class _Chart:
    """A field with values upward and days to the right."""

    def __init__(self, points: Sequence[Point], unit: str) -> None:
        known = [each for point in points for each in (point.band.narrow, point.band.wide) if each]
        self.points, self.unit = points, unit
        self.scale: Scale = scale(known, unit)
        self.placed = places([each.band for each in points], self.scale, HEIGHT)
        days = [day.toordinal() for each in points for day in (each.first, each.last)]
        self.begin, self.end = min(days, default=1), max(days, default=1) + 1
        self.editions = list(dict.fromkeys(clean(each.edition) for each in points))
        self.ticks = [(each, tick_words(each, unit)) for each in self.scale.ticks]
        widest = max((breadth(said, SMALL) for _, said in self.ticks), default=0)
        self.left = widest + 14

    def picture(self, title: str) -> Picture:
        """Give the whole picture."""
        body = "".join(
            element("g", *self._point(each, placed), data_kind=each.band.kind)
            for each, placed in zip(self.points, self.placed, strict=True)
        )
        keys, height = self._keys(body)
        labels = dict(self._labels())
        parts = [*self._axes(labels), body, *labels.values(), *keys]
        return picture(parts, title, " ".join(self._said()), WIDTH, height)

    def _said(self) -> Iterator[str]:
        yield f"Readings over time on a scale{reach(self.scale, self.unit)}: {len(self.points)}."
        for each in self.points:
            edition = f" ({clean(each.edition)})" if len(self.editions) > 1 and each.edition else ""
            yield f"{_dated(each)}{edition}: {told(each.band, self.unit)}."
        yield from unseen([each.band for each in self.points], self.placed)

    def _x(self, day: int) -> float:
        return self.left + (day - self.begin) / (self.end - self.begin) * (
            WIDTH - MARGIN - self.left
        )

    def _box(self, point: Point, place: Drawn | None, inset: float = 0) -> Box:
        """Give where a band of a point stands; without a place, all of its period."""
        left, right = self._x(point.first.toordinal()), self._x(point.last.toordinal() + 1)
        inset = INSET + (right - left) * inset
        left, right = left + inset, max(right - inset, left + inset + 2)
        if place is None:
            return Box(left, TOP, right, TOP + HEIGHT)
        return Box(left, TOP + HEIGHT - place.end, right, TOP + HEIGHT - place.start)

    def _point(self, point: Point, placed: Placed) -> Iterator[str]:
        band, (narrow, wide) = point.band, placed
        yield titled(f"{named(band)}, {_dated(point)}: {told(band, self.unit)}")
        if without(band):
            yield _frame(self._box(point, None), WITHOUT.get(band.kind, WITHOUT[UNREADABLE]))
        if wide is not None and band.wide != band.narrow:
            yield _body("wide", self._box(point, wide, 0.2), wide, stroke=INK, fill="none")
        if narrow is None:
            return
        box, dash = self._box(point, narrow), DASHES[self._edition(point) % len(DASHES)]
        if exact(band.narrow):
            yield _tick("exact", box, dash)
            return
        if band.kind in HATCHED:
            yield _body("calculated", box, narrow, fill="none", stroke=BLUE, stroke_dasharray=dash)
            yield _hatching(box)
        elif band.kind == UNREPORTED:
            yield _body("bounded", box, narrow, fill="none", stroke=INK, stroke_dasharray="3 2")
        elif dash:
            drawn = {"fill": "none", "stroke": BLUE, "stroke_dasharray": dash}
            yield _body("other", box, narrow, **drawn, stroke_width=2)
        else:
            yield _body("narrow", box, narrow, fill=BLUE)
        if narrow.end - narrow.start < THIN:
            yield _tick("thin", box, dash)

    def _edition(self, point: Point) -> int:
        return self.editions.index(clean(point.edition))

    def _labels(self) -> Iterator[tuple[Box, str]]:
        """Give the texts as printed, each beside its band where no other text stands.

        Nor does it stand on a band if there is room elsewhere.
        """
        boxes = [
            self._box(each, placed.wide or placed.narrow)
            for each, placed in zip(self.points, self.placed, strict=True)
        ]
        empty = [without(each.band) for each in self.points]
        bands = [box for box, frame in zip(boxes, empty, strict=True) if not frame]
        taken = [_words_in(box) for box, frame in zip(boxes, empty, strict=True) if frame]
        for point, box in zip(self.points, boxes, strict=True):
            said = self._printed(point)
            if not said:
                continue
            sign = SIGN * bool(point.band.mark)
            half = (breadth(said, SMALL) + sign) / 2
            middle = min(max((box.left + box.right) / 2, self.left + half), WIDTH - half)
            around = [Box(middle - half, y - 7, middle + half, y + 7) for y in _heights(box)]
            free = [each for each in around if not any(map(each.meets, taken))]
            free.sort(key=lambda each: any(map(each.meets, bands)))
            for place in free[:1]:
                taken.append(place)
                y = (place.top + place.bottom) / 2
                mark = mark_of(point.band.mark, place.left + 4, y) if sign else ""
                x, anchor = (place.left + sign, None) if sign else (middle, "middle")
                text = writing(said, x, y, size=SMALL, anchor=anchor)
                yield place, linked(point.band.link, mark, text)

    def _printed(self, point: Point) -> str:
        """Give what is written beside a point: its text, with the letter of its edition."""
        said = "" if without(point.band) else clean(point.band.text)
        if said and len(self.editions) > 1:
            said = f"{_letter(self._edition(point))} {said}"
        return shortened(said, (WIDTH - self.left) / 2, SMALL)

    def _across(self, y: float, labels: Iterable[Box]) -> Iterator[str]:
        """Give the line of a tick, which leaves out the texts that it would cross."""
        start = self.left
        for each in sorted(each for each in labels if each.top < y < each.bottom):
            yield line(start, y, max(each.left - 2, start), y, stroke=GREY, stroke_width=0.5)
            start = max(each.right + 2, start)
        yield line(start, y, WIDTH, y, stroke=GREY, stroke_width=0.5)

    def _axes(self, labels: Iterable[Box]) -> Iterator[str]:
        bottom = TOP + HEIGHT
        said = caption(self.unit, logarithmic=self.scale.logarithmic)
        if said:
            yield writing(shortened(said, WIDTH, SMALL), 0, SMALL, size=SMALL)
        for tick, text in self.ticks:
            y = bottom - self.scale.before(tick, HEIGHT)
            yield from self._across(y, labels)
            yield writing(text, self.left - 8, y, size=SMALL, anchor="end")
        yield line(self.left, bottom, WIDTH, bottom, stroke=GREY)
        if self.points:
            yield from self._days()

    def _days(self) -> Iterator[str]:
        """Give the ticks of time, of whole months or years as they have room."""
        y = TOP + HEIGHT
        month = (WIDTH - self.left) / max((self.end - self.begin) / 30.4, 1)
        steps = STEPS if self.end - self.begin < SHORT else STEPS[STEPS.index(MONTHS) :]
        step = next(
            (each for each in steps if month * each >= breadth("2000-00 ", SMALL)), STEPS[-1]
        )
        first, last = (_month(date.fromordinal(each)) for each in (self.begin, self.end - 1))
        for each in range(first // step * step, last + 1, step):
            start, end = self._x(_start(each)), self._x(_start(each + step))
            if start >= self.left:
                yield line(start, y, start, y + 4, stroke=GREY)
            name = f"{each // MONTHS:04}" + f"-{each % MONTHS + 1:02}" * (step % MONTHS > 0)
            middle = start
            if step in (1, MONTHS):
                middle = (max(start, self.left) + min(end, WIDTH)) / 2
            half = breadth(name, SMALL) / 2
            if self.left <= middle - half and middle + half <= WIDTH:
                yield writing(name, middle, y + SMALL * 1.3, size=SMALL, anchor="middle")

    def _keys(self, body: str) -> tuple[list[str], float]:
        """Give what outlines and letters mean, and how far down that reaches."""
        drawn, y = legend(KEYS, body, TOP + HEIGHT + 2.4 * SMALL)
        if len(self.editions) == 1:
            return drawn, y
        for place, edition in enumerate(self.editions):
            dash, y = DASHES[place % len(DASHES)], y + SMALL
            drawn.append(line(0, y, SWATCH, y, stroke=BLUE, stroke_width=3, stroke_dasharray=dash))
            said = f"{_letter(place)} {edition or 'without an edition'}"
            said = shortened(said, WIDTH - SWATCH - 6, SMALL)
            drawn.append(writing(said, SWATCH + 6, y, size=SMALL))
            y += SMALL / 2
        return drawn, y + SMALL


def _dated(point: Point) -> str:
    return _span(point.first.toordinal(), point.last.toordinal())


def _letter(place: int) -> str:
    return LETTERS[place] if place < len(LETTERS) else str(place + 1)


def _month(day: date) -> int:
    return day.year * MONTHS + day.month - 1


def _start(month: int) -> int:
    """Give the first day of a month, or the end of the calendar."""
    year, place = divmod(month, MONTHS)
    if year < date.min.year:
        return date.min.toordinal()
    if year > date.max.year:
        return date.max.toordinal() + 1
    return date(year, place + 1, 1).toordinal()


def _span(first: int, last: int) -> str:
    """Give the days in words: the year alone where it is a whole one."""
    one, other = date.fromordinal(first), date.fromordinal(last)
    whole = _start(_month(one)) == first and _start(_month(other) + 1) == last + 1
    if whole and (one.month, other.month) == (1, MONTHS):
        names = [f"{one.year:04}", f"{other.year:04}"]
    else:
        names = [str(one), str(other)]
    return " to ".join(dict.fromkeys(names))


def _heights(box: Box) -> Iterator[float]:
    """Give where the text of a box may stand, the best place first."""
    for away in range(4):
        shift = SMALL * (0.9 + 1.3 * away)
        if box.top - shift > 2 * SMALL:
            yield box.top - shift
        if box.bottom + shift < TOP + HEIGHT - SMALL / 2:
            yield box.bottom + shift


def _body(part: str, box: Box, at: Drawn, **drawn: str | float | None) -> str:
    """Give the outline of a band, with the head of an arrow where it goes on."""
    middle, head = (box.left + box.right) / 2, min(HEAD, (box.bottom - box.top) / 2)
    top, bottom = box.top + head * at.after, box.bottom - head * at.before
    half = min(HEAD, (box.right - box.left) / 2)
    above = [(box.left, top), (box.right, top)]
    below = [(box.right, bottom), (box.left, bottom)]
    if at.after:
        above[1:1] = [(middle - half, top), (middle, box.top), (middle + half, top)]
    if at.before:
        below[1:1] = [(middle + half, bottom), (middle, box.bottom), (middle - half, bottom)]
    goes_on = " ".join(["up"] * at.after + ["down"] * at.before) or None
    outline = path(*above, *below, closed=True)
    return element("path", d=outline, **drawn, data_part=part, data_open=goes_on)


def _hatching(box: Box) -> str:
    count = int((box.right - box.left) / HATCH)
    bars = [box.left + HATCH * each for each in range(1, count + 1)]
    drawn = "".join(path((x, box.top), (x, box.bottom)) for x in bars if x < box.right)
    return element("path", d=drawn, stroke=BLUE) if drawn else ""


def _tick(part: str, box: Box, dash: str | None) -> str:
    """Give the tick of an exact number, or with caps of a band that is too thin to see."""
    y = (box.top + box.bottom) / 2
    drawn = path((box.left, y), (box.right, y))
    width = 3 if part == "exact" else 1.5
    tick = element(
        "path", d=drawn, stroke=INK, stroke_width=width, stroke_dasharray=dash, data_part=part
    )
    if part == "exact":
        return tick
    caps = "".join(path((x, y - CAP), (x, y + CAP)) for x in (box.left, box.right))
    return tick + element("path", d=caps, stroke=INK, stroke_width=width)


def _words_in(frame: Box) -> Box:
    """Give where the upright words of a frame stand."""
    x, y = (frame.left + frame.right) / 2, (frame.top + frame.bottom) / 2
    return Box(x - SMALL, y - 5 * SMALL, x + SMALL, y + 5 * SMALL)


def _frame(box: Box, said: str) -> str:
    """Give an empty frame with the words why it is empty, upright as periods are narrow."""
    corners = [(box.left, box.top), (box.right, box.top)]
    corners += [(box.right, box.bottom), (box.left, box.bottom)]
    outline = path(*corners, closed=True)
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    frame = element(
        "path", d=outline, fill="none", stroke=GREY, stroke_dasharray="4 3", data_part="none"
    )
    turned = f"rotate(-90 {pixels(x)} {pixels(y)})"
    words_in_it = element("g", writing(said, x, y, size=SMALL, anchor="middle"), transform=turned)
    return frame + words_in_it

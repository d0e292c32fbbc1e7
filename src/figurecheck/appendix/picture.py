"""Pictures of intervals on one scale: side by side, apart, and end to end against a whole."""

from __future__ import annotations

from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple

from figurecheck.appendix.band import (
    DERIVED,
    HALF_TICK,
    HATCHED,
    UNREPORTED,
    Band,
    Placed,
    mark_of,
    named,
    places,
    shape,
    told,
    unseen,
)
from figurecheck.appendix.scale import Drawn, downward, scale
from figurecheck.appendix.svg import (
    GREY,
    LEADING,
    PLAIN,
    RED,
    SMALL,
    breadth,
    clean,
    element,
    line,
    linked,
    path,
    picture,
    shortened,
    titled,
    wrapped,
    writing,
)
from figurecheck.interval import Exact, Interval
from figurecheck.wording import number, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from fractions import Fraction

    from figurecheck.appendix.scale import Scale
    from figurecheck.appendix.svg import Picture

WIDTH, BESIDE = 680, 18
LABELS, TEXTS = (64, 215), (64, 150)
"""How narrow and how wide the columns to the left and the right may be."""

PADDING, GAP = 10, 26
SWATCH = 24

KEYS = {
    "narrow": "as printed",
    "calculated": "calculated",
    "bounded": "bounded by relations",
    "wide": "at the widest",
    "exact": "an exact number",
    "thin": "too narrow to draw",
}
STACKED = KEYS | {"narrow": "at least", "wide": "at the most"}
"""What the parts of a band mean, for the legend."""

_SOME = Interval.of(0, 1)
_SAMPLES = {
    "narrow": Band("", _SOME, None, ""),
    "calculated": Band("", _SOME, None, "", DERIVED),
    "bounded": Band("", _SOME, None, "", UNREPORTED),
    "wide": Band("", None, _SOME, ""),
    "exact": Band("", Interval.point(0), None, ""),
    "thin": Band("", _SOME, None, ""),
}


def intervals(bands: Iterable[Band], unit: str, title: str) -> Picture:
    """Give bands below each other on one scale, each with its label and its text."""
    listed = list(bands)
    sheet = _Sheet(listed, unit)
    said = [f"{named(each)}: {told(each, unit)}." for each in listed]
    return sheet.picture(title, [*said, *unseen(listed, sheet.placed)])


def gap(implied: Band, published: Band, unit: str, title: str) -> Picture:
    """Give two bands and the gap between them, with its least size in words."""
    pair = [implied, published]
    between = _gap(implied, published, unit)
    said = [*(f"{named(each)}: {told(each, unit)}." for each in pair), between.told]
    return _Sheet(pair, unit, between=between).picture(title, said)


def stack(whole: Band, parts: Iterable[Band], unit: str, title: str) -> Picture:
    """Give parts laid end to end, and all of them together against the whole.

    Each starts where those before it end, so where it starts and ends is as uncertain as they are.
    """
    total = widest = Interval.point(0)
    lines, missing, said = [], [], []
    for each in parts:
        said.append(f"{named(each)}: {told(each, unit)}.")
        if each.narrow is None:
            missing.append(named(each))
            lines.append(each)
            continue
        before, total = total, total + each.narrow
        widest += each.wide or each.narrow
        lines.append(each._replace(narrow=_between(before, total), wide=before.hull(total)))
    name = "the parts with a number, together" if missing else "the parts together"
    together = Band(name, total, widest, words(total, unit), DERIVED)
    said += [f"{named(each)}: {told(each, unit)}." for each in (together, whole)]
    between = _gap(together, whole, unit)
    if missing:
        between = _NO_GAP._replace(told=f"Without a number, not added: {'; '.join(missing)}.")
    sheet = _Sheet([*lines, together, whole], unit, between=between, whole=True)
    return sheet.picture(title, [*said, between.told])


class _Gap(NamedTuple):
    """What lies between two bands, if anything does: its name, its size, and a sentence on it."""

    interval: Interval | None
    name: str
    size: str
    told: str


_NO_GAP = _Gap(None, "", "", "")


def _gap(one: Band, other: Band, unit: str) -> _Gap:
    """Give the gap between two bands at the widest; where they meet there, the one as printed."""
    widest = _between(one.wide or one.narrow, other.wide or other.narrow)
    if widest is not None:
        size = _size(widest, unit)
        return _Gap(widest, "the gap between them", size, f"They are {size} apart.")
    printed = _between(one.narrow, other.narrow)
    if printed is None:
        known = [one.wide or one.narrow, other.wide or other.narrow]
        return _NO_GAP._replace(told="They have values in common." if all(known) else "")
    size = _size(printed, unit)
    told_so = f"They are {size} apart as printed, and meet at the widest."
    return _Gap(printed, "the gap as printed", size, told_so)


def _between(one: Interval | None, other: Interval | None) -> Interval | None:
    """Give what lies between two intervals without a common value; None if they have one."""
    if one is None or other is None or not one.disjoint(other):
        return None
    low, high = (one, other) if one.precedes(other) else (other, one)
    return Interval(Exact(low.right.value), Exact(high.left.value))


def _size(between: Interval, unit: str) -> str:
    """Give the least size of a gap in words; between shares it is in points."""
    size = (between - between).upper
    told = "percentage_point" if unit == "percent" else unit
    return f"at least {words(Interval.point(downward(size)), told)}" if size else "by very little"


class _Sheet:
    """Lines below each other: labels to the left, bands on one scale, texts to the right."""

    def __init__(
        self,
        bands: Sequence[Band],
        unit: str,
        *,
        between: _Gap = _NO_GAP,
        whole: bool = False,
    ) -> None:
        known = [each for band in bands for each in (band.narrow, band.wide) if each is not None]
        self.bands, self.unit, self.between = bands, unit, between
        self.keys: Mapping[str, str] = STACKED if whole else KEYS
        self.scale = scale(known, unit, whole=whole)
        self.size = shortened(between.size, LABELS[1])
        self.labels = [wrapped(each.label, LABELS[1]) for each in bands]
        self.texts = [wrapped(each.text, TEXTS[1]) for each in bands]
        notes = [[_note(each)] for each in bands]
        self.left = BESIDE + _column(LABELS, [*self.labels, *notes], between.name)
        self.right = WIDTH - BESIDE - _column(TEXTS, self.texts, self.size)
        self.length = self.right - self.left
        self.placed = places(bands, self.scale, self.length)

    def picture(self, title: str, said: Iterable[str]) -> Picture:
        """Give the whole picture."""
        drawn, bottom = self._lines()
        body = "".join(drawn)
        axis, height = self._axis(bottom)
        key, height = legend(self.keys, body, height)
        lines = f"{len(self.bands)} line{'s' * (len(self.bands) != 1)} on one scale"
        said = [f"{lines}{reach(self.scale, self.unit)}.", *said]
        return picture([*axis, body, *key], title, " ".join(said), WIDTH, height)

    def _lines(self) -> tuple[list[str], float]:
        """Give the lines, and how far down they reach."""
        heights = [self._height(place) for place in range(len(self.bands))]
        tops = list(accumulate(heights, initial=float(PADDING)))
        if self.between.interval is not None:
            tops = [*tops[:-2], *(each + GAP for each in tops[-2:])]
        middles = [top + height / 2 for top, height in zip(tops, heights, strict=False)]
        drawn = [self._line(place, middle) for place, middle in enumerate(middles)]
        if self.between.interval is not None:
            *_, before, last = middles
            drawn.insert(-1, self._gap(self.between.interval, before, tops[-2] - GAP / 2, last))
        return drawn, tops[-1]

    def _height(self, place: int) -> float:
        noted = SMALL * LEADING * bool(_note(self.bands[place]))
        tall = max(_tall(self.labels[place]) + noted, _tall(self.texts[place]), 2 * HALF_TICK)
        return tall + PADDING

    def _line(self, place: int, y: float) -> str:
        band = self.bands[place]
        return element(
            "g",
            titled(f"{named(band)}: {told(band, self.unit)}"),
            linked(band.link, *self._label(band, self.labels[place], y)),
            shape(band, self.placed[place], self.left, y, self.length),
            *_block(self.texts[place], WIDTH, y, anchor="end"),
            data_kind=band.kind,
        )

    def _label(self, band: Band, label: Sequence[str], y: float) -> Iterator[str]:
        noted = _note(band)
        if not noted:
            yield from _block(label, 0, y)
            return
        yield from _block(label, 0, y - SMALL * LEADING / 2)
        below = y + _tall(label) / 2
        aside = 0
        if band.mark:
            aside = 14
            yield mark_of(band.mark, 5, below)
        room = self.left - BESIDE - aside
        yield writing(shortened(noted, room, SMALL), aside, below, size=SMALL)

    def _gap(self, between: Interval, above: float, y: float, below: float) -> str:
        """Give the line of what lies between the bands above and below, with its ends shown."""
        place = self.scale.drawn(between, self.length)
        start, end = self.left + place.start, self.left + place.end
        head = min(5, (end - start) / 2)
        heads = [
            path((start + head, y - head), (start, y), (start + head, y + head)),
            path((end - head, y - head), (end, y), (end - head, y + head)),
        ]
        guides = [path((x, above), (x, below)) for x in (start, end)]
        return element(
            "g",
            titled(f"{self.between.name}: {self.between.size}"),
            writing(self.between.name, 0, y, bold=True),
            element("path", d="".join(guides), stroke=RED, stroke_dasharray="2 2"),
            element(
                "path",
                d=path((start, y), (end, y)) + "".join(heads),
                stroke=RED,
                stroke_width=2,
                fill="none",
                data_part="gap",
            ),
            writing(self.size, WIDTH, y, anchor="end", bold=True),
            data_kind="gap",
        )

    def _axis(self, y: float) -> tuple[list[str], float]:
        """Give the axis below the lines, its ticks up through them, and how far down it reaches."""
        drawn = [line(self.left, y, self.right, y, stroke=GREY)]
        below, room = y + SMALL + 4, self.left
        for tick, said in _spaced(self.scale, self.unit, self.length):
            x = self.left + self.scale.before(tick, self.length)
            drawn.append(line(x, y, x, y + 4, stroke=GREY))
            dotted = line(
                x, PADDING / 2, x, y, stroke=GREY, stroke_width=0.5, stroke_dasharray="1 2"
            )
            drawn.append(dotted)
            drawn.append(writing(said, x, below, size=SMALL, anchor="middle"))
            room = min(room, x - breadth(said, SMALL) / 2)
        said = shortened(caption(self.unit, logarithmic=self.scale.logarithmic), WIDTH, SMALL)
        below += SMALL * LEADING * (breadth(said, SMALL) + BESIDE / 2 > room)
        return [*drawn, *_block([said], 0, below, size=SMALL)], below + SMALL


def reach(on: Scale, unit: str) -> str:
    """Give from where to where a scale goes, in words."""
    if not on.ticks:
        return ""
    low, high = (words(Interval.point(each), unit) for each in (on.lower, on.upper))
    return f" from {low} to {high}" + ", which is logarithmic" * on.logarithmic


def _note(band: Band) -> str:
    """Give what stands small below the label of a band."""
    return clean(", ".join(filter(None, [band.kind * (band.kind in HATCHED), band.mark])))


def legend(keys: Mapping[str, str], body: str, y: float) -> tuple[list[str], float]:
    """Give what the parts that are in a picture's body mean, and how far down that reaches."""
    drawn: list[str] = []
    x = 1.0
    for part, meaning in keys.items():
        if f'data-part="{part}"' not in body:
            continue
        wide = SWATCH + 6 + breadth(meaning, SMALL)
        if x + wide > WIDTH:
            x, y = 1.0, y + SMALL * 2
        drawn.append(_swatch(part, x, y + SMALL))
        drawn.append(writing(meaning, x + SWATCH + 6, y + SMALL, size=SMALL))
        x += wide + BESIDE
    return drawn, y + (SMALL * 2 if drawn else 0) + PADDING / 2


def _swatch(part: str, x: float, y: float) -> str:
    at = Drawn(0, SWATCH, before=False, after=False)
    if part in ("exact", "thin"):
        at = Drawn(SWATCH / 2, SWATCH / 2, before=False, after=False)
    placed = Placed(None, at) if part == "wide" else Placed(at, None)
    return shape(_SAMPLES[part], placed, x, y, SWATCH)


def _tall(lines: Sequence[str], size: int = PLAIN) -> float:
    return len(lines) * size * LEADING


def _column(limits: tuple[int, int], texts: Iterable[Sequence[str]], bold: str) -> float:
    """Give how wide a column has to be for its texts, and for a bold one that is not cut."""
    least, most = limits
    widest = max((breadth(each) for lines in texts for each in lines), default=0)
    return max(least, min(most, widest), breadth(bold, bold=True))


def _block(
    lines: Sequence[str], x: float, y: float, *, size: int = PLAIN, anchor: str | None = None
) -> Iterator[str]:
    """Give lines of text whose middle stands at a height."""
    top = y - (len(lines) - 1) * size * LEADING / 2
    for place, each in enumerate(lines):
        if each:
            yield writing(each, x, top + place * size * LEADING, size=size, anchor=anchor)


def _suffix(unit: str) -> str:
    """Give how a unit is written behind a number."""
    return words(Interval.point(1), unit).removeprefix("1").strip()


def caption(unit: str, *, logarithmic: bool) -> str:
    suffix = _suffix(unit)
    named = "" if len(suffix) in (1, 2) or unit in ("", "1") else f"unit: {suffix or unit}"
    return ", ".join(filter(None, [named, "logarithmic scale" * logarithmic]))


def tick_words(value: Fraction, unit: str) -> str:
    """Give the words of a tick, with its unit where that is short."""
    suffix = _suffix(unit)
    said = words(Interval.point(value), unit) if len(suffix) in (1, 2) else number(value)
    return shortened(said, TEXTS[0] * 1.5, SMALL)


def _spaced(on: Scale, unit: str, length: float) -> list[tuple[Fraction, str]]:
    """Give the ticks with their words, as many as stand beside each other."""
    ticks = [(each, tick_words(each, unit)) for each in on.ticks]
    for every in range(1, len(ticks)):
        kept = ticks[::every]
        ends = [
            (on.before(tick, length), breadth(said, SMALL) / 2 + BESIDE / 4) for tick, said in kept
        ]
        if all(x + half <= to_x - to_half for (x, half), (to_x, to_half) in pairwise(ends)):
            return kept
    return ticks[:1]

"""Pictures of intervals on one scale: side by side, apart, and end to end against a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from figurecheck.appendix.band import (
    DERIVED,
    HALF_TICK,
    HATCHED,
    UNREPORTED,
    Band,
    Placed,
    mark_of,
    places,
    shape,
    told,
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
LABELS, TEXTS = (64, 215), (64, 140)
"""How narrow and how wide the columns to the left and the right may be."""

PADDING, GAP = 10, 26
SWATCH = 24
NAMELESS = "without a label"

KEYS = {
    "narrow": "as printed",
    "calculated": "calculated",
    "bounded": "bounded by relations",
    "wide": "at the widest",
    "exact": "an exact number",
    "thin": "too narrow to draw",
}
STACKED = {"narrow": "at least", "wide": "at the most", "exact": "an exact number"}
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
    said = [f"{_named(each)}: {told(each, unit)}." for each in listed]
    return _Sheet(listed, unit, said).picture(title)


def gap(implied: Band, published: Band, unit: str, title: str) -> Picture:
    """Give two bands and the gap between them, with its least size in words.

    It is the gap at the widest; if they meet there, it is the one between the narrow bands.
    """
    pair = [implied, published]
    said = [f"{_named(each)}: {told(each, unit)}." for each in pair]
    between = _between(implied.wide, published.wide)
    printed = "" if between else " as printed, though they meet at the widest"
    between = between or _between(implied.narrow, published.narrow)
    if between is None:
        said.append("They are not apart, so no gap is drawn.")
    else:
        said.append(f"They are {_size(between, unit)} apart{printed}.")
    return _Sheet(pair, unit, said, between=between).picture(title)


def stack(whole: Band, parts: Iterable[Band], unit: str, title: str) -> Picture:
    """Give parts laid end to end, and all of them together against the whole.

    Each starts where those before it end, so where it starts and ends is as uncertain as they are.
    """
    total, said, lines, missing = Interval.point(0), [], [], []
    for each in parts:
        said.append(f"{_named(each)}: {told(each, unit)}.")
        if each.narrow is None:
            missing.append(_named(each))
            lines.append(each._replace(wide=None))
            continue
        before, total = total, total + each.narrow
        sure = _between(before, total)
        lines.append(each._replace(narrow=sure, wide=before.hull(total)))
    name = "the parts with a number, together" if missing else "the parts together"
    together = Band(name, total, total, words(total, unit), DERIVED)
    said += [f"{_named(each)}: {told(each, unit)}." for each in (together, whole)]
    between = None if missing else _between(total, whole.wide or whole.narrow)
    if missing:
        said.append("Without a number, and so not added: " + "; ".join(missing) + ".")
    elif between is not None:
        said.append(f"The parts together and the whole are {_size(between, unit)} apart.")
    sheet = _Sheet([*lines, together, whole], unit, said, between=between, whole=True)
    return sheet.picture(title)


def _named(band: Band) -> str:
    return clean(band.label) or NAMELESS


def _between(one: Interval | None, other: Interval | None) -> Interval | None:
    """Give what lies between two intervals without a common value; None if they have one."""
    if one is None or other is None or not one.disjoint(other):
        return None
    low, high = (one, other) if one.precedes(other) else (other, one)
    return Interval(Exact(low.right.value), Exact(high.left.value))


def _size(between: Interval, unit: str) -> str:
    """Give the least size of a gap in words."""
    size = (between - between).upper
    return f"at least {words(Interval.point(downward(size)), unit)}" if size else "by very little"


class _Sheet:
    """Lines below each other: labels to the left, bands on one scale, texts to the right."""

    def __init__(
        self,
        bands: Sequence[Band],
        unit: str,
        said: Iterable[str],
        *,
        between: Interval | None = None,
        whole: bool = False,
    ) -> None:
        known = [each for band in bands for each in (band.narrow, band.wide) if each is not None]
        self.bands, self.unit, self.said, self.between = bands, unit, list(said), between
        self.keys: Mapping[str, str] = STACKED if whole else KEYS
        self.scale = scale(known, unit, whole=whole)
        self.size = shortened(_size(between, unit), TEXTS[1]) if between else ""
        self.labels = [wrapped(each.label, LABELS[1]) for each in bands]
        self.texts = [wrapped(each.text, TEXTS[1]) for each in bands]
        self.left = _column(LABELS, [*self.labels, ["the gap between them"] * bool(self.size)])
        self.left += BESIDE
        self.right = WIDTH - BESIDE - _column(TEXTS, [*self.texts, [self.size]])
        self.length = self.right - self.left

    def picture(self, title: str) -> Picture:
        """Give the whole picture."""
        lines, bottom = self._lines()
        body = "".join(lines)
        axis, height = self._axis(bottom)
        key, height = legend(self.keys, body, self.left, height)
        said = [f"{len(self.bands)} lines on one scale{self._reach()}.", *self.said]
        return picture([*axis, body, *key], title, " ".join(said), WIDTH, height)

    def _reach(self) -> str:
        if not self.scale.ticks:
            return ""
        low, high = (words(Interval.point(each), self.unit) for each in self._ends())
        kind = ", which is logarithmic" if self.scale.logarithmic else ""
        return f" from {low} to {high}{kind}"

    def _ends(self) -> tuple[Fraction, Fraction]:
        return self.scale.lower, self.scale.upper

    def _lines(self) -> tuple[list[str], float]:
        """Give the lines, and how far down they reach."""
        lines: list[str] = []
        y = float(PADDING)
        drawn = places(self.bands, self.scale, self.length)
        for each, label, text, place in zip(
            self.bands, self.labels, self.texts, drawn, strict=True
        ):
            if each is self.bands[-1] and self.between is not None:
                lines.append(self._gap(self.between, y + GAP / 2))
                y += GAP
            noted = clean(", ".join(filter(None, [each.kind * (each.kind in HATCHED), each.mark])))
            tall = max(_tall(label) + SMALL * LEADING * bool(noted), _tall(text))
            height = max(tall, 2 * HALF_TICK) + PADDING
            middle = y + height / 2
            lines.append(
                element(
                    "g",
                    titled(f"{_named(each)}: {told(each, self.unit)}"),
                    linked(each.link, *self._label(each, label, noted, middle)),
                    shape(each, place, self.left, middle, self.length),
                    *_block(text, WIDTH, middle, anchor="end"),
                    data_kind=each.kind,
                )
            )
            y += height
        return lines, y

    def _label(self, band: Band, label: Sequence[str], noted: str, y: float) -> Iterator[str]:
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

    def _gap(self, between: Interval, y: float) -> str:
        """Give the line of what lies between two bands, measured from the one to the other."""
        place = self.scale.drawn(between, self.length)
        start, end = self.left + place.start, self.left + place.end
        head = min(5, (end - start) / 2)
        heads = [
            path((start + head, y - head), (start, y), (start + head, y + head)),
            path((end - head, y - head), (end, y), (end - head, y + head)),
        ]
        guides = [path((x, y - GAP), (x, y + GAP)) for x in (start, end)]
        return element(
            "g",
            titled(f"the gap between them: {_size(between, self.unit)}"),
            writing("the gap between them", 0, y, bold=True),
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
        told_at = y + SMALL
        for tick, said in _spaced(self.scale, self.unit, self.length):
            x = self.left + self.scale.before(tick, self.length)
            drawn.append(line(x, PADDING / 2, x, y + 4, stroke=GREY, stroke_width=0.5))
            drawn.append(writing(said, x, told_at + 4, size=SMALL, anchor="middle"))
        named = caption(self.unit, logarithmic=self.scale.logarithmic)
        lines = wrapped(named, self.left - 2 * BESIDE, SMALL)
        drawn += _block(lines, 0, told_at + 4 + _tall(lines[1:], SMALL) / 2, size=SMALL)
        return drawn, told_at + 4 + _tall(lines, SMALL)


def legend(keys: Mapping[str, str], body: str, left: float, y: float) -> tuple[list[str], float]:
    """Give what the parts that are in a picture's body mean, and how far down that reaches."""
    drawn: list[str] = []
    x = left
    for part, meaning in keys.items():
        if f'data-part="{part}"' not in body:
            continue
        wide = SWATCH + 6 + breadth(meaning, SMALL)
        if x + wide > WIDTH:
            x, y = left, y + SMALL * 2
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


def _column(limits: tuple[int, int], texts: Iterable[Sequence[str]]) -> float:
    """Give how wide a column has to be for its texts."""
    least, most = limits
    return min(most, max([least, *(breadth(each) for lines in texts for each in lines)]))


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
    widest = max((breadth(said, SMALL) for _, said in ticks), default=0) + BESIDE / 2
    every = 1
    while len(ticks[::every]) > 1 and widest * (len(on.ticks) - 1) > every * length:
        every += 1
    return ticks[::every]

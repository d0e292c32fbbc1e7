"""Pictures as PNG, for formats that take no SVG: some in one run of typst."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from figurecheck.appendix.paper import PIXEL, installed, shown

with installed("word"):
    import typst

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from figurecheck.appendix.svg import Picture

PER_INCH = 200
MOST_PIXELS = 300_000
"""So many pixels of a screen are drawn in one run; typst keeps what it drew in the last ten."""

_PAGES = f"""\
#set page(width: auto, height: auto, margin: 0pt, fill: white)
#for (number, picture) in json(bytes(sys.inputs.pictures)).enumerate() {{
  if number > 0 {{ pagebreak() }}
  image(bytes(picture.svg), format: "svg", width: picture.width * {PIXEL}pt)
}}
"""


def rasters(pictures: Iterable[Picture]) -> dict[str, bytes]:
    """Give the PNG of each picture, by its SVG; a colour that the SVG leaves open is black."""
    made: dict[str, bytes] = {}
    for run in _runs({each.svg: each for each in pictures}.values()):
        made |= _drawn(run)
    return made


def _runs(pictures: Iterable[Picture]) -> Iterator[list[Picture]]:
    """Give the pictures some at a time, so that few are held as pixels."""
    run: list[Picture] = []
    room = MOST_PIXELS
    for each in pictures:
        room -= each.width * each.height
        if room < 0 and run:
            yield run
            run, room = [], MOST_PIXELS - each.width * each.height
        run.append(each)
    if run:
        yield run


def _drawn(pictures: Sequence[Picture]) -> dict[str, bytes]:
    from json import dumps

    asked = [{"svg": shown(each.svg), "width": max(each.width, 1)} for each in pictures]
    made: Any = typst.compile(
        _PAGES.encode(),
        format="png",
        ppi=PER_INCH,
        ignore_system_fonts=True,
        sys_inputs={"pictures": dumps(asked)},
    )
    pngs = made if isinstance(made, list) else [made]
    return {each.svg: png for each, png in zip(pictures, pngs, strict=True)}

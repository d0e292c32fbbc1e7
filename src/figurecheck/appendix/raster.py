"""Pictures as PNG, for formats that take no SVG: many in one run of typst."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from figurecheck.appendix.paper import PIXEL, installed, shown

with installed("word"):
    import typst

if TYPE_CHECKING:
    from collections.abc import Iterable

    from figurecheck.appendix.svg import Picture

PER_INCH = 200

_PAGES = f"""\
#set page(width: auto, height: auto, margin: 0pt, fill: white)
#for (number, picture) in json(bytes(sys.inputs.pictures)).enumerate() {{
  if number > 0 {{ pagebreak() }}
  image(bytes(picture.svg), format: "svg", width: picture.width * {PIXEL}pt)
}}
"""


def rasters(pictures: Iterable[Picture]) -> dict[str, bytes]:
    """Give the PNG of each picture, by its SVG; a colour that the SVG leaves open is black."""
    from json import dumps

    widths = {each.svg: max(each.width, 1) for each in pictures}
    if not widths:
        return {}
    asked = [{"svg": shown(svg), "width": width} for svg, width in widths.items()]
    made: Any = typst.compile(
        _PAGES.encode(),
        format="png",
        ppi=PER_INCH,
        ignore_system_fonts=True,
        sys_inputs={"pictures": dumps(asked)},
    )
    return dict(zip(widths, made if isinstance(made, list) else [made], strict=True))

"""`figurecheck init`: start a register in a folder"""

from __future__ import annotations

from figurecheck import TYPE_CHECKING
from figurecheck.cli.output import write
from figurecheck.cli.terminal import put

if TYPE_CHECKING:
    import argparse

FIGURES = """\
id,reported,unit,label,concept,place,period,source,quote
arrivals_2022,"105,129",arrival,arrivals by sea,sea_arrivals,ITA,2022,example,"105,129 people came"
arrivals_2023,"over 157,000",arrival,arrivals by sea,sea_arrivals,ITA,2023,example,"over 157,000"
growth,about 50 %,percent,growth of the arrivals,,,,example,an increase of about 50 %
"""
RELATIONS = """\
id,statement,label
grown,"growth == change(new=arrivals_2023, old=arrivals_2022)",the growth is that of the arrivals
"""
SOURCES = """\
[
  {
    "id": "example",
    "type": "report",
    "title": "An example",
    "author": [{"literal": "Example Statistical Office"}],
    "issued": {"date-parts": [[2024]]},
    "custom": {"names": ["ESO"], "text": "example.txt"}
  }
]
"""
TEXT = """\
In 2022, 105,129 people came by sea. In 2023 there were over 157,000 arrivals, an increase of about
50 %.
"""
REPORT = """\
# Arrivals by sea

In 2023, over 157,000 people arrived in Italy by sea. That was about 50 per cent more than the
105,129 arrivals of 2022. Of the 12 ports, Lampedusa received most.
"""


def options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "folder", nargs="?", default="data", metavar="FOLDER", help="default: data"
    )


def run(given: argparse.Namespace) -> int:
    from pathlib import Path

    from figurecheck import register

    folder = Path(given.folder)
    files = {
        folder / register.FIGURES: FIGURES,
        folder / register.RELATIONS: RELATIONS,
        folder / register.SOURCES: SOURCES,
        folder / "example.txt": TEXT,
        folder / "report.md": REPORT,
    }
    for path in files:
        if path.exists():
            message = f"{path}: stands there already; nothing was written"
            raise register.RegisterError(message)
    folder.mkdir(parents=True, exist_ok=True)
    for path, text in files.items():
        write(path, text)
    put([f"wrote {path}" for path in files] + [f"next: figurecheck check {folder}"])
    return 0

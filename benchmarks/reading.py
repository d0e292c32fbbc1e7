"""How many articles of two kilobytes `read` gets through in a minute; the limit is 1,000.

The articles are made here, with about as many numbers, dates and names as a news text about
statistics has.
"""

from __future__ import annotations

import random
import time
from statistics import median

import figurecheck as fc

LENGTH = 2000
ARTICLES = 60
RUNS = 5
LIMIT = 1000
SENTENCES = (
    "An estimated {a}.{b} million people were living in these conditions in {year}.",
    "Of those, approximately {a}{b} per cent are women, and one in {c} are children.",
    "The minister said on {c} October {year} that the work of the Office would go on.",
    "It costs about US$ {c}.{b} billion a year, up from ${a}{b}{c} million in {year}.",
    "More than {a}{b},{c}00 arrivals were counted, between {c} and {c}{a} of them a day.",
    "Nobody who was there could say how it had come to this, nor who had asked for it.",
    "The ministers of the G7 met in the small town for three days to talk about a plan.",
    "The rate fell to {c}.{b} per 1,000 people, from {a}{c}.{b} ten years earlier.",
    "Under the 1951 Refugees Convention, and since the Covid-19 pandemic, rules have changed.",
    "Nearly two thirds of the {a}{b}{c} cases, or {a}{b}.{c}%, had been reported before.",
    "She added that the figures, which the agency had published, were not yet complete.",
    "He called for money, for patience and for better data, and thanked all who had come.",
)


def article(draw: random.Random) -> str:
    """Give a text of two kilobytes."""
    text = ""
    while len(text) < LENGTH:
        numbers = {name: draw.randrange(2, 10) for name in "abc"}
        text += draw.choice(SENTENCES).format(year=draw.randrange(1990, 2026), **numbers) + " "
    return text[:LENGTH]


def main() -> None:
    """Read all articles several times, and print the median."""
    draw = random.Random(1)  # noqa: S311 - the same articles every time
    articles = [article(draw) for _ in range(ARTICLES)]
    found = sum(len(fc.read(text)) for text in articles)
    took = []
    for _ in range(RUNS):
        started = time.perf_counter()
        for text in articles:
            fc.read(text)
        took.append((time.perf_counter() - started) / ARTICLES)
    rate = 60 / median(took)
    verdict = "within" if rate >= LIMIT else "UNDER"
    print(
        f"{rate:,.0f} articles of {LENGTH:,} characters a minute, {rate / LIMIT:.1f} x the limit "
        f"of {LIMIT:,} ({verdict}); {median(took) * 1000:.2f} ms and {found / ARTICLES:.1f} "
        f"quantities an article (median of {RUNS})"
    )


if __name__ == "__main__":
    main()

"""From a text to its words, numbers and signs, and what can be told from where each stands."""

from __future__ import annotations

import re

from figurecheck import words

TOKENS = re.compile(
    r"(?P<link>(?:https?://|www\.)\S+|[@#]\w+)"
    r"|(?P<money>(?:US|CA|AU|NZ|HK|NT|TT|A|C|J|S|R)?\$|[€£¥₹₩₽₺₦₪₱])"
    r"|(?P<number>[0-9]{1,3}(?:[ \u00a0\u202f\u2007\u2009][0-9]{3}(?![0-9]))+(?:[.,·][0-9]+)?"
    r"|[0-9]+(?:[.,·'’][0-9]+)*)"
    r"|(?P<part>[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])"
    r"|(?P<power>[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+)"
    r"|(?P<word>[^\W0-9½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞⁰¹²³⁴⁵⁶⁷⁸⁹]+)"
    r"|(?P<sign>[^\w\s])|(?P<rest>[^\s])"
)
PADDING = 12
"""So many empty tokens stand behind the last one, more than any step looks ahead."""

HEADING = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}")
NOTED = re.compile(r"(?:1[5-9]|20)[0-9]{2}\.[0-9]{1,2}")
JOINABLE = {"word", "number", "part", "rest", "link", "power"}
OPENING = set("([{“\"'‘«~≈<>≤≥=±")
BROKEN_OFF = set("/.,'’:&*^\\°")
LONGEST_STREET = 4
LONGEST_CITATION = 12
"""So many tokens to each side of a number are looked at for the brackets of "[3, 7, 12-15]"."""
FEW_DECADES = range(1500, 2101)


class Tokens:
    """The tokens of a text: `row` has them in lower case, `kinds` their kinds."""

    def __init__(self, text: str) -> None:
        self.text = text
        found = [(each.lastgroup, *each.span()) for each in TOKENS.finditer(text)]
        self.count = len(found)
        found += [("", len(text) + 1, len(text) + 1)] * PADDING
        self.kinds = [kind for kind, _, _ in found]
        self.starts = [start for _, start, _ in found]
        self.ends = [end for _, _, end in found]
        self.row = [text[start:end].lower() for _, start, end in found]

    def cased(self, place: int) -> str:
        return self.text[self.starts[place] : self.ends[place]]

    def capital(self, place: int) -> bool:
        return self.cased(place)[:1].isupper()

    def glued(self, place: int) -> bool:
        """Tell whether nothing stands between a token and the one before."""
        return place > 0 and self.starts[place] == self.ends[place - 1]

    def joined(self, place: int) -> int:
        """Step over a hyphen that joins two words."""
        hyphen = self.row[place] in words.DASHES and self.glued(place) and self.glued(place + 1)
        return place + 1 if hyphen and self.kinds[place + 1] == "word" else place

    def free(self, place: int) -> bool:
        """Tell whether a number is not glued to a name, a slash or the like before it."""
        before = self.row[place - 1]
        if not self.glued(place):
            return True
        if before == ")" and self.kinds[place - 2] == "number":
            return False
        if before in OPENING:
            behind = self.kinds[place - 2] if self.glued(place - 1) else ""
            return before != "(" or behind != "number"
        if before in words.DASHES or before == "+":
            behind = self.kinds[place - 2] if self.glued(place - 1) else ""
            return behind not in JOINABLE or before == "—"
        return self.kinds[place - 1] not in JOINABLE and before not in BROKEN_OFF

    def line(self, place: int) -> bool:
        """Tell whether a line begins here."""
        return place == 0 or "\n" in self.text[self.ends[place - 1] : self.starts[place]]

    def begins(self, place: int) -> bool:
        """Tell whether a sentence begins here, as far as the tokens tell."""
        return self.line(place) or self.row[place - 1] in words.SENTENCE_STARTS

    def filler(self, place: int) -> bool:
        """Tell whether it is a word that may say more of the noun behind it."""
        return self.kinds[place] == "word" and self.row[place] not in words.STOP

    def yearlike(self, place: int) -> bool:
        word = self.row[place]
        return len(word) == 4 and word.isdecimal() and int(word) in FEW_DECADES  # noqa: PLR2004

    def medieval(self, place: int) -> bool:
        """Tell whether four digits are a year behind "in", if it is none of the last centuries."""
        word = self.row[place]
        return len(word) == 4 and word.isdecimal() and "1" <= word[0] <= "2"  # noqa: PLR2004

    def noted(self, place: int) -> bool:
        """Tell whether a year ends a sentence with the mark of a note: "in 2009.2 Refugees"."""
        return bool(NOTED.fullmatch(self.row[place])) and self.capital(place + 1)

    def month(self, place: int) -> bool:
        word = self.row[place]
        return word in words.MONTHS and (word not in words.CAPITAL_MONTHS or self.capital(place))

    def points(self, place: int) -> bool:
        """Tell whether a word points at what a number names, as "Table" and "pages" do."""
        word = self.row[place]
        return not words.REFERENCES.isdisjoint({word, word.removesuffix("s")})

    def named(self, place: int) -> bool:
        """Tell whether the words before a bare number make it a name: "p. 22", "Boeing 747"."""
        before = place - 1
        while self.row[before] in words.LISTED and self.kinds[before - 1] == "number":
            before -= 2
            if place - before > LONGEST_CITATION:
                break
        again = before < place - 1
        short = self.row[before] == "."
        before -= short
        word = self.row[before]
        if self.points(before):
            return not short or len(word) < 5  # noqa: PLR2004
        if word == "of" and self.row[before - 1] in words.GROUPS and self.capital(before - 1):
            return True
        adverb = word.endswith("ly") and self.begins(before)
        known = adverb or word in words.FUNCTION_WORDS or word in words.MONTHS or again or short
        separated = not self.row[place].isdecimal() and "." not in self.row[place]
        name = self.kinds[before] == "word" and self.cased(before) != word
        return name and not known and not separated

    def listed(self, place: int) -> bool:
        """Tell whether a number only counts items or headings: "1. Introduction", "2.1 Methods"."""
        mark = place + 1
        counts = self.row[mark] in {".", ")"} and self.glued(mark)
        if counts:
            short = len(self.row[place]) <= len("100")
            return short and self.line(place) and self.kinds[mark + 1] == "word"
        heads = HEADING.fullmatch(self.row[place]) and self.kinds[mark] == "word"
        return bool(heads) and self.line(place) and self.capital(mark)

    def in_a_row(self, place: int) -> bool:
        """Tell whether it is one of several bare numbers in a row, as in a telephone number."""
        if not re.fullmatch(r"[0-9]+(?:\s[0-9]+)*", self.row[place]):
            return False
        before, after = self.row[place - 1], self.row[place + 1]
        prefix = before == "+" and after == "(" and self.kinds[place + 2] == "number"
        area = (before, after) == ("(", ")") and self.kinds[place + 2] == "number"
        return (prefix or area) or any(
            self.kinds[beside] == "number" and not self.yearlike(beside)
            for beside in (place - 1, place + 1)
        )

    def telephone(self, place: int) -> bool:
        """Tell whether it is a number to call: digits in groups, or "dial 101"."""
        if self.row[place - 1] in words.CALLS and not self.filler(place + 1):
            return self.row[place].isdecimal()
        spaced = any(each.isspace() for each in self.row[place])
        return spaced and not words.TELEPHONES.isdisjoint(self.row[max(place - 3, 0) : place])

    def pointed(self, place: int) -> bool:
        """Tell whether a number is that of a document, whatever follows: "Article 12"."""
        if self.row[place - 1] == "." and self.row[place - 2] == "no":
            return self.capital(place - 2) and self.capital(place - 3)
        return self.row[place - 1] in words.CITED and self.capital(place - 1)

    def cited(self, first: int, last: int) -> bool:
        """Tell whether numbers stand in a list of references alone: "[12]", "[3, 7-9]"."""
        places = range(1, LONGEST_CITATION)
        before = next((first - far for far in places if not self.reference(first - far)), first)
        after = next((last + far for far in places if not self.reference(last + far)), last)
        return (self.row[before], self.row[after]) == ("[", "]")

    def reference(self, place: int) -> bool:
        """Tell whether a token may stand in a list of references."""
        word = self.row[place]
        return word in words.ITEMS or (word.isdecimal() and len(word) < 4)  # noqa: PLR2004

    def abbreviated(self, place: int) -> bool:
        """Tell whether two digits are a year: "the class of '68"."""
        quoted = self.row[place - 1] in {"'", "’", "‘"} and self.glued(place)
        return quoted and len(self.row[place]) == 2 and self.row[place + 1] not in {"'", "’"}  # noqa: PLR2004

    def address(self, place: int, stop: int) -> bool:
        """Tell whether a number is of a house or a town: "10 Downing Street", "10115 Berlin"."""
        if not self.capital(stop):
            return False
        town = self.row[place - 1] in words.WHEREABOUTS and len(self.row[place]) == 5  # noqa: PLR2004
        if town and self.row[place].isdecimal() and not self.filler(stop + 1):
            return True
        for street in range(stop + 1, stop + LONGEST_STREET):
            if not self.capital(street):
                return False
            if self.row[street] in words.STREETS:
                return self.row[place - 1] in words.DOORS or not self.filler(street + 1)
        return False

    def day(self, first: int, stop: int) -> bool:
        """Tell whether a month stands beside: "3 May", "May 3", "3 and 4 May", "May 3 and 4"."""
        of = stop + (self.row[stop] in {"of", "de", "."})
        again = self.row[stop] in words.LISTED and self.month(stop + 2)
        before = first - 1 - (self.row[first - 1] == ".")
        if self.row[before] in words.DAY_JOINTS and self.kinds[before - 1] == "number":
            before -= 2
        after_month = self.month(before) and not words.NOUNS.at(self.row, stop)
        return self.month(of) or again or after_month

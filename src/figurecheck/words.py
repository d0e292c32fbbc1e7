"""The words that texts use around numbers: tables only, by language of the press, not of grammar.

Each table names a meaning and, separated by commas, the spellings that have it. A spelling is
written as tokens with a space between them, so "per cent" and "c ." are two tokens each.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Generic, TypeVar

from figurecheck.units import CURRENCIES as ISO_4217

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Meaning = TypeVar("Meaning")


class Phrases(Generic[Meaning]):
    """A table of phrases, found at a place in a row of words, the longest first."""

    def __init__(self, spellings: Mapping[Meaning, str]) -> None:
        self.meanings: dict[str, Meaning] = {}
        self.longest: dict[str, int] = {}
        for meaning, phrases in spellings.items():
            for phrase in phrases.split(", "):
                first, *others = phrase.split(" ")
                self.meanings[phrase] = meaning
                self.longest[first] = max(self.longest.get(first, 0), 1 + len(others))

    def at(self, row: Sequence[str], place: int) -> tuple[Meaning, int] | None:
        """Give the meaning of the phrase that starts here, and where it stops."""
        for length in range(self.longest.get(row[place], 0), 0, -1):
            meaning = self.meanings.get(" ".join(row[place : place + length]))
            if meaning is not None:
                return meaning, place + length
        return None


HEDGES = Phrases(
    {
        "approx": "about, around, approximately, approx, approx ., some, roughly, circa, c ., ca, "
        "ca ., ~, ≈, in the region of, in the order of, on the order of, of the order of, "
        "something like, somewhere around, in the vicinity of, more or less, etwa, rund, "
        "ungefähr, zirka, environ, à peu près, autour de, alrededor de, unos, unas, "
        "aproximadamente",
        "below": "nearly, almost, just under, just below, just short of, slightly under, slightly "
        "below, slightly less than, slightly fewer than, a little under, a little less than, a "
        "touch under, a touch below, a shade under, a shade below, a fraction under, a fraction "
        "below, marginally under, marginally below, fractionally under, fractionally below, shy "
        "of, just shy of, nigh on, close on, getting on for, the best part of, neared, not quite, "
        "close to, a whisker below, a whisker under, a hair below, a hair under, a hair short of, "
        "near to, nearing, approaching, fast, knapp, près de, presque, quasi, casi, cerca de",
        "lower": "over, more than, well over, far more than, many more than, greater than, higher "
        "than, above, well above, at least, no fewer than, no less than, not fewer than, not less "
        "than, as few as, as little as, a minimum of, minimum of, upwards of, upward of, in "
        "excess of, exceeding, exceeds, exceed, exceeded, surpassing, surpassed, surpasses, "
        "topped, tops, beyond, longer than, larger than, bigger than, older than, stronger than, "
        "faster than, heavier than, taller than, wider than, deeper than, warmer than, hotter "
        "than, minimum, min ., at the very least, not below, north of, >, ≥, > =, "
        "mehr als, über, mindestens, plus de, au moins, più di, oltre, almeno, más de, al menos",
        "above": "just over, just above, slightly more than, slightly over, slightly above, a "
        "little over, a little more than, a little above, just more than, marginally above, "
        "marginally over, a touch over, a touch above, a shade over, a shade above, a fraction "
        "over, a fraction above, fractionally over, fractionally above, a whisker over, "
        "a whisker above, a hair over, a hair above",
        "upper": "under, less than, fewer than, lower than, below, well under, well below, far "
        "fewer than, far less than, at most, no more than, not more than, a maximum of, maximum "
        "of, maximum, max ., not even, at the most, shorter than, smaller than, younger "
        "than, slower than, weaker than, lighter than, narrower than, cooler than, colder than, <, "
        "≤, < =, weniger als, höchstens, moins de, au plus, meno di, al massimo, menos de",
        "up to": "up to, as many as, as much as, as high as, bis zu, jusqu ' à, jusqu ’ à, fino a, "
        "hasta",
        "exact": "exactly, precisely, genau, exactement, esattamente, exactamente",
        "total": "a total of, total of, in total, in all, insgesamt",
        "estimated": "an estimated, estimated, it is estimated that, estimated at, an estimate of, "
        "estimates of, schätzungsweise",
    }
)
UPWARD = set(
    "revised edged went goes going moved crept inched ticked nudged add adds added adding sum sums "
    "summed".split()
)
PASSING = {"passed", "crossed", "breached", "top"}
BEFORE_PASSING = {"has", "have", "had", "toll", "number", "total", "count"}
MARKS = {"mark", "threshold", "barrier", "milestone"}
PAST_THE_HOUR = {"half", "quarter", "five", "ten", "twenty"}
TITLES = {"war", "wars", "congress", "games", "strike", "march", "peace"}
DETERMINERS = set("the a an its their his her our s this that these those".split())
SPREAD = {"spread", "phased", "staggered", "repaid", "payable", "repayable"}
TRAILING_HEDGES = Phrases(
    {
        "approx": "or so, - odd, odd, or thereabouts, give or take, more or less",
        "estimated": "( estimate ), ( estimated ), ( est . )",
        "lower": "+, - plus, at least, minimum, at a minimum, at the very least, or more, or "
        "above, or over, or older, or greater, or higher, and more, and above, and over, and older",
        "upper": "at most, at the most, maximum, at a maximum, or fewer, or less, or below, or "
        "under, or lower, or younger, and under, and younger",
    }
)
CLOSING = set(". , ; : ) ! ?".split()) | {""}
SET_BEHIND = {"at", "minimum", "maximum", "and"}
SET_OFF = {"or", ",", "at", "and"}
NEGATIONS = {"not", "never", "without", "cannot"}
BEHIND_NOT = {"to", "be", "been", "have"}
OPPOSITE = {"lower": "upper", "upper": "lower"}
ORDER_OF_HEDGES = "up to, lower, upper, below, above, approx, estimated, total, exact".split(", ")

BETWEEN = {"between", "zwischen", "entre", "tra", "fra", "from", "von", "de", "da"}
ANDS = {"and", "und", "et", "e", "y", "a"}
FROM = {"from", "von", "de", "da"}
CHANGES = set(
    "rose rise rises risen rising fell fall falls fallen falling grew grow grows grown growing "
    "growth increase increases increased increasing decrease decreases decreased decreasing drop "
    "drops dropped dropping decline declines declined declining shrank shrink shrinks shrunk "
    "shrinking jump jumps jumped jumping climb climbs climbed climbing slip slips slipped slid "
    "slide soar soared soaring surge surged surging plunge plunged plunging tumble tumbled sank "
    "dip dipped double doubled treble trebled triple tripled halve halved quadrupled went gone go "
    "goes going up down cut cuts cutting raise raised raises raising lower lowered lowers lowering "
    "reduce reduced reduces reducing reduction hike hiked lift lifted bring brought boost boosted "
    "expand expanded expands widen widened narrow narrowed ease eased edged inched crept leapt "
    "leap improve improved improves accelerated slowed swelled dwindled change changed changes "
    "changing move moved revised revision slashed trimmed took taking "
    "passé passée passés passent passe augmenté hausse baisse stieg sank fiel salito salita sceso "
    "scesa passato passata subió bajó pasó aumentó".split()
)
FALLS = set(
    "fall drop decline decrease reduction cut loss dip slump plunge contraction fewer less lower "
    "smaller below down".split()
)
FELL = set(
    "fell fall falls fallen falling drop drops dropped dropping decline declines declined "
    "declining decrease decreases decreased decreasing reduce reduces reduced cut cuts lost "
    "shrank shrink shrinks shrunk slipped slid dipped tumbled plunged slumped sank contracted "
    "lowered lowers lowering trimmed slashed down lower fewer less".split()
)
OF_A_YEAR = {"annual", "yearly", "year-on-year", "real", "overall", "further"}
SPANNED = set(
    "range ranges ranged ranging vary varies varied varying anywhere somewhere by of aged ages "
    "between lasts lasting costs costing".split()
)
DEFINITE = {"il", "les", "dem", "den", "el"}
TO = {"to", "-", "–", "—", "‐", "‑", "−", "or", "bis", "à"}
DASHES = {"-", "–", "—", "‐", "‑", "−"}
MINUS = dict.fromkeys(DASHES - {"—"} | {"minus"}, -1) | {"+": 1}

SMALL = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen".split()
    )
} | {
    word: 10 * value
    for value, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2
    )
}
HOURS = {"noon", "midnight", *map(str, range(1, 13))} | {
    word for word, value in SMALL.items() if value in range(1, 13)
}
LARGE = {
    word: Fraction(value)
    for value, phrases in {
        12: "dozen",
        10**2: "hundred",
        10**3: "thousand tausend mille mila mil k",
        10**5: "lakh lakhs",
        10**6: "million millions millionen mio mn mln milioni milione millones millón",
        10**7: "crore crores",
        10**9: "billion billions bn bln milliard milliards milliarden milliarde mrd miliardi "
        "miliardo",
        10**12: "trillion trillions tn trn billionen billones",
        10**15: "quadrillion quadrillions billiarden",
    }.items()
    for word in phrases.split()
}
DOTTED = {"millionen", "milioni", "millones", "milliarden", "miliardi", "milliards"}
SUFFIXES = {"m": Fraction(10**6), "b": Fraction(10**9)}
COUPLE = Phrases({2: "a couple of, a couple, couple of"})
ABBREVIATIONS = {"mio", "mrd"}
ARTICLES = {"a", "an"}

PARTS = {
    "half": 2,
    "halves": 2,
    "quarter": 4,
    "quarters": 4,
} | {
    ordinal + plural: value
    for value, ordinal in enumerate(
        "third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), start=3
    )
    for plural in ("", "s")
}
PARTS |= {
    ordinal + plural: value
    for ordinal, value in {"twentieth": 20, "hundredth": 100, "thousandth": 1000}.items()
    for plural in ("", "s")
}
EMPHATIC = {"good", "full", "mere", "whole", "whopping"}
NTH = {ordinal: value for ordinal, value in PARTS.items() if ordinal.endswith(("th", "third"))} | {
    "second": 2
}
TIMES = {"century", "decade", "year", "month", "week", "day", "hour", "minute", "second"}
NO_SHARES = set(
    "year month week fortnight day hour minute second time night morning evening afternoon weekend "
    "decade century summer winter spring autumn season generation birthday anniversary edition "
    "party world grader trimester inning "
    "monday tuesday wednesday thursday friday saturday sunday".split()
)
"""What "every third" tells the time of, and not a part."""
OF_A_PART = {"of", "the", "all"}
DENOMINATORS = {"2", "3", "4", "5", "6", "8", "10", "16"}
SINGLE_PARTS = {"half", "third", "quarter"}
BEFORE_NO_SHARE = {"first", "second", "latter", "other", "last", "final", "next", "better", "this"}
AFTER_A_SHARE = set(
    "again of the more less fewer higher lower greater larger smaller as were was are is have "
    "had has all their its his her our who that in to by since on at from and or but lived live "
    "said say agreed agree than , . ; : ) ! ? — – ”".split()
) | {""}
OUT_OF = Phrases(
    {
        "in": "in, - in -",
        "of": "in every, in each, out of, out of every, out of the, "
        "out of all, out of a total of, of every, of each",
    }
)
TENTHS = {"10", "ten", "100"}
EVERY = Phrases({"per": "per, for every, for each, in every, out of every, for, je, pour, /"})
RATES = {
    100: "percent",
    1000: "per_1000",
    10_000: "per_10000",
    100_000: "per_100000",
    1_000_000: "per_million",
}

TENFOLD = {
    "dozens": (24, 100),
    "hundreds": (100, 1000),
    "thousands": (1000, 10_000),
    "millions": (10**6, 10**7),
    "billions": (10**9, 10**10),
    "trillions": (10**12, 10**13),
}
TENS = {"tens": 10, "hundreds": 100}
SEVERAL = Phrases({"several": "several, a few, many"})

RATIOS = {
    "doubled": Fraction(2),
    "trebled": Fraction(3),
    "tripled": Fraction(3),
    "quadrupled": Fraction(4),
    "quintupled": Fraction(5),
    "halved": Fraction(1, 2),
    "twice": Fraction(2),
    "thrice": Fraction(3),
    "hundredfold": Fraction(100),
} | {f"{word}fold": Fraction(value) for word, value in SMALL.items() if value > 1}
AFTER_NO_RATIO = {
    "down",
    "back",
    "a",
    "an",
    "per",
    "weekly",
    "monthly",
    "yearly",
    "annually",
    "daily",
    "each",
}
DOUBLES = {"double": Fraction(2), "triple": Fraction(3), "treble": Fraction(3)} | {
    "doubles": Fraction(2),
    "triples": Fraction(3),
    "doubling": Fraction(2),
    "tripling": Fraction(3),
    "trebling": Fraction(3),
}
AFTER_DOUBLE = set("of since the that those what its their his her our last".split())
AFTER_TO_DOUBLE = AFTER_DOUBLE | set(". , ; ) in by since within over from to every".split())
MODALS = set("to will would could may might can should must".split())
NEVER_DOUBLED = set(
    "check down back park book cross click jump dip act up as digits figures digit figure "
    "taxation counting standards vision occupancy agents jeopardy glazing count crossed".split()
)
MEANS = set(
    "expected set likely plan plans planned planning aim aims aimed aiming want wants wanted "
    "pledge pledges pledged promised promises hope hopes hoped hoping vowed agreed about going "
    "intends need needs forecast projected managed able ready ordered".split()
)
"""Who is to double something: "they want to triple it"."""
AGAIN = Phrases(
    {
        "again": "as much again, as many again, as high again, as large again, as big again, "
        "as long again, again as much, again as many, again as high, again as large, "
        "again as big, again as long"
    }
)
AFTER_TIMES = set(
    "earnings income revenue average annual median as more higher lower greater larger smaller "
    "bigger faster fewer less likelier the that its their what".split()
)

TWICE = {"twice", "thrice"}
AFTER_TWICE = AFTER_TIMES | {"this", "last", "his", "her", "our", "your", "one", "normal"}

CURRENCIES = {
    "$": "USD",
    "us$": "USD",
    "ca$": "CAD",
    "c$": "CAD",
    "au$": "AUD",
    "a$": "AUD",
    "nz$": "NZD",
    "hk$": "HKD",
    "s$": "SGD",
    "r$": "BRL",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₹": "INR",
    "₩": "KRW",
    "₽": "RUB",
    "₺": "TRY",
    "₦": "NGN",
    "₪": "ILS",
    "₱": "PHP",
    "₫": "VND",
    "₴": "UAH",
    "₸": "KZT",
    "₾": "GEL",
    "₼": "AZN",
    "฿": "THB",
    "₡": "CRC",
    "₲": "PYG",
    "₮": "MNT",
    "₭": "LAK",
    "₵": "GHS",
    "nt$": "TWD",
    "tt$": "TTD",
    "j$": "JMD",
    "rs": "INR",
    "rp": "IDR",
    "ksh": "KES",
    "kshs": "KES",
    "ush": "UGX",
    "ushs": "UGX",
    "tsh": "TZS",
    "tshs": "TZS",
    "tk": "BDT",
    "rm": "MYR",
}
CODES = ISO_4217 - set(
    "ALL AMD ANG BAM BOB BSD CHE COP COU CRC CUC CUP CVE DEM ERN GEL LAK MOP SDG SOS SSP STD "
    "TOP USN XDR".split()
)
LETTERS = {"R": "ZAR", "N": "NGN", "K": "ZMW", "P": "PHP", "Sh": "KES", "Shs": "KES", "Le": "SLE"}
MONEY = Phrases(
    {
        "USD": "dollars, dollar, us dollars, us dollar, american dollars",
        "EUR": "euros, euro, €",
        "GBP": "pounds sterling, british pounds, £",
        "GBX": "p, pence",
        "INR": "rupees, indian rupees, ₹",
        "JPY": "yen",
        "CHF": "francs, swiss francs, franken",
        "CNY": "yuan, renminbi",
        "AUD": "australian dollars",
        "CAD": "canadian dollars",
        "NZD": "new zealand dollars",
        "HKD": "hong kong dollars",
        "SGD": "singapore dollars",
        "TWD": "taiwan dollars",
        "JMD": "jamaican dollars",
        "NAD": "namibian dollars",
        "RUB": "roubles, rubles",
        "BYN": "belarusian roubles, belarusian rubles",
        "KRW": "won",
        "KPW": "north korean won",
        "SEK": "kronor, krona, kroner, swedish kronor, kr, kr .",
        "NOK": "norwegian kroner",
        "DKK": "danish kroner",
        "ISK": "icelandic krona, icelandic kronur, krónur",
        "CZK": "koruna, korunas, czech crowns, kč",
        "PLN": "zloty, zlotys, złoty, zł",
        "HUF": "forint, forints",
        "RON": "lei, leu",
        "BGN": "leva, lev",
        "RSD": "serbian dinars",
        "UAH": "hryvnia, hryvnias",
        "GEL": "lari",
        "AZN": "manat, manats",
        "KZT": "tenge",
        "UZS": "soum, soums",
        "KGS": "kyrgyz som",
        "MNT": "tugrik, tugriks",
        "AFN": "afghani, afghanis",
        "TRY": "lira, liras, turkish lira",
        "ILS": "shekel, shekels",
        "KWD": "dinar, dinars, kuwaiti dinars",
        "IQD": "iraqi dinars",
        "JOD": "jordanian dinars",
        "TND": "tunisian dinars",
        "DZD": "algerian dinars",
        "LYD": "libyan dinars",
        "BHD": "bahraini dinars",
        "AED": "dirham, dirhams",
        "MAD": "moroccan dirhams",
        "SAR": "riyal, riyals, rial, rials, saudi riyals",
        "QAR": "qatari riyals",
        "IRR": "iranian rials",
        "OMR": "omani rials",
        "LBP": "lebanese pounds, lebanese lira",
        "SYP": "syrian pounds",
        "EGP": "egyptian pounds",
        "SDG": "sudanese pounds",
        "SSP": "south sudanese pounds",
        "PKR": "pakistani rupees",
        "LKR": "sri lankan rupees",
        "NPR": "nepalese rupees, nepali rupees",
        "BDT": "taka",
        "BTN": "ngultrum",
        "MVR": "rufiyaa",
        "THB": "baht",
        "MYR": "ringgit",
        "IDR": "rupiah",
        "VND": "dong",
        "KHR": "riel, riels",
        "LAK": "kip",
        "MMK": "kyat, kyats",
        "PGK": "kina",
        "MXN": "peso, pesos, mexican pesos",
        "ARS": "argentine pesos",
        "CLP": "chilean pesos",
        "COP": "colombian pesos",
        "UYU": "uruguayan pesos",
        "DOP": "dominican pesos",
        "PHP": "philippine pesos",
        "BRL": "reais",
        "VES": "bolivars, bolívares",
        "BOB": "bolivianos",
        "PYG": "guaranies, guaraníes",
        "GTQ": "quetzal, quetzales, quetzals",
        "HNL": "lempira, lempiras",
        "CRC": "colones",
        "HTG": "gourde, gourdes",
        "ZAR": "rand",
        "NGN": "naira",
        "GHS": "cedi, cedis",
        "ETB": "birr",
        "KES": "shilling, shillings, kenyan shillings, kenya shillings",
        "TZS": "tanzanian shillings, tanzania shillings",
        "UGX": "ugandan shillings, uganda shillings",
        "SOS": "somali shillings",
        "ZMW": "kwacha, zambian kwacha",
        "MWK": "malawian kwacha, malawi kwacha",
        "XOF": "cfa francs, cfa franc, francs cfa, fcfa",
        "RWF": "rwandan francs, rwanda francs",
        "BIF": "burundian francs",
        "CDF": "congolese francs",
        "GNF": "guinean francs",
        "MZN": "metical, meticals, meticais",
        "AOA": "kwanza, kwanzas",
        "MGA": "ariary",
        "BWP": "pula",
        "GMD": "dalasi, dalasis",
        "SLE": "leones",
        "SZL": "emalangeni, lilangeni",
        "LSL": "maloti, loti",
    }
)
PERCENT = Phrases(
    {
        "percentage_point": "percentage point, percentage points, percentage - point, "
        "percentage pts, % points, % point, % - points, % - point, % pts, % - pts, per cent "
        "points, percent points, p . p ., p . p, pp, pps, ppt, ppts, prozentpunkte, prozentpunkten",
        "percent": "%, percent, per cent, per - cent, p . c ., pct, pct ., pc, prozent, "
        "pour cent, por ciento, per cento, ٪, ％",
        "permille": "‰, per mille, per mil, promille",
        "basis_point": "basis point, basis points, basis - point, bps, bp",
    }
)
MEASURES = Phrases(
    {
        "year": "year, years, year - old, year - olds, yr, yrs, jahre, jahren, années, ans, "
        "anni, años",
        "century": "centuries",
        "decade": "decade, decades",
        "month": "month, months, month - old, month - olds, monate, monaten, mois, mesi, meses",
        "week": "week, weeks, week - old, wochen, semaines, settimane, semanas",
        "day": "day, days, day - old, tage, tagen, jours, giorni, días",
        "hour": "hour, hours, hrs, stunden, heures, ore, horas",
        "second": "seconds, secs",
        "minute": "minute, minutes, mins, minuten",
        "km": "km, kilometre, kilometres, kilometer, kilometers",
        "km**2": "km ², sq km, square kilometre, square kilometres, square kilometer, "
        "square kilometers",
        "metre**2": "m ², sq m, square metre, square metres, square meter, square meters",
        "metre**3": "m ³, cubic metre, cubic metres, cubic meter, cubic meters",
        "km**3": "km ³, cubic kilometre, cubic kilometres",
        "metre": "m, metre, metres, meter, meters",
        "cm": "cm, centimetres, centimeters",
        "mm": "mm, millimetres, millimeters",
        "mile": "mile, miles",
        "mile**2": "square mile, square miles, sq mile, sq miles, sq mi",
        "mile/hour": "mph",
        "km/hour": "kph, kmh, km / h, km / hr",
        "metre/second": "m / s",
        "foot": "feet, foot, ft",
        "kg": "kg, kilo, kilos, kilogram, kilograms, kilogramme, kilogrammes",
        "gram": "gram, grams, grammes",
        "mg": "mg, milligram, milligrams",
        "ml": "ml, millilitre, millilitres, milliliter, milliliters",
        "tonne": "t, tonne, tonnes, metric tons, tonnen",
        "ha": "ha, hectare, hectares, hektar",
        "acre": "acre, acres",
        "litre": "litre, litres, liter, liters",
        "kWh": "kwh",
        "MWh": "mwh",
        "GWh": "gwh",
        "TWh": "twh",
        "MW": "mw, megawatts",
        "GW": "gw, gigawatts",
        "degC": "° c, °c, degrees celsius, degrees c, ℃",
    }
)
NOUNS = Phrases(
    {
        "": "member state, member states",
        "person": "person, persons, people, man, men, woman, women, child, children, boy, boys, "
        "girl, girls, adult, adults, victim, victims, survivor, survivors, migrant, migrants, "
        "refugee, refugees, asylum seeker, asylum seekers, asylum - seekers, immigrant, "
        "immigrants, worker, workers, "
        "employee, employees, voter, voters, user, users, resident, residents, inhabitant, "
        "inhabitants, citizen, citizens, patient, patients, student, students, pupil, pupils, "
        "teacher, teachers, prisoner, prisoners, detainee, detainees, soldier, soldiers, "
        "civilian, civilians, officer, officers, suspect, suspects, trafficker, traffickers, "
        "smuggler, smugglers, respondent, respondents, participant, participants, passenger, "
        "passengers, individual, individuals, member, members, human, humans, minor, minors, "
        "baby, babies, infant, infants, mother, mothers, birth, births, death, deaths, "
        "menschen, personen, frauen, männer, kinder, flüchtlinge, migranten, einwohner, opfer, "
        "personnes, hommes, "
        "femmes, enfants, réfugiés, migrants, habitants, victimes, persone, uomini, donne, "
        "bambini, rifugiati, migranti, abitanti, vittime, personas, hombres, mujeres, niños, "
        "refugiados, habitantes, víctimas",
        "household": "household, households, family, families, haushalte, haushalten, ménages, "
        "familles, famiglie, hogares, familias",
        "event": "case, cases, incident, incidents, arrival, arrivals, attack, attacks, crossing, "
        "crossings, arrest, arrests, accident, accidents, application, "
        "applications, conviction, convictions, investigation, investigations, prosecution, "
        "prosecutions, visit, visits, journey, journeys, landing, landings, event, events, "
        "strike, strikes, fälle, fällen, ankünfte, cas, arrivées, casi, sbarchi, arrivi, casos, "
        "llegadas",
    }
)
SHARED = {"person", "household"}
COUNTED = {"person", "household", "event"}
OF = Phrases({"of": "of, de, d ', d ’, di"})
STOP = set(
    "of in and to for from on at by were are was is as with or than a an the per that who which "
    "have has had be been between about over under more less but if when while since until after "
    "before during each every their its his her this these those not also could would may will "
    "can did do does out up down off into among against because so it they we he she i you no "
    "some all other another only just".split()
)
BASES = {
    noun: base
    for base, nouns in {
        "year": "year annum yr jahr an",
        "month": "month monat mois",
        "week": "week",
        "day": "day tag jour",
        "hour": "hour h",
        "minute": "minute",
        "second": "second sec s",
        "person": "person head capita victim worker child woman man people inhabitant employee "
        "passenger patient pupil student",
        "household": "household family",
        "tonne": "tonne",
        "kg": "kg kilo",
        "km": "km kilometre kilometer",
        "ha": "hectare",
        "litre": "litre liter",
        "kWh": "kwh",
    }.items()
    for noun in nouns.split()
}
PER = {"per", "/", "pro", "par"}
A_BASE = PER | {"a", "an", "each", "every"}
LOOSELY = {"a", "an", "each", "every"}
LOOSE_BASES = set("year month week day hour minute head person litre liter tonne kilo kg".split())
ADVERBS = {
    "annually": "year",
    "yearly": "year",
    "monthly": "month",
    "weekly": "week",
    "daily": "day",
    "hourly": "hour",
}
AGO = {"ago", "later", "earlier", "after", "before"}

MONTHS = set(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec "
    "januar februar märz mai juni juli oktober dezember "
    "janvier février mars avril juin juillet août septembre octobre novembre décembre "
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre "
    "dicembre enero febrero abril mayo junio julio septiembre octubre noviembre diciembre".split()
)
PLUS_MINUS = Phrases({"±": "±, + / -, + / −, + -, plus or minus, plus - or - minus"})
AGES = Phrases({"": "the ages of, ages of, ages"})
SPREADS = Phrases(
    {
        "spread": "ci, confidence interval, ui, uncertainty interval, credible interval, "
        "confidence interval of, confidence interval from, uncertainty interval of"
    }
)
CAPITAL_MONTHS = {"may", "march", "mars", "mar", "jan", "dec"}
CLOCK = Phrases({"time": "am, pm, a . m, p . m, o ' clock, o ’ clock, gmt, utc, uhr"})
REFERENCES = set(
    "§ № ¶ fn apt table figure fig section chapter page p pp article art annex appendix box part "
    "step phase level grade type version vol volume room route question chart boeing airbus flight "
    "iso resolution rule regulation directive item paragraph para protocol line class clause no nr "
    "num number sec eq equation ch ref note footnote schedule panel exhibit act goal target "
    "indicator day code postcode column exit junction terminal gate berth runway pier lot log "
    "clade lineage genotype serotype".split()
)
CITED = set(
    "resolution article section table figure chapter annex appendix directive regulation paragraph "
    "protocol grade stage phase category type".split()
)
GROUPS = {"group", "class", "gang", "council", "committee"}
CALLS = {"dial", "ring", "call", "phone", "text"}
TELEPHONES = {"phone", "dial", "tel", "telephone", "call", "called", "ring", "text", "fax"}
DEGREES = {"C": "degC", "F": "degF"}
LENGTHS = {"km", "metre", "cm", "mm"}
POWERS = {"2", "3"}
STREETS = set(
    "street st road rd avenue ave lane boulevard drive terrace square place crescent way".split()
)
DOORS = {"at", "outside"}
WHEREABOUTS = {"in", "at", "to", "from", "near"}
ITEMS = {",", ";", "-", "–"}
LISTED = {"and", "or", ",", "to", "&", "of"}
IDIOMS = Phrases(
    {
        "": "six of one and half a dozen of the other, two and two together, two to tango, the "
        "whole nine yards, cloud nine, ten a penny, two a penny, in two minds, at sixes and "
        "sevens, forty winks, nine to five, seventh heaven, two birds with one stone, two - "
        "way street, two left feet, seven deadly sins, seven seas, seven wonders, four - "
        "letter word, three cheers, three - ring circus, two - edged sword, five o ' clock "
        "shadow, five o ’ clock shadow, twelve good men, ten commandments, million dollar "
        "question, million - dollar question, one and the same, half a mind, half the story, "
        "half an eye, half an ear, half - baked, half - hearted, half - mast, half time, half "
        "- time, half term, half - term, two peas in a pod, between two stools, two for the "
        "price of, a fifth column, a fifth columnist, a fifth wheel, a sixth sense, my two "
        "cents, her two cents, his two cents, only half the battle",
    }
)
"""Phrases with number words that tell no number."""

DAY_JOINTS = {"and", "or", "&"}
COMPOUNDS = {"odd", "strong", "plus"}
PROPORTIONS = {"percent", "permille", "percentage_point", "basis_point"}
COMPARED = {"lower", "upper", "up to", "above"}
AFTER_A_YEAR = set(
    "level levels baseline value values figure figures price prices average peak total".split()
)
YEAR_BEFORE = set(
    "the its this in since by from until till during to of after before for between and "
    "early late mid "
    "year circa around about than".split()
)
SENTENCE_STARTS = set('. ! ? : ; “ " • ( — « ‘ * † ‡ ▪ ■ ► ‣ ·'.split()) | {""}
FUNCTION_WORDS = STOP | set(
    "both those these there then now today here how what where why whose yet still even nearly "
    "altogether almost totals total killed overnight meanwhile worldwide nationwide elsewhere "
    "abroad yesterday tomorrow tonight excludes includes excluding including covers contains "
    "comprises".split()
)

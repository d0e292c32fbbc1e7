"""Figures for texts: files from which LaTeX, typst, Quarto, pandoc and others take a text by id."""

from __future__ import annotations

import re
from json import dumps
from typing import TYPE_CHECKING, Any

from figurecheck import markup
from figurecheck.figures import Figure
from figurecheck.literal import document
from figurecheck.literal import ends as ends_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from figurecheck.derivation import Derived
    from figurecheck.register import Register

MANY = 3
_SURROGATE = re.compile("[\ud800-\udfff]")
_INVISIBLE = re.compile(
    "[\0-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)


def _texted(register: Register) -> dict[str, Figure | Derived]:
    """Give all that has a text, by id: the figures that are reported, and derived quantities."""
    reported = {name: each for name, each in register.items() if each.reported}
    return {**reported, **register.derivations.derived}


def _texts(register: Register) -> Iterator[tuple[str, str, str]]:
    """Give id, text and citation of all that has a text."""
    for name, each in _texted(register).items():
        yield name, register.text(name), _cited(each)


def _cited(each: Figure | Derived) -> str:
    """Give the citations of its sources; nothing where it has none."""
    return "; ".join(source.citation for source in each.sources)


def without_number(register: Register) -> Iterator[str]:
    """Say what is in no export, having no text, and what is in it with a text of no number."""
    silent = [each.id for each in register.values() if not each.reported]
    numberless = [each.id for each in register.values() if each.reported and each.unreadable]
    for why, names in (
        ("left out, reported by nobody", silent),
        ("left out, refused, see 'figurecheck derive'", [*register.derivations.refused]),
        ("as printed, though no number can be read", numberless),
    ):
        if names:
            more = ", ..." if len(names) > MANY else ""
            yield f"{why}: {len(names)} ({', '.join(names[:MANY])}{more})"


_LATEX = r"""% figurecheck export --to latex
% \fc{id} gives the text of a figure, \fc[cite]{id} its citation; an unknown id is an error.
\ifdefined\fcfigure\else
\newcommand{\fcfigure}[3]{%
  \expandafter\def\csname fc/text/\detokenize{#1}\endcsname{#2}%
  \expandafter\def\csname fc/cite/\detokenize{#1}\endcsname{#3}}
\newcommand{\fc}[2][text]{%
  \ifcsname fc/#1/\detokenize{#2}\endcsname
    \csname fc/#1/\detokenize{#2}\endcsname
  \else
    \textbf{??}%
    \PackageError{figurecheck}{no #1 of a figure '\detokenize{#2}'}{'figurecheck show' lists them.}%
  \fi}
\fi"""


def latex(register: Register) -> Iterator[str]:
    r"""Give a file of macros: \fc{id} and \fc[cite]{id}."""
    yield from _LATEX.split("\n")
    for name, text, cite in _texts(register):
        yield rf"\fcfigure{{{name}}}{{{markup.latex(text)}}}{{{markup.latex(cite)}}}"


_TYPST = """\
#let fig(id, spec: "text") = {
  if id in figures { return figures.at(id).at(spec) }
  let pairs(word) = (" " + word + " ").clusters().windows(2).map(pair => pair.join()).dedup()
  let own = pairs(id)
  let alike(known) = {
    let its = pairs(known)
    2 * own.filter(pair => pair in its).len() / (own.len() + its.len())
  }
  let near = figures.keys().filter(known => alike(known) > 0.5).sorted(key: known => -alike(known))
  let hint = if near.len() > 0 { "; did you mean '" + near.first() + "'?" }
  panic("no figure '" + id + "'" + hint)
}"""


def typst(register: Register) -> Iterator[str]:
    """Give a module with a dictionary `figures` and a function `fig(id, spec: "cite")`."""
    yield "// figurecheck export --to typst"
    yield '// #fig("id") gives the text of a figure, #fig("id", spec: "cite") its citation.'
    texts = list(_texts(register))
    yield "#let figures = (" if texts else "#let figures = (:"
    for name, text, cite in texts:
        yield f"  {_quoted(name)}: (text: {_quoted(text)}, cite: {_quoted(cite)}),"
    yield ")"
    yield ""
    yield from _TYPST.split("\n")


def _quoted(text: str) -> str:
    """Give a string as typst and Lua both read it."""
    known = re.sub(r'["\\]', r"\\\g<0>", _SURROGATE.sub("\ufffd", text))
    return '"' + _INVISIBLE.sub(lambda found: f"\\u{{{ord(found[0]):x}}}", known) + '"'


_PANDOC = """\
local function pairs_of(word)
  local found, count = {}, 0
  word = " " .. word .. " "
  for place = 1, #word - 1 do
    local pair = word:sub(place, place + 1)
    if not found[pair] then
      found[pair], count = true, count + 1
    end
  end
  return found, count
end

local function near(id)
  local own, many = pairs_of(id)
  local best, most = nil, 0.5
  for known in pairs(figures) do
    local its, others = pairs_of(known)
    local shared = 0
    for pair in pairs(own) do
      shared = shared + (its[pair] and 1 or 0)
    end
    local alike = 2 * shared / (many + others)
    if alike > most or (alike == most and best and known < best) then
      best, most = known, alike
    end
  end
  return best and "; did you mean '" .. best .. "'?" or ""
end

local function put(element, id)
  if not element.classes:includes("figure") then
    return nil
  end
  local spec = element.attributes.spec or "text"
  if not figures[id] then
    error("no figure '" .. id .. "'" .. near(id), 0)
  elseif not figures[id][spec] then
    error("no " .. spec .. " of a figure, wanted spec=cite or none", 0)
  end
  return pandoc.Inlines(figures[id][spec])
end

return {{
  Code = function(code) return put(code, code.text) end,
  Span = function(span) return put(span, pandoc.utils.stringify(span)) end,
}}"""


def pandoc(register: Register) -> Iterator[str]:
    """Give a filter in Lua that needs nothing but pandoc."""
    yield "-- figurecheck export --to pandoc; then: pandoc --lua-filter FILE"
    yield "-- [id]{.figure} or `id`{.figure} becomes the text of a figure, [id]{.figure spec=cite}"
    yield "-- its citation."
    yield "local figures = {"
    for name, text, cite in _texts(register):
        yield f"  [{_quoted(name)}] = {{text = {_quoted(text)}, cite = {_quoted(cite)}}},"
    yield "}"
    yield ""
    yield from _PANDOC.split("\n")


def quarto(register: Register) -> Iterator[str]:
    """Give _variables.yml: `figure` and `cite`, each by id, escaped for Markdown."""
    texts = list(_texts(register))
    yield "# figurecheck export --to quarto"
    yield "# {{< var figure.id >}} gives the text of a figure, {{< var cite.id >}} its citation."
    for group, words in (
        ("figure", {name: text for name, text, _ in texts}),
        ("cite", {name: cite for name, _, cite in texts}),
    ):
        yield f"{group}:" if words else f"{group}: {{}}"
        for name, text in words.items():
            shown = markup.opening(markup.markdown(text))
            yield f"  {_yaml(name)}: {_yaml(shown)}"


def _yaml(text: str) -> str:
    """Give a string as every YAML reads it: `no` and 1.0 stay texts, and all of it is printable."""
    quoted = dumps(text, ensure_ascii=False)
    return _INVISIBLE.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)


def data(register: Register) -> Iterator[str]:
    """Give JSON: by id all that templates ask for; ends as in the other reports, null for none."""
    labels = {each.statement.target: each.label for each in register.relations if each.statement}
    return document(
        figures={
            name: {"text": register.text(name), "cite": _cited(each)}
            | (_figure(each) if isinstance(each, Figure) else _derived(each, labels[name]))
            for name, each in _texted(register).items()
        }
    )


def _figure(each: Figure) -> dict[str, Any]:
    reading = None if each.unreadable else each.reading
    return {
        "value": reading and reading.value,
        "unit": each.measured_in.name if each.measured_in else each.unit,
        **_bounds(*((reading.narrow, reading.wide) if reading else ())),
        "label": each.label,
        "concept": each.concept,
        "place": each.place,
        "period": each.period,
        "source": each.source_key,
    }


def _derived(each: Derived, label: str) -> dict[str, Any]:
    return {
        "value": None,
        "unit": each.unit.name if each.unit else "",
        **_bounds(*each.amount.printed),
        "label": label,
        "concept": each.concept,
        "place": "",
        "period": "",
        "source": "; ".join(source.key for source in each.sources),
    }


def _bounds(*intervals: Any) -> dict[str, Any]:
    ends = [end for interval in intervals for end in ends_of(interval)] or [None] * 4
    return dict(zip(("lower", "upper", "widest_lower", "widest_upper"), ends, strict=True))


FORMATS: dict[str, Callable[[Register], Iterator[str]]] = {
    "latex": latex,
    "typst": typst,
    "quarto": quarto,
    "pandoc": pandoc,
    "json": data,
}

"""A quote stands in a text word for word, whatever marks and spaces stand between."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import accused, findings

from figurecheck.finding import BORDERLINE, BROKEN, UNTESTABLE
from figurecheck.passage import ALMOST, LETTER_FOR_LETTER, NOWHERE, Passages

TEXT = """Of the 27.6 million people in forced labour, 17.3 million are exploited in the private
sector; 6.3 million in “forced commercial sexual exploi-
tation”, and 3.9\u00a0million in forced labour imposed by state – that's a\ufb03rmed. In all
[sic] it is cross-
border trafficking."""


@pytest.mark.parametrize(
    ("quote", "stands"),
    [
        ("27.6 million people", LETTER_FOR_LETTER),
        ("the private sector", LETTER_FOR_LETTER),
        ('in "forced commercial sexual exploitation", and 3.9 million', LETTER_FOR_LETTER),
        ("imposed by state — that’s affirmed.", LETTER_FOR_LETTER),
        ("imposed by state-that's affirmed!", LETTER_FOR_LETTER),
        ("cross-border trafficking", LETTER_FOR_LETTER),
        ("Of the 27.6 million people ... 17.3 million are exploited", LETTER_FOR_LETTER),
        ("… 17.3 million […] 6.3 million (...) 3.9 million . . .", LETTER_FOR_LETTER),
        ("6.3 million [people] in forced commercial", LETTER_FOR_LETTER),
        ("[S]exual exploitation", LETTER_FOR_LETTER),
        ("In all [sic] it is", LETTER_FOR_LETTER),
        ("of the 27.6 million people", ALMOST),
        ("people in forced labour 17.3 million", ALMOST),
        ("7.6 million people", NOWHERE),
        ("27", NOWHERE),
        ("in forced labours", NOWHERE),
        ("the privates", NOWHERE),
        ("thepri vate sector", NOWHERE),
        ("26.7 million people", NOWHERE),
        ("17.3 million ... 27.6 million", NOWHERE),
        ("6.3 million ... .6 million", NOWHERE),
        ("6.3 million [people] in private", NOWHERE),
        ("276 million people", NOWHERE),
    ],
)
def test_marks_and_spaces_may_differ_and_words_may_not(quote, stands):
    assert Passages(TEXT).holds(quote) == stands


def test_what_is_cut_at_first_may_stand_further_on():
    assert Passages("127 men, 27 men").holds("27 men") == LETTER_FOR_LETTER


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("a b " * 50_000, "ab " * 5000),
        ("1" * 200_000, "1"),
        ("aa" * 100_000, "a" * 20_000),
        ("[" * 50_000, "[x" * 1000),
    ],
)
def test_hostile_texts_are_searched_to_their_end(text, quote):
    assert Passages(text).holds(quote) == NOWHERE


WORDS = st.lists(st.sampled_from("of 27.6 million people, forced - labour “ 5".split()), min_size=1)


@given(WORDS, WORDS, WORDS, st.sampled_from([" ", "\n", "\u00a0", "  "]))
def test_whatever_stands_in_a_text_is_found_however_it_is_spaced(before, words, after, space):
    text = space.join([*before, *words, *after])
    assert Passages(text).holds(" ".join(words)) == LETTER_FOR_LETTER


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_signs_end_in_an_answer(text, quote):
    assert Passages(text).holds(quote) in {LETTER_FOR_LETTER, ALMOST, NOWHERE}
    assert (
        Passages(text).holds(text) == LETTER_FOR_LETTER or "[" in text or "." in text or "…" in text
    )


FIGURE = """id,reported,unit,source,quote
    a,5,person,s,{}
    texts:
    s: There came 5 people, it says."""


@pytest.mark.parametrize(
    ("quote", "outcome", "proof"),
    [
        ("came 5 people", None, ""),
        ("there came 5 people", BORDERLINE, "'there came 5 people'"),
        ("There came 5 women", BROKEN, "as far as 'There came 5' it does, not 'women'"),
        ("Nobody of 5", BROKEN, "not even 'Nobody of 5' does"),
        ("...", UNTESTABLE, ""),
    ],
)
def test_a_quote_is_found_in_the_archived_text(quote, outcome, proof):
    found = [(each.outcome, each.proof) for each in findings(FIGURE.format(quote), "FC210")]
    assert found == ([(outcome, proof)] if outcome else [])


def test_where_no_text_is_there_it_cannot_be_tested_and_is_counted():
    text = """id,reported,unit,source,quote
        a,5,person,s,5 people
        b,5,person,t,5 people
        c,5,person,u,5 people
        d,5,person,s,
        e,5,person,s,5 people
        sources: s, t"""
    first, second = findings(text, "FC210")
    assert (first.figure, first.related, first.severity) == ("a", ("e",), "note")
    assert first.message.endswith("to find its quote in, nor those of 1 more")
    assert (second.figure, second.outcome) == ("b", UNTESTABLE)
    assert accused(text, "FC210") == []
    [left] = findings(f"{text}\ntexts:\nt: 5 people", "FC210")
    assert left.figure == "a"


def test_a_text_that_was_changed_is_said_once_and_quotes_are_not_looked_up_in_it():
    text = """id,reported,unit,source,quote
        a,5,person,s,5 people
        b,6,person,s,6 people
        texts:
        s 0d5c3a: 5 people"""
    [found] = findings(text, "FC211")
    assert (found.figure, found.outcome) == ("a", BROKEN)
    assert "its sha256 is" in found.message
    assert {each.outcome for each in findings(text, "FC210")} == {UNTESTABLE}


def test_the_words_that_a_relation_cites_are_looked_at_too():
    text = """id,reported,unit,source
        a,5,person,t
        relations:
        id,statement,source
        r,a == 5,s
        sources: s, t
        texts:
        s 0d5c3a: 5 people"""
    assert [each.figure for each in findings(text, "FC211")] == ["r"]

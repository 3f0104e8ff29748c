"""Sentences that cite or link, as the page of what they name quotes them."""

from __future__ import annotations

import pytest

from inquiry.corpus.markdown import parse_body
from inquiry.corpus.model import Visibility
from inquiry.graph.build import build_graph
from inquiry.graph.resolve import Resolver
from inquiry.site.citing_sentences import quoted_sentences
from strategies import make_corpus, make_document

DEBT = make_document("notes/sleep-debt.md", title="Does *debt* add up?")
NAPS = make_document("notes/naps.md", title="Naps help")
HIDDEN = make_document("notes/hidden.md", title="zz-hidden", visibility=Visibility.UNLISTED)
OTHER = make_document("lines/why-sleep.md", title="Why do we sleep?")

CITED = {
    "Sleep helps [[sleep-debt]].": "Sleep helps.",
    "Sleep helps [[sleep-debt]], and it is short [[naps]].": "Sleep helps, and it is short.",
    "Sleep helps [[sleep-debt]] [[naps]].": "Sleep helps.",
    "Sleep helps [[sleep-debt]], [[naps]] and [[hidden]].": "Sleep helps.",
    "Sleep helps ([[sleep-debt]]).": "Sleep helps.",
    "Sleep ([[sleep-debt]]) helps.": "Sleep helps.",
    "Sleep helps [[sleep-debt]] more than work.": "Sleep helps more than work.",
    "As [[sleep-debt]] and [[naps]] show, sleep helps.": "As “Does debt add up?” and “Naps help” show, sleep helps.",
    "As [[sleep-debt]], [[naps]] and others show, it helps.": (
        "As “Does debt add up?”, “Naps help” and others show, it helps."
    ),
    "[[sleep-debt]] says so.": "“Does debt add up?” says so.",
    "According to [[sleep-debt]], it helps.": "According to “Does debt add up?”, it helps.",
    "It helps (see [[sleep-debt]]).": "It helps (see “Does debt add up?”).",
    "What [[sleep-debt]] found is so.": "What “Does debt add up?” found is so.",
    "It helps [[naps]] ([[sleep-debt]]) and [[why-sleep]] asks why.": "It helps and “Why do we sleep?” asks why.",
    "It helps; compare [[hidden]] and [[sleep-debt]].": "It helps; compare hidden and “Does debt add up?”.",
    "One thing. Sleep helps [[sleep-debt]]. Another.": "Sleep helps.",
    "[[sleep-debt]]": None,
    "[[naps]], [[sleep-debt]].": None,
}
LINKED = {
    "See [[sleep-debt]] for more.": "See “Does debt add up?” for more.",
    "More in [[sleep-debt|the other note]].": "More in the other note.",
    "It helps [[not-written]] and [[sleep-debt]].": "It helps not written and “Does debt add up?”.",
}


def quoted(path: str, text: str) -> str | None:
    """Quote what a document says of the note on sleep debt."""
    origin = make_document(path, body=parse_body(text, path, cites=path.startswith("lines/")))
    corpus = make_corpus(origin, DEBT, NAPS, HIDDEN, OTHER)
    graph = build_graph(corpus, Resolver(corpus))
    (backlink,) = graph.backlinks(DEBT)
    sentences = quoted_sentences(backlink, graph)
    assert len(sentences) <= 1
    return sentences[0] if sentences else None


@pytest.mark.parametrize(("text", "expected"), CITED.items())
def test_a_citation_is_left_out_where_its_sentence_can_do_without_and_named_elsewhere(
    text: str, expected: str | None
) -> None:
    assert quoted("lines/asked.md", text) == expected


@pytest.mark.parametrize(("text", "expected"), LINKED.items())
def test_a_link_of_a_note_is_quoted_by_the_title_that_its_page_shows(text: str, expected: str) -> None:
    assert quoted("notes/origin.md", text) == expected

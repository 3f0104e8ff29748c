"""What an import asks of an entry: abstract, summary, keywords."""

from __future__ import annotations

import json

import pytest

from inquiry.author.entries import LONGEST_SUMMARY, Described, Form, described, summary_of

LONG = f"{'Word ' * 80}ends. Another follows."


def only(text: str, form: Form = Form.BIBTEX) -> Described:
    """Read the one entry of a text."""
    ((entry,), faults) = described("refs", text, form)
    assert faults == []
    return entry


@pytest.mark.parametrize(
    ("abstract", "summary"),
    [
        ("", ""),
        ("One without end", "One without end"),
        ("One. Two. Three. Four.", "One. Two. Three."),
        ("See Smith et al. 2020 for it. Two.", "See Smith et al. 2020 for it. Two."),
        (LONG, f"{'Word ' * 80}ends."),
        (f"Short. {LONG}", "Short."),
    ],
)
def test_a_summary_is_the_first_sentence_and_more_while_they_are_short(abstract: str, summary: str) -> None:
    assert summary_of(abstract) == summary
    assert len(LONG) > LONGEST_SUMMARY


@pytest.mark.parametrize(
    ("written", "abstract"),
    [
        (r"Abstract---{\'E}tudes of \emph{tea} cost 5\% more.", "Études of tea cost 5% more."),
        ("Abstract algebra is fun.", "Abstract algebra is fun."),
        ("<p>One.</p>\n\n<p>Two, where p < 0.05 and q > 1.</p>", "One. Two, where p < 0.05 and q > 1."),
    ],
)
def test_an_abstract_is_without_latex_markup_and_its_own_label(written: str, abstract: str) -> None:
    assert only(f"@misc{{a, title = {{A}}, abstract = {{{written}}}}}").abstract == abstract


@pytest.mark.parametrize("listed", ["tea, green  leaves;steam,tea", ["tea", "green leaves", "steam"]])
def test_keywords_come_from_text_or_list_each_once(listed: object) -> None:
    item = json.dumps([{"id": "a", "title": "A", "keyword": listed}])
    assert only(item, Form.CSL_JSON).keywords == ("tea", "green leaves", "steam")


def test_values_that_are_no_text_are_no_abstract() -> None:
    assert only('[{"id": "a", "title": "A", "abstract": {"x": 1}}]', Form.CSL_JSON).abstract == ""

"""BibTeX, CSL-JSON and CSL-YAML become sources, each with the place of its key."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiry.corpus.bibliography import load_bibliography
from inquiry.corpus.model import Source
from inquiry.diagnostics import Diagnostic, Span


def read(text: str, path: str = "sources.bib") -> tuple[dict[str, Source], list[Diagnostic]]:
    return load_bibliography([(path, text)])


def entry(fields: str, kind: str = "article") -> Source:
    sources, faults = read("@%s{k, %s}" % (kind, fields))  # noqa: UP031 - braces are the text's own
    assert faults == []
    return sources["k"]


def faults(text: str, path: str = "sources.bib") -> list[tuple[str, int, int]]:
    found = read(text, path)[1]
    return [(fault.rule.name, fault.span.start.line, fault.span.start.column) for fault in found]


def test_an_entry_becomes_a_source_with_the_place_of_its_key() -> None:
    sources, faults = read(
        "% a comment\n@article{kung2023,\n  title = {Do Models Follow?},\n  author = {Kung, Po-Nien and Peng, N.},\n"
        "  journal = {ACL}, year = 2023, doi = {https://doi.org/10.1000/182},\n}\n"
    )
    assert faults == []
    assert sources["kung2023"] == Source(
        key="kung2023",
        title="Do Models Follow?",
        authors=("Po-Nien Kung", "N. Peng"),
        year="2023",
        venue="ACL",
        doi="10.1000/182",
        type="article-journal",
        span=Span.at(2, 10, 8),
        path="sources.bib",
    )


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"L{\"e}arn {\'E}t\'e \c{c}a \v{C}ech Erd\H{o}s", "Lëarn Été ça Čech Erdős"),
        (r"{\o}re, {\ss}, {\AE}, na\"\i ve", "øre, ß, Æ, naïve"),
        (r"{NASA} and {G}a{A}s", "NASA and GaAs"),
        (r"$\alpha$-decay", "\N{GREEK SMALL LETTER ALPHA}-decay"),
        (r"50% \& 60\% of \emph{all}", "50% & 60% of all"),
        ("a -- b --- c~d", "a \u2013 b \u2014 c d"),
        ("two\n   lines", "two lines"),
    ],
)
def test_latex_is_taken_out_of_titles(written: str, meant: str) -> None:
    assert entry(f"title = {{{written}}}").title == meant


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Kung, Po-Nien and Peng, Nanyun and others", ("Po-Nien Kung", "Nanyun Peng", "et al.")),
        ("Po-Nien Kung and\n Nanyun Peng", ("Po-Nien Kung", "Nanyun Peng")),
        ("{Barnes and Noble, Inc.}", ("Barnes and Noble, Inc.",)),
        ("King, Jr., Martin Luther", ("Martin Luther King, Jr.",)),
        (r"Erd{\H{o}}s, P{\'a}l", ("Pál Erdős",)),
        ("van der Berg, Anna", ("Anna van der Berg",)),
    ],
)
def test_names_read_as_they_are_spoken(written: str, names: tuple[str, ...]) -> None:
    assert entry(f"author = {{{written}}}").authors == names


def test_macros_concatenation_and_months_are_resolved() -> None:
    sources, faults = read(
        '@string{acl = "Proc. of " # "ACL"}\n@inproceedings{k, booktitle = acl # { 2023},'
        " date = {2023-07-09}, month = jul}"
    )
    assert faults == []
    assert (sources["k"].venue, sources["k"].year) == ("Proc. of ACL 2023", "2023")


def test_an_entry_inherits_from_its_crossref() -> None:
    sources, _ = read("@inproceedings{a, title={Mine}, crossref={P}}\n@proceedings{p, title={Proc}, year={1999}}\n")
    assert (sources["a"].title, sources["a"].venue, sources["a"].year) == ("Mine", "Proc", "1999")


@pytest.mark.parametrize(
    "fields",
    [
        "eprint={2305.11383v2}, archivePrefix={arXiv}",
        "eprint={2305.11383}, eprinttype={arxiv}",
        "journal={arXiv preprint arXiv:2305.11383}",
        "url={https://arxiv.org/abs/2305.11383}",
        "doi={10.48550/arXiv.2305.11383}",
    ],
)
def test_an_arxiv_id_is_found_wherever_it_is_written(fields: str) -> None:
    assert entry(fields).arxiv == "2305.11383"


@pytest.mark.parametrize(
    ("kind", "fields", "csl"),
    [
        ("inproceedings", "", "paper-conference"),
        ("PhdThesis", "", "thesis"),
        ("incollection", "", "chapter"),
        ("misc", "eprint={2305.11383}", "article"),
        ("misc", r"howpublished={\url{https://example.org/a\_b}}", "webpage"),
        ("misc", "", "document"),
    ],
)
def test_types_are_those_of_csl(kind: str, fields: str, csl: str) -> None:
    assert entry(fields or "title={x}", kind).type == csl


def test_an_address_keeps_its_signs() -> None:
    source = entry(r"howpublished = {\url{https://example.org/a\_b~c%20d}}")
    assert (source.url, source.venue) == ("https://example.org/a_b~c%20d", "")


def test_the_first_of_two_equal_keys_counts() -> None:
    sources, found = load_bibliography(
        [("a.bib", "@book{k, title={One}}\n\n@book{k, title={Two}}"), ("b.json", '[{"id": "k"}]')]
    )
    assert sources["k"].title == "One"
    assert [(fault.rule.name, fault.path, fault.span) for fault in found] == [
        ("duplicate-reference", "a.bib", Span.at(3, 7, 1)),
        ("duplicate-reference", "b.json", Span.at(1, 10, 1)),
    ]
    assert all((fault.related[0].path, fault.related[0].span) == ("a.bib", Span.at(1, 7, 1)) for fault in found)


def test_a_broken_entry_is_reported_and_the_rest_is_read() -> None:
    text = "@book{a, title={x}}\n@article{bad, title={never closed\n\n@book{b, title={y}}\n@misc{, title={z}}\n"
    assert list(read(text)[0]) == ["a", "b"]
    assert faults(text) == [("unreadable-bibliography", 2, 1), ("unreadable-bibliography", 5, 1)]


def test_a_doubled_field_and_a_bad_doi_are_reported_where_they_stand() -> None:
    text = "@book{k, title={x},\n  title={y},\n  doi={ten.1}}"
    assert read(text)[0]["k"].title == "x"
    assert faults(text) == [("duplicate-key", 2, 3), ("invalid-value", 3, 3)]


def test_columns_count_characters() -> None:
    sources, _ = read("@book{\U0001f600, title={x}} @book{é, title={y}}")
    assert sources["é"].span == Span.at(1, 27, 1)


CSL_ITEM = {
    "id": "lindh2021",
    "type": "chapter",
    "title": "Roots <i>below</i> a pavement",
    "author": [
        {"family": "Berg", "given": "Anna", "non-dropping-particle": "van der"},
        {"literal": "The Desk"},
    ],
    "issued": {"date-parts": [[2021, 3]]},
    "container-title": "Shade",
    "DOI": "doi:10.1000/182",
    "URL": "https://example.org/x",
}


@pytest.mark.parametrize("listed", [[CSL_ITEM], {"references": [CSL_ITEM]}, {"items": [CSL_ITEM]}])
@pytest.mark.parametrize("ending", ["json", "yaml", "yml"])
def test_csl_is_read_bare_or_under_a_key(listed: object, ending: str) -> None:
    sources, faults = read(json.dumps(listed), f"refs.{ending}")
    source = sources["lindh2021"]
    assert faults == []
    assert source.title == "Roots below a pavement"
    assert source.authors == ("Anna van der Berg", "The Desk")
    assert (source.year, source.venue, source.type) == ("2021", "Shade", "chapter")
    assert (source.doi, source.url) == ("10.1000/182", "https://example.org/x")


def test_zoteros_citation_key_goes_before_its_id() -> None:
    text = '[{"id": "http://zotero.org/x/1", "citation-key": "kung2023"}]'
    assert read(text, "z.json")[0]["kung2023"].span == Span.at(1, 51, 8)


def test_csl_yaml_has_places_and_dates_of_any_form() -> None:
    text = (
        "---\nreferences:\n- id: a\n  issued: 2020-05-01\n- id: 7\n  issued:\n  - year: 2019\n"
        "- {id: c, issued: 1998}\n---\n"
    )
    sources, faults = read(text, "refs.yaml")
    assert faults == []
    assert [(key, source.year) for key, source in sources.items()] == [("a", "2020"), ("7", "2019"), ("c", "1998")]
    assert sources["a"].span == Span.at(3, 7, 1)


@pytest.mark.parametrize(
    ("path", "text", "place"),
    [
        ("a.json", '[\n  {"id": }\n]', (2, 10)),
        ("a.json", "{}", (1, 1)),
        ("a.json", "[3]", (1, 1)),
        ("a.json", "[" * 100_000, (1, 1)),
        ("a.yaml", "- id: x\n- id: a: b\n", (2, 7)),
        ("a.yaml", "id: x\n", (1, 1)),
        ("a.yaml", "- title: no id\n", (1, 3)),
        ("a.ris", "TY  - JOUR", (1, 1)),
    ],
)
def test_what_cannot_be_read_is_reported_where_it_stands(path: str, text: str, place: tuple[int, int]) -> None:
    assert faults(text, path) == [("unreadable-bibliography", *place)]


@pytest.mark.parametrize(("path", "text"), [("a.bib", ""), ("a.yaml", ""), ("a.json", "[]"), ("a.yaml", "---\n")])
def test_an_empty_bibliography_is_no_fault(path: str, text: str) -> None:
    assert read(text, path) == ({}, [])


PIECES = st.lists(
    st.sampled_from([*'@{}()",=#\\$% \n\té😀[]:-', "article", "key", "title", " and ", "@string", "@comment", "id: "])
)


@given(st.sampled_from(["a.bib", "a.json", "a.yaml"]), st.one_of(st.text(), PIECES.map("".join)))
def test_no_text_raises_and_every_place_lies_inside_the_file(path: str, text: str) -> None:
    text = text.replace("\r", "")
    lines = text.split("\n")
    sources, found = read(text, path)
    for span in [fault.span for fault in found] + [source.span for source in sources.values() if source.span]:
        for place in (span.start, span.end):
            assert 1 <= place.line <= len(lines)
            assert 1 <= place.column <= len(lines[place.line - 1]) + 1


@given(PIECES.map("".join))
def test_no_field_raises(text: str) -> None:
    read(f"@article{{k, title={{{text}}}, author={{{text}}}, year={{{text}}}, url={{{text}}}}}")

"""The works that a head names, in every form that people write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from inquiry.config import load_project
from inquiry.corpus.frontmatter import parse_head
from inquiry.corpus.identifiers import source_at
from inquiry.corpus.load import loading
from inquiry.corpus.model import FrontMatter, Kind, Reference, Source
from inquiry.diagnostics import Span

if TYPE_CHECKING:
    from pathlib import Path

PATH = "notes/a.md"


def head(yaml: str, kind: Kind = Kind.NOTE) -> FrontMatter:
    return parse_head(f"---\n{yaml}\n---\nBody.\n", PATH, kind)


def clean(yaml: str, kind: Kind = Kind.NOTE) -> FrontMatter:
    found = head(yaml, kind)
    assert found.diagnostics == ()
    return found


def faults(yaml: str, kind: Kind = Kind.NOTE) -> list[tuple[str, int, int]]:
    found = head(yaml, kind).diagnostics
    return [(fault.rule.name, fault.span.start.line, fault.span.start.column) for fault in found]


def names(references: tuple[Reference, ...]) -> list[str]:
    return [reference.value for reference in references]


class TestSources:
    @pytest.mark.parametrize(
        ("written", "keys"),
        [
            ("kung2023", ["kung2023"]),
            ("'@kung2023'", ["kung2023"]),
            ("'[@kung2023; @peng2024]'", ["kung2023", "peng2024"]),
            ("[kung2023, '@peng2024', kung2023]", ["kung2023", "peng2024"]),
            ("'[[kung2023]]'", ["kung2023"]),
            ("{key: kung2023}", ["kung2023"]),
        ],
    )
    def test_a_key_may_be_written_in_many_ways(self, written: str, keys: list[str]) -> None:
        found = clean(f"source: {written}")
        assert (names(found.source_keys), found.sources) == (keys, ())

    def test_a_key_has_its_place(self) -> None:
        assert clean("source: okafor2091").source_keys == (Reference("okafor2091", Span.at(2, 9, 10)),)

    @pytest.mark.parametrize(
        ("written", "field", "value"),
        [
            ("10.1000/182", "doi", "10.1000/182"),
            ("https://doi.org/10.1000/182", "doi", "10.1000/182"),
            ("doi:10.1000/182", "doi", "10.1000/182"),
            ("2305.11383", "arxiv", "2305.11383"),
            ("arXiv:2305.11383v2", "arxiv", "2305.11383"),
            ("https://arxiv.org/pdf/2305.11383.pdf", "arxiv", "2305.11383"),
            ("https://arxiv.org/abs/cs/0112017", "arxiv", "cs/0112017"),
            ("https://example.org/a", "url", "https://example.org/a"),
            ("'[A page](https://example.org/a)'", "title", "A page"),
            ("A book that has no address", "title", "A book that has no address"),
        ],
    )
    def test_a_work_is_recognised_by_its_address(self, written: str, field: str, value: str) -> None:
        found = clean(f"source: {written}")
        assert found.source_keys == ()
        assert [getattr(source, field) for source in found.sources] == [value]

    def test_a_work_may_be_written_out(self) -> None:
        (found,) = clean(
            "source:\n  title: Gauges\n  author: [Moreau P., {given: A., family: Okafor}]\n  date: 2018-05-01\n"
            "  journal: Journal\n  DOI: https://doi.org/10.1000/182\n  arxiv: arXiv:2305.11383\n  url: https://a.org/"
        ).sources
        assert found == Source(
            title="Gauges",
            authors=("P. Moreau", "A. Okafor"),
            year="2018",
            venue="Journal",
            doi="10.1000/182",
            arxiv="2305.11383",
            url="https://a.org/",
            span=Span.at(3, 3, 13),
            path=PATH,
        )

    def test_several_works_of_different_form(self) -> None:
        found = clean("source: [kung2023, {title: x, year: 2001}, 10.1000/182]")
        assert names(found.source_keys) == ["kung2023"]
        assert sorted(source.identity for source in found.sources) == ["doi:10.1000/182", "title:x:2001"]

    @pytest.mark.parametrize(
        ("yaml", "fault"),
        [
            ("source: {doi: ten.1234/none, title: x}", ("invalid-value", 2, 15)),
            ("doi: ten.1234/none", ("invalid-value", 2, 6)),
            ("arxiv: none", ("invalid-value", 2, 8)),
            ("source: {url: example}", ("invalid-value", 2, 15)),
            ("source: {titel: x, year: 2001}", ("unknown-key", 2, 10)),
            ("source: {title: [x]}", ("invalid-value", 2, 17)),
        ],
    )
    def test_what_is_wrong_with_a_work_is_reported_at_its_value(self, yaml: str, fault: tuple[str, int, int]) -> None:
        assert faults(yaml) == [fault]

    @pytest.mark.parametrize(
        ("written", "authors"),
        [
            ('["O\'Neil & Sons", A B]', ("O'Neil & Sons", "A B")),
            ("A B & C D", ("A B", "C D")),
            ("Po-Nien Kung and Nanyun Peng", ("Po-Nien Kung", "Nanyun Peng")),
            ("Kung, Po-Nien; Peng, Nanyun", ("Po-Nien Kung", "Nanyun Peng")),
            ("Po-Nien Kung, Nanyun Peng", ("Po-Nien Kung", "Nanyun Peng")),
            ("Moreau P.", ("P. Moreau",)),
            ("Kung et al.", ("Kung", "et al.")),
            ("[Po-Nien Kung, Nanyun Peng]", ("Po-Nien Kung", "Nanyun Peng")),
            ("['Kung, Po-Nien', {name: The Desk}]", ("Po-Nien Kung", "The Desk")),
        ],
    )
    def test_authors_are_a_list_or_one_text(self, written: str, authors: tuple[str, ...]) -> None:
        assert clean(f"year: 2020\nauthors: {written}").sources[0].authors == authors

    def test_flat_fields_make_one_work(self) -> None:
        (found,) = clean("title: T\ndoi: 10.1000/182\nauthors: [A B]\nyear: 2020\nvenue: V").sources
        assert (found.doi, found.authors, found.year, found.venue) == ("10.1000/182", ("A B",), "2020", "V")

    @pytest.mark.parametrize("yaml", ["author: A B", "authors: [A B]", "url: /old/path/"])
    def test_what_describes_the_page_is_no_work(self, yaml: str) -> None:
        found = clean(yaml)
        assert found.sources == ()
        assert list(found.extra) == [yaml.partition(":")[0]]

    def test_a_line_has_no_flat_work(self) -> None:
        found = clean("year: 2020\ndoi: 10.1000/182", Kind.LINE)
        assert (found.sources, found.extra) == ((), {"doi": "10.1000/182", "year": 2020})


@pytest.mark.parametrize(
    "named",
    [
        "k1",
        "10.48550/arXiv.2202.12837",
        "https://doi.org/10.48550/arxiv.2202.12837",
        "arXiv:2202.12837",
        "https://arxiv.org/pdf/2202.12837v2.pdf",
        "{doi: 10.48550/arXiv.2202.12837, title: As it is called here}",
        "https://press.example/k1",
    ],
)
def test_a_work_is_one_work_however_it_is_named(named: str, tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: T\nplugins: [inquiry]\n", encoding="utf-8")
    entry = "@article{k1, title={K}, doi={10.48550/arXiv.2202.12837}, url={https://press.example/k1}}"
    (tmp_path / "sources.bib").write_text(entry, encoding="utf-8")
    (tmp_path / "notes/n.md").write_text(f"---\nsource: {named}\n---\n# N\n", encoding="utf-8")
    (note,) = loading(load_project(tmp_path / "mkdocs.yml")).corpus().notes
    assert [source.key for source in note.sources] == ["k1"]


def test_a_work_in_no_bibliography_is_one_work_by_its_arxiv_id() -> None:
    by_doi, by_id = source_at("10.48550/arXiv.2202.12837"), source_at("arXiv:2202.12837")
    assert by_doi is not None
    assert by_id is not None
    assert by_doi.identity == by_id.identity
    published = source_at("10.1000/182")
    assert published is not None
    assert published.identity == "doi:10.1000/182"

"""What a page and its works can be cited by, as programs that others wrote read it."""

from __future__ import annotations

import json
import re
from typing import Any

import rispy
from bibtexparser.entrypoint import parse_string as parse_library
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import parse_string

from inquiry.corpus.model import Source
from inquiry.site.scholar import Published, page_exports, reading_list, work_exports

PAGE = Published(
    "why-rise", "Why does dough rise?", "Bread & water", "https://bread.example/lines/why-rise/", "2025-03"
)
KUNG = Source(
    key="kung2023",
    title="Do models {really} learn 100% of $x_1$ & y?",
    authors=("Po-Nien Kung", "Nanyun Peng", "et al."),
    year="2023",
    venue="ACL 2023",
    doi="10.1000/a_b",
    type="paper-conference",
)
TWINS = (
    Source(title="First", authors=("Ada Byron",), year="1843"),
    Source(title="Second", authors=("Ada Byron",), year="1843"),
    Source(key="BYRON1843", title="Third"),
)
words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)
sources = st.builds(
    Source,
    key=words,
    title=words,
    authors=st.lists(st.text(st.characters(categories=["L"]), min_size=1, max_size=8), max_size=3).map(tuple),
    year=st.sampled_from(["", "1999", "2023", "2023-05-01", "in press"]),
    venue=words,
    doi=st.sampled_from(["", "10.1000/182", "10.1000/a{b}c"]),
    url=st.sampled_from(["", "https://a.example/x?y=1&z=2#f", "https://a.example/{x}"]),
    type=st.sampled_from(["article", "article-journal", "book", "chapter", "thesis", "report", "webpage", "odd"]),
)


def test_a_page_and_its_works_are_bibtex() -> None:
    entries = parse_string(page_exports(PAGE, [KUNG]).bibtex, "bibtex").entries
    assert list(entries) == ["why-rise", "kung2023"]
    assert entries["why-rise"].fields["title"] == r"{Why does dough rise?}"
    assert [str(person) for person in entries["kung2023"].persons["author"]] == [
        "Kung, Po-Nien",
        "Peng, Nanyun",
        "others",
    ]
    assert entries["kung2023"].fields["doi"] == "10.1000/a_b"
    assert entries["kung2023"].type == "inproceedings"


def test_no_two_entries_have_one_key() -> None:
    page = Published("kung2023", "T", "S", "", "")
    exports = page_exports(page, [KUNG, *TWINS])
    keys = [entry["id"] for entry in json.loads(exports.csl_json)]
    assert keys == ["kung2023b", "kung2023", "byron1843", "byron1843b", "BYRON1843c"]
    assert list(parse_string(exports.bibtex, "bibtex").entries) == keys
    assert list(parse_string(reading_list([KUNG, *TWINS]), "bibtex").entries) == keys[1:]


def test_a_page_and_its_works_are_ris() -> None:
    page, work = rispy.loads(page_exports(PAGE, [KUNG]).ris)
    assert (page["type_of_reference"], page["title"], page["year"]) == ("ELEC", PAGE.title, "2025")
    assert page["urls"] == [PAGE.url]
    assert (work["type_of_reference"], work["authors"]) == ("CPAPER", ["Po-Nien Kung", "Nanyun Peng"])
    assert work["doi"] == KUNG.doi


def test_a_page_and_its_works_are_csl_json() -> None:
    items = json.loads(page_exports(PAGE, [KUNG]).csl_json)
    printed = bibliography(items)
    assert "Why does dough rise?" in printed
    assert "Po-Nien Kung" in printed or "Kung" in printed
    assert items[0]["issued"] == {"date-parts": [[2025, 3]]}


def bibliography(items: list[dict[str, Any]]) -> str:
    """Print references as citeproc does."""
    printed = CitationStylesBibliography(
        CitationStylesStyle("harvard-cite-them-right", validate=False), CiteProcJSON(items), formatter.plain
    )
    for item in items:
        printed.register(Citation([CitationItem(item["id"])]))
    return "\n".join(map(str, printed.bibliography()))


@given(st.lists(sources, max_size=4, unique=True), words, words)
def test_whatever_a_work_is_called_every_export_can_be_read(works: list[Source], title: str, site: str) -> None:
    exports = page_exports(Published("a-page", title, site, "", "2026-01-02"), works)
    entries = parse_string(exports.bibtex, "bibtex").entries
    assert len(entries) == 1 + len(works)
    library = parse_library(exports.bibtex)
    assert not library.failed_blocks
    assert len(library.entries) == 1 + len(works)
    assert len(rispy.loads(exports.ris)) == 1 + len(works)
    assert [item["id"] for item in json.loads(exports.csl_json)] == list(entries)


def test_a_work_alone_can_be_cited() -> None:
    exports = work_exports(KUNG)
    assert list(parse_string(exports.bibtex, "bibtex").entries) == ["kung2023"]
    assert not re.search(r"\n\s*\n", exports.ris)

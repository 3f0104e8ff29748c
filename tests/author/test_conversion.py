"""Entries of one form written in another."""

from __future__ import annotations

import json
from typing import Any

import pytest

from inquiry.author.conversion import as_bibtex, as_csl
from inquiry.author.entries import Form, described


def bibtex_of(**item: Any) -> str:
    """Write an item of CSL in BibTeX."""
    text = json.dumps([{"id": "a", "title": "A", "type": "article-journal", **item}])
    return as_bibtex(described("refs.json", text, Form.CSL_JSON)[0][0])


def csl_of(fields: str, kind: str = "article") -> dict[str, Any]:
    """Write an entry of BibTeX as an item of CSL."""
    return as_csl(described("refs.bib", f"@{kind}{{a, title = {{A}}, {fields}}}", Form.BIBTEX)[0][0])


def test_an_item_keeps_what_bibtex_has_a_name_for_and_the_rest_under_its_own() -> None:
    text = bibtex_of(
        **{
            "container-title": "Journal of Tea",
            "publisher": "Steam",
            "publisher-place": "Ulm",
            "volume": 3,
            "issue": "4",
            "page": "1-9",
            "ISSN": "1234-5678",
            "keyword": "tea, steam",
            "call-number": "T 7",
            "issued": {"date-parts": [["2020", 5, 1]]},
            "editor": [{"family": "Berg", "given": "Jan"}],
            "categories": ["left", "out"],
        }
    )
    assert text == (
        "@article{a,\n  title = {{A}},\n  year = {2020},\n  date = {2020-05-01},\n  journal = {Journal of Tea},\n"
        "  publisher = {Steam},\n  address = {Ulm},\n  volume = {3},\n  number = {4},\n  pages = {1-9},\n"
        "  issn = {1234-5678},\n  keywords = {tea, steam},\n  call-number = {T 7},\n  editor = {Berg, Jan}\n}"
    )


@pytest.mark.parametrize(
    ("person", "name"),
    [
        ({"family": "Berg", "given": "Jan"}, "Berg, Jan"),
        ({"family": "Berg", "given": "Jan", "non-dropping-particle": "van der"}, "van der Berg, Jan"),
        ({"family": "King", "given": "Martin", "suffix": "Jr."}, "King, Jr., Martin"),
        ({"literal": "Tea & Sons"}, "{Tea \\& Sons}"),
        ({"family": "Plato"}, "{Plato}"),
        ({"given": "Plato"}, "{Plato}"),
        ("Jan Berg", "{Jan Berg}"),
    ],
)
def test_names_stay_whole(person: object, name: str) -> None:
    assert f"  author = {{{name} and {{Eve}}}}\n" in bibtex_of(author=[person, {"literal": "Eve"}])


@pytest.mark.parametrize(
    ("item", "field"),
    [
        ({"type": "book", "publisher": "Steam"}, "publisher = {Steam}"),
        ({"type": "paper-conference", "container-title": "Proc. of Tea"}, "booktitle = {Proc. of Tea}"),
        ({"type": "webpage", "container-title": "A site"}, "journaltitle = {A site}"),
    ],
)
def test_a_venue_has_the_name_that_its_type_wants(item: dict[str, str], field: str) -> None:
    text = bibtex_of(**item)
    assert f"  {field}\n" in text
    assert text.count(field.partition(" = ")[2]) == 1


def test_an_entry_keeps_what_csl_has_a_name_for_and_the_rest_under_custom() -> None:
    item = csl_of(
        "author = {Berg, Jan and {Tea and Sons} and King, Jr., Martin and others}, journal = {J. of Tea}, "
        "date = {2020-05}, number = {4}, pages = {1--9}, publisher = {Steam}, month = may, file = {a.pdf}, "
        "eprint = {2305.11383}, archiveprefix = {arXiv}"
    )
    assert item == {
        "id": "a",
        "type": "article-journal",
        "title": "A",
        "author": [
            {"family": "Berg", "given": "Jan"},
            {"literal": "Tea and Sons"},
            {"literal": "Martin King, Jr."},
            {"literal": "et al."},
        ],
        "issued": {"date-parts": [[2020, 5]]},
        "container-title": "J. of Tea",
        "issue": "4",
        "page": "1\u20139",
        "publisher": "Steam",
        "number": "arXiv:2305.11383",
        "custom": {"month": "may", "file": "a.pdf"},
    }


@pytest.mark.parametrize(
    ("fields", "issued"),
    [
        ("year = {2020}", {"date-parts": [[2020]]}),
        ("date = {2020-05-01}", {"date-parts": [[2020, 5, 1]]}),
        ("year = {in press}", {"literal": "in press"}),
        ("", None),
    ],
)
def test_a_date_is_as_exact_as_it_was(fields: str, issued: object) -> None:
    assert csl_of(fields).get("issued") == issued


def test_months_stay_macros_and_others_are_written_out() -> None:
    text = '@string{t = "Tea"}\n@article{a, title = {A}, booktitle = t, title2 = t # { # } # t, month = jul # "~4"}\n'
    assert as_bibtex(described("refs.bib", text, Form.BIBTEX)[0][0]) == (
        '@article{a, title = {A}, booktitle = {Tea}, title2 = {Tea # Tea}, month = jul # "~4"}'
    )

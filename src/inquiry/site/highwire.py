"""`citation_*` tags, by which Google Scholar and reference managers know a line and its references.

The names are Highwire Press's; Google Scholar's inclusion guidelines say what each holds.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from inquiry.corpus.model import Source  # noqa: TC001 - the examples in docstrings make some
from inquiry.corpus.output import escape

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inquiry.corpus.model import Document
    from inquiry.site.views import PageView

_REMEMBERED = 65_536
"""References that are kept: many lines cite the same."""
_ET_AL = "et al."


def highwire_tags(line: Document, facts: PageView, site_name: str, works: Iterable[Source]) -> str:
    """Write the tags of a line, one reference for each work that it rests on."""
    head = line.head
    date = _slashed(head.created or head.updated)
    fields = [
        ("title", facts.title),
        ("author", site_name),
        ("publication_date", date),
        ("online_date", _slashed(head.updated or head.created)),
        ("journal_title", site_name),
        ("language", facts.language),
        ("public_url", facts.canonical),
        ("fulltext_html_url", facts.canonical),
        *(("keywords", tag) for tag in head.tags),
    ]
    tags = [f'<meta name="citation_{name}" content="{escape(value)}">\n' for name, value in fields if value]
    return "".join([*tags, *map(_reference_tag, works)])


def reference_fields(source: Source) -> str:
    """Spell a work as the value of a `citation_reference`; semicolons part its fields, so none may stand in one.

    >>> reference_fields(Source(title="On a; b", authors=("Ada Byron",), year="1843"))
    'citation_title=On a, b; citation_author=Ada Byron; citation_publication_date=1843'
    """
    fields = [
        ("title", source.title or source.key),
        *(("author", name) for name in source.authors if name != _ET_AL),
        ("publication_date", source.year),
        ("journal_title", source.venue),
        ("doi", source.doi),
        ("arxiv_id", source.arxiv),
    ]
    return "; ".join(f"citation_{name}={value.replace(';', ',')}" for name, value in fields if value)


@lru_cache(maxsize=_REMEMBERED)
def _reference_tag(source: Source) -> str:
    return f'<meta name="citation_reference" content="{escape(reference_fields(source))}">\n'


def _slashed(iso: str) -> str:
    return iso.replace("-", "/")

"""How a work is named on the web: DOI, arXiv id, address.

The front matter and the bibliography share these, so that one work is one work however it was pasted.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from inquiry.corpus.model import Source

DOI_ADDRESS = r"(?:https?://)?(?:dx\.|www\.)?doi\.org/"
"""What stands before a DOI in an address, in any case."""
DOI_LABEL = r"doi:\s*"
"""What stands before it in text, likewise."""
_DOI_PREFIX = re.compile(f"(?:{DOI_ADDRESS}|{DOI_LABEL})", re.IGNORECASE)
DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S*[^\s.,;]")
ARXIV_PREFIX = re.compile(r"(?:(?:https?://)?(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/|arxiv:\s*)", re.IGNORECASE)
ARXIV = re.compile(r"(\d{4}\.\d{4,5}|[a-z][a-z-]*(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?(?:\.pdf)?(?:\s*\[[^\]]*\])?")
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(.+)", re.IGNORECASE)
WEB_ADDRESS = re.compile(r"https?://[^\s/]\S*", re.IGNORECASE)


def bare_doi(text: str) -> str:
    """Strip a DOI to its bare form; empty when the text is none.

    >>> bare_doi("https://doi.org/10.1000/182")
    '10.1000/182'
    >>> bare_doi("ten.1234/none")
    ''
    """
    text = text.strip()
    prefix = _DOI_PREFIX.match(text)
    if prefix:
        text = text[prefix.end() :]
        if "/" in prefix.group():
            text = unquote(text)
    found = DOI.match(text)
    return found.group() if found and not text[found.end() :].strip(".,; ") else ""


def bare_arxiv(text: str) -> str:
    """Strip an arXiv id to its bare form, without version; empty when the text is none.

    >>> bare_arxiv("https://arxiv.org/pdf/2305.11383v2.pdf")
    '2305.11383'
    """
    text = text.strip()
    prefix = ARXIV_PREFIX.match(text)
    found = ARXIV.fullmatch(text, prefix.end() if prefix else 0)
    return found.group(1) if found else ""


def arxiv_of_doi(doi: str) -> str:
    """Read the arXiv id out of a DOI that arXiv itself gave; empty for any other.

    >>> arxiv_of_doi("10.48550/arXiv.2305.11383")
    '2305.11383'
    """
    found = _ARXIV_DOI.fullmatch(doi)
    return bare_arxiv(found.group(1)) if found else ""


def is_web_address(text: str) -> bool:
    """Tell whether a text as a whole is an http or https address."""
    return WEB_ADDRESS.fullmatch(text) is not None


def source_at(text: str) -> Source | None:
    """Recognise a work that is named by nothing but a DOI, an arXiv id or an address."""
    doi = bare_doi(text)
    if doi:
        return Source(doi=doi, arxiv=arxiv_of_doi(doi))
    arxiv = bare_arxiv(text)
    if arxiv:
        return Source(arxiv=arxiv)
    address = text.strip()
    return Source(url=address, type="webpage") if is_web_address(address) else None

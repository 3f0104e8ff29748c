"""Titles and summaries as a reader sees them: inline Markdown, typographic quotes, nothing that could break a page."""

from __future__ import annotations

import re
from functools import lru_cache

from inquiry.corpus.body import Slot
from inquiry.corpus.output import escape

_PLAIN = re.compile(r"[^`*_$<>\[\]\\&'\"=~.!:/@^|{}#-]*(?:[-!:](?=[^-`*_$<>\[\]\\&'\"=~.]))?[?!.]?")
_AS_IT_IS = re.compile(r"[^`*_$<>\[\]\\&'\"~|{}#-]*")
_REMEMBERED = 65_536
"""Titles and summaries kept: a page asks for its own several times, a list for all of its own once."""
_HEADING = re.compile(r"^<h1[^>]*>(.*)</h1>\s*$", re.DOTALL)


def title_html(text: str) -> str:
    """Turn a title into HTML: emphasis, code, formulas, real quotes, the words of links; anything else is plain text.

    >>> title_html('What does "RL" add to `pass@k`?')
    'What does “RL” add to <code>pass@k</code>?'
    >>> title_html("<b>1. Bold</b>")
    '&lt;b&gt;1. Bold&lt;/b&gt;'
    """
    if _PLAIN.fullmatch(text):
        return escape(text)
    from inquiry.corpus.markdown import parse_inline  # noqa: PLC0415 - most titles do without

    body = parse_inline(text)
    if body is None:
        return escape(text)
    if body.links or any(isinstance(piece, Slot) for piece in body.pieces):
        return escape(" ".join(body.text.split()) or text)  # a title is a link itself in most places
    match = _HEADING.match("".join(piece for piece in body.pieces if isinstance(piece, str)))
    return match[1] if match else escape(text)


@lru_cache(maxsize=_REMEMBERED)
def plain_text(text: str) -> str:
    """Turn a summary into what a reader sees: real quotes and dashes, the words of links, no marks of Markdown.

    >>> plain_text("It's *not* a `loss`, says [a paper](https://x.example)")
    'It’s not a loss, says a paper'
    """
    if _AS_IT_IS.fullmatch(text):
        return text
    from inquiry.corpus.markdown import parse_inline  # noqa: PLC0415 - many summaries do without

    body = parse_inline(text)
    return " ".join(body.text.split()) or text if body else text

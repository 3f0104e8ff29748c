"""One parse of a body: HTML with slots, links with their places, headings, passages, plain text.

`pyromark` (CommonMark in Rust) yields events with byte ranges; one walk over them writes everything at once, so a
body is read exactly once.  A parsed body depends on its own text alone: titles and addresses of other documents are
slots that are filled when a page is made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyromark

from inquiry.corpus.blocks import BlockWriter
from inquiry.corpus.comments import strip_comments
from inquiry.corpus.definitions import conflicting_references
from inquiry.corpus.dialect import OPTIONS
from inquiry.corpus.places import Places
from inquiry.corpus.written import CITATION_MARK, OWN_MARK, citations, is_own_mark
from inquiry.diagnostics import Diagnostic, finding

if TYPE_CHECKING:
    from inquiry.corpus.body import Body


def parse_body(text: str, path: str, *, first_line: int = 1, trusted: bool = False, cites: bool = True) -> Body:
    """Parse the Markdown of a note or a line.

    Args:
        text: The body, LF line ends.
        path: Its file, for diagnostics.
        first_line: Line of the file on which the body begins.
        trusted: Let raw HTML pass instead of putting it through the allow-list.
        cites: Whether a wikilink without words is a citation behind a claim, as in a line, rather than a part of
            its sentence, as in a note.
    """
    uncommented = strip_comments(text)
    places = Places(text, uncommented.cuts, first_line)
    writer = write(uncommented.text, path, places, OPTIONS, cites=cites)
    writer.diagnostics.extend(conflicting_references(writer.source, path, places, writer.events))
    if uncommented.unclosed is not None:
        whole = Places(text, (), first_line)
        span = whole.span(uncommented.unclosed, uncommented.unclosed + 2)
        message = "`%%` opens a comment that never closes; the rest of the file is not published"
        writer.diagnostics.append(finding("unclosed-comment", path, span, message, hint="close it with `%%`"))
    return writer.body(trusted=trusted)


def parse_inline(text: str) -> Body | None:
    """Parse a title as the words of a heading; None when it holds raw HTML, which a title may not."""
    heading = "# " + " ".join(text.split())
    options = pyromark.Options.ENABLE_MATH | pyromark.Options.ENABLE_SMART_PUNCTUATION
    options |= pyromark.Options.ENABLE_WIKILINKS
    writer = write(heading, "", Places(heading, (), 1), options, whole=True, cites=False)
    return None if writer.has_raw_html else writer.body(trusted=False)


def write(
    text: str, path: str, places: Places, options: pyromark.Options, *, whole: bool = False, cites: bool = True
) -> BlockWriter:
    """Walk the events of a text and return the writer that holds what they said.

    Args:
        text: What to parse, without `%%` comments.
        path: Its file, for diagnostics.
        places: Where its bytes stand in the file.
        options: Extensions of CommonMark.
        whole: Leave headings as and where they are, for a text that is not a page.
        cites: Leave wikilinks without words out of sentences.
    """
    source = text.encode()
    undefined: list[Diagnostic] = []

    def on_undefined(link: pyromark.event.BrokenLink) -> tuple[str, str] | None:
        reference = link["reference"]
        if citations(reference):
            return (CITATION_MARK, "")
        if is_own_mark(reference):
            return (OWN_MARK, "")
        if link["link_type"] in {"Reference", "Collapsed"} and not reference.startswith("^"):
            span = places.span(link["span"]["start"], link["span"]["end"])
            message = f"the reference `[{reference}]` has no definition"
            undefined.append(finding("undefined-reference", path, span, message))
        return None

    writer = BlockWriter(path, source, places, whole=whole)
    writer.cites = cites
    events = pyromark.events_with_range(text, options=options, broken_link_callback=on_undefined)
    writer.walk(list(events))
    writer.diagnostics.extend(undefined)
    return writer

"""Footnotes: numbered as they are first referred to, gathered at the end, with links back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inquiry.corpus.output import Output, escape, escape_url

if TYPE_CHECKING:
    from collections.abc import Iterator


class Footnotes:
    """The footnotes of one body."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._uses: dict[str, int] = {}
        self._texts: dict[str, Output] = {}

    def reference(self, label: str) -> str:
        """Give the raised number of a footnote, with an id to come back to."""
        number = self._numbers.setdefault(label, len(self._numbers) + 1)
        self._uses[label] = self._uses.get(label, 0) + 1
        back = escape(_back(label, self._uses[label]))
        return f'<sup id="{back}"><a class="footnote-ref" href="#fn:{escape_url(label)}">{number}</a></sup>'

    def text(self, label: str) -> Output:
        """Give the place where a footnote's text is written."""
        return self._texts.setdefault(label, Output())

    def write(self, out: Output) -> Iterator[str]:
        """Write all footnotes, those that nothing refers to last, and yield their anchors."""
        if not self._texts:
            return
        order = sorted(self._texts, key=lambda label: self._numbers.get(label, len(self._numbers) + 1))
        out.block('<section class="footnotes">\n<hr />\n<ol>\n')
        for label in order:
            yield f"fn:{label}"
            out.block(f'<li id="fn:{escape(label)}">\n')
            out.chunks.extend(self._texts[label].chunks)
            for use in range(1, self._uses.get(label, 0) + 1):
                back = _back(label, use)
                yield back
                href = escape_url(back)
                out.write(f'<a class="footnote-backref" href="#{href}" aria-label="Back to the text">↩</a>\n')
            out.end("</li>\n")
        out.end("</ol>\n</section>\n")


def _back(label: str, use: int) -> str:
    return f"fnref:{label}" if use == 1 else f"fnref{use}:{label}"

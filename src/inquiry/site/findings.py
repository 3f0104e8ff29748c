"""What is wrong with a document, shown above it in a preview, where its author looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inquiry.corpus.output import escape

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inquiry.diagnostics import Diagnostic


def findings_html(findings: Iterable[Diagnostic]) -> str:
    """List findings of one file with their places; empty for none.

    >>> findings_html([])
    ''
    """
    rows = [
        f'<li class="findings__{one.severity.value}"><code>{one.span.start.line}:{one.span.start.column}</code> '
        f"{escape(one.message)}{f' ({escape(one.hint)})' if one.hint else ''} <small>{one.rule.name}</small></li>"
        for one in findings
    ]
    if not rows:
        return ""
    return f'<aside class="findings" aria-label="What is wrong here"><ul>{"".join(rows)}</ul></aside>\n'

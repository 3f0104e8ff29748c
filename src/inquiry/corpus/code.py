"""Code blocks with Pygments' classes, and formulas as MathML.

Both libraries are imported when the first block or formula asks for them: most notes have neither.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from inquiry.corpus.output import escape

if TYPE_CHECKING:
    from pygments.lexer import Lexer


def code_html(code: str, language: str) -> str:
    """Show a code block; a language that Pygments does not know stays plain."""
    lexer = _lexer(language) if language else None
    name = f' class="language-{escape(language)}"' if language else ""
    if lexer is None:
        return f"<pre><code{name}>{escape(code)}</code></pre>\n"
    from pygments import highlight  # noqa: PLC0415 - only pages with code pay for it
    from pygments.formatters import HtmlFormatter  # noqa: PLC0415

    marked = highlight(code, lexer, HtmlFormatter(nowrap=True))
    return f'<div class="highlight"><pre tabindex="0"><code{name}>{marked}</code></pre></div>\n'


@cache
def _lexer(language: str) -> Lexer | None:
    from pygments.lexers import get_lexer_by_name  # noqa: PLC0415
    from pygments.util import ClassNotFound  # noqa: PLC0415

    try:
        return get_lexer_by_name(language, stripnl=False)
    except ClassNotFound:
        return None


def math_html(tex: str, *, display: bool) -> str:
    """Turn TeX into MathML, which browsers show without scripts; what cannot be turned stays readable TeX."""
    from latex2mathml.converter import convert  # noqa: PLC0415 - only pages with formulas pay for it

    try:
        return str(convert(tex, display="block" if display else "inline"))
    except Exception:  # noqa: BLE001 - the library raises whatever its parser trips over; the reader still gets the TeX
        tag = "div" if display else "span"
        return f'<{tag} class="math"><code>{escape(tex)}</code></{tag}>'

"""Code blocks with Pygments' classes, and formulas as MathML.

Both libraries are imported when the first block or formula asks for them: most notes have neither.
"""

from __future__ import annotations

from functools import cache
from html import unescape
from typing import TYPE_CHECKING
from xml.etree.ElementTree import tostring

from inquiry.corpus.output import escape

if TYPE_CHECKING:
    from pygments.lexer import Lexer


_UNSAFE = frozenset({"class", "href", "id", "style"})
"""Attributes of MathML that TeX can set, and that act on more than the formula."""


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
    r"""Turn TeX into MathML, which browsers show without scripts; what cannot be turned stays readable TeX.

    The library's own text would let the words of `\text{<script>}` and the address of `\href` through as they are,
    so its tree is written here.

    >>> "<script>" in math_html(r"\text{<script>}", display=False)
    False
    """
    from latex2mathml.converter import convert_to_element  # noqa: PLC0415 - only pages with formulas pay for it

    try:
        formula = convert_to_element(tex, display="block" if display else "inline")
        for part in formula.iter():
            part.text = unescape(part.text or "")
            for name in _UNSAFE & part.attrib.keys():
                del part.attrib[name]
        return tostring(formula, encoding="unicode")
    except Exception:  # noqa: BLE001 - the library raises whatever its parser trips over; the reader still gets the TeX
        tag = "div" if display else "span"
        return f'<{tag} class="math"><code>{escape(tex)}</code></{tag}>'

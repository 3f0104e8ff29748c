"""The shell: what the theme says once, around what each page says."""

from __future__ import annotations

import pytest

from inquiry.site.shell import CONTENT_HTML, Gap, Mark, Shell, head_tags
from inquiry.site.views import MenuView, PageView

THEME = f"""<!doctype html>
<html><head>
<meta name="description" content="{Mark.DESCRIPTION}">
<link rel="canonical" href="{Mark.CANONICAL}">
<title>{Mark.TITLE} - Site</title>
<script>var page = "{Mark.TITLE}";</script>
</head><body><a href="edit/{Mark.SOURCE}">edit</a><article>{CONTENT_HTML}</article><p>footer</p></body></html>"""

SHELL = Shell.from_html(THEME, "Site")


def page_view(title: str = "A title", description: str = "", canonical: str = "", kind: str = "note") -> PageView:
    menu = MenuView("", "", "", "", "", "", "", "", "")
    return PageView(kind, title, description, "notes/x/", canonical, menu, "en")


def test_a_page_is_the_theme_with_its_own_title_head_and_content() -> None:
    html = SHELL.fill(title="Why sleep?", head="<meta name=x>", content="<p>Essay</p>", source="notes/a b.md")
    assert "<title>Why sleep? - Site</title>" in html
    assert html.index("<meta name=x>") < html.index("</head>") < html.index("<p>Essay</p>")
    assert 'href="edit/notes/a%20b.md"' in html
    assert html.endswith("</article><p>footer</p></body></html>")


def test_no_mark_is_left_in_a_page() -> None:
    html = SHELL.fill(title="t")
    assert not any(mark in html for mark in Mark)
    assert "<h1>" not in html


@pytest.mark.parametrize("title", ["<script>alert(1)</script>", "say \"it\" & 'that'", "a\\", "</title>"])
def test_a_title_is_text_wherever_the_theme_prints_it(title: str) -> None:
    html = SHELL.fill(title=title)
    assert html.count("<script>") == THEME.count("<script>")
    assert html.count("</title>") == 1
    script = html[html.index("<script>") : html.index("</script>")]
    assert script.endswith('";')
    assert not script.removesuffix('";').endswith("\\") or script.removesuffix('";').endswith("\\\\")


def test_the_theme_tags_for_description_and_address_give_way_to_ours() -> None:
    html = SHELL.fill(title="t", head=head_tags(page_view(), "Site"))
    assert 'name="description"' not in html
    assert 'rel="canonical"' not in html


def test_what_a_page_does_not_have_is_not_printed() -> None:
    bare = head_tags(page_view(), "Site")
    assert "description" not in bare
    assert "og:url" not in bare
    full = head_tags(page_view(description='"why"', canonical="https://example.org/x/"), "Site")
    assert '<meta name="description" content="&quot;why&quot;">' in full
    assert '<link rel="canonical" href="https://example.org/x/">' in full
    assert '<meta property="og:type" content="article">' in full


def test_a_list_is_no_article() -> None:
    assert 'content="website"' in head_tags(page_view(kind="notes"), "Site")


def test_a_theme_without_a_head_or_marks_still_makes_a_page() -> None:
    shell = Shell.from_html(f"<body>{CONTENT_HTML}</body>", "Site")
    assert shell.fill(title="t", content="words").count("words") == 1


def test_a_mark_inside_a_script_is_known_as_such() -> None:
    gaps = [piece for piece in SHELL.pieces if isinstance(piece, Gap) and piece.mark is Mark.TITLE]
    assert [gap.in_script for gap in gaps] == [False, True]

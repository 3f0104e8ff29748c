"""Small whole knowledge bases through `inquiry build`: golden pages, sound HTML, links that lead somewhere.

`INQUIRY_GOLDEN=renew pytest tests/test_sites.py` writes the golden pages anew; read their difference before you
commit it.
"""

from __future__ import annotations

import difflib
import gzip
import json
import os
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest
import yaml

from inquiry.cli import main
from pages import dead_addresses, read_pages
from small_sites import EPOCH, SITES, place, run_build, tree

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
GOLDEN = HERE / "golden"
NAMES = ("minimal", "full", "unicode", "empty")
PAGES = (
    ("minimal", "lines/why-salt", "main"),
    ("minimal", "notes/salt", "main"),
    ("full", "index", "article"),
    ("full", "lines/why-rise", "article"),
    ("full", "lines/crust", "article"),
    ("full", "notes/starter", "article"),
    ("full", "notes/crumb", "article"),
    ("full", "notes/rye", "article"),
    ("full", "notes/ring", "article"),
    ("full", "notes/unlisted", "article"),
    ("full", "notes", "article"),
    ("full", "lines", "article"),
    ("full", "topics", "article"),
    ("full", "topics/grain", "article"),
    ("full", "sources", "article"),
    ("full", "sources/rye2011", "article"),
    ("full", "open-questions", "article"),
    ("full", "changes", "article"),
    ("full", "guide/baking", "article"),
    ("unicode", "lines/なぜ", "article"),
    ("unicode", "notes/パン", "article"),
    ("unicode", "notes/хлеб", "article"),
    ("unicode", "index", "article"),
)
"""Site, page, and the element that holds its content: Material has an article, MkDocs's own theme a `role=main`."""
STYLES = ("author-year", "number")
UNLISTED = "zz-unlisted-secret"
SECRETS = ("zz-draft-secret", "zz-comment-secret", UNLISTED)
GZIPPED = b"\x1f\x8b"
"""How a compressed file begins, Pagefind's among them."""
OWN = ("notes/unlisted/", "lines/unlisted-line/", "notes/zz-unlisted-secret-alias/")
"""Pages of what is unlisted."""


class Builder(Protocol):
    def __call__(self, name: str, **changes: Any) -> Path: ...


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Builder]:
    """Build a site once for each set of changes to its mkdocs.yml."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", EPOCH)

        @cache
        def build(name: str, changes: str) -> Path:
            root = tmp_path_factory.mktemp(name) / name
            place(name, root, json.loads(changes))
            run_build(root)
            return root / "site"

        yield lambda name, **changes: build(name, json.dumps(changes))


def settings_of(name: str, **options: Any) -> dict[str, Any]:
    """Change the plugin's own options, leaving the others."""
    (plugin,) = yaml.safe_load((SITES / name / "mkdocs.yml").read_text(encoding="utf-8"))["plugins"]
    return {"plugins": [{"inquiry": {**(plugin["inquiry"] if isinstance(plugin, dict) else {}), **options}}]}


def content(html: str, element: str) -> str:
    """Take the page's own part out of the theme's, without the blank lines that the theme leaves.

    Of the map only that it is there: its places are the business of other tests, and of another scipy perhaps others.
    """
    start = html.index("<article" if element == "article" else 'role="main"')
    end = html.index("</article>" if element == "article" else "<footer", start)
    own = re.sub(r'<svg class="map__drawing".*?</svg>', '<svg class="map__drawing"></svg>', html[start:end])
    return re.sub(r"\n\s*\n+", "\n", own).strip() + "\n"


def compare(golden: Path, found: str) -> None:
    """Compare with a golden page, or renew it."""
    if os.environ.get("INQUIRY_GOLDEN") == "renew":
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(found, encoding="utf-8", newline="\n")
        return
    wanted = golden.read_text(encoding="utf-8") if golden.is_file() else ""
    if found != wanted:
        lines = difflib.unified_diff(wanted.splitlines(), found.splitlines(), str(golden), "built now", lineterm="")
        pytest.fail("\n".join([*lines, "", "INQUIRY_GOLDEN=renew pytest … accepts the change"]), pytrace=False)


def page_file(site: Path, page: str) -> Path:
    return site / "index.html" if page == "index" else site / page / "index.html"


@pytest.mark.parametrize(("name", "page", "element"), PAGES, ids=lambda part: part.replace("/", "-"))
def test_a_page_says_exactly_what_it_said(built: Builder, name: str, page: str, element: str) -> None:
    html = page_file(built(name), page).read_text(encoding="utf-8")
    compare(GOLDEN / name / f"{page.replace('/', '--')}.html", content(html, element))


@pytest.mark.parametrize("style", STYLES)
def test_every_citation_style_has_its_golden_line(built: Builder, style: str) -> None:
    site = built("full", **settings_of("full", citation_style=style))
    html = page_file(site, "lines/why-rise").read_text(encoding="utf-8")
    compare(GOLDEN / "full" / f"lines--why-rise.{style}.html", content(html, "article"))


def test_the_graph_says_exactly_what_it_said(tmp_path: Path) -> None:
    place("full", tmp_path / "full")
    with pytest.raises(SystemExit):
        main(["graph", "-f", str(tmp_path / "full/mkdocs.yml"), "-o", str(tmp_path / "graph.json")])
    compare(GOLDEN / "full/graph.json", (tmp_path / "graph.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", NAMES)
def test_every_page_is_sound_html(built: Builder, name: str) -> None:
    for path, page in read_pages(built(name)).items():
        assert not page.unbalanced, path
        assert len(page.ids) == len(set(page.ids)), f"{path}: {sorted(i for i in page.ids if page.ids.count(i) > 1)}"
        if "http-equiv" not in page.html:
            assert page.count("h1") == 1, path


def test_a_heading_may_be_called_as_a_part_of_the_page_is(tmp_path: Path) -> None:
    place("full", tmp_path / "full")
    with (tmp_path / "full/lines/crust.md").open("a", encoding="utf-8") as line:
        line.write("\n## Sources\n\nOur own words.\n\n## Next lines\n")
    run_build(tmp_path / "full")
    ids = read_pages(tmp_path / "full/site/lines/crust")["index.html"].ids
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", NAMES)
def test_every_internal_address_leads_to_a_file_and_its_anchor(built: Builder, name: str) -> None:
    site = built(name)
    assert dead_addresses(site, read_pages(site), base="/kb/" if name == "full" else "/") == []


def test_a_site_can_be_read_from_a_disk(built: Builder) -> None:
    site = built("full", use_directory_urls=False, site_url="")
    pages = read_pages(site)
    pages.pop("404.html")  # a disk has no such page: its links begin at the server's root
    assert dead_addresses(site, pages, from_disk=True) == []


@pytest.mark.parametrize("style", STYLES)
def test_no_citation_style_breaks_an_address(built: Builder, style: str) -> None:
    site = built("full", **settings_of("full", citation_style=style))
    assert dead_addresses(site, read_pages(site), base="/kb/") == []


@pytest.mark.parametrize("order", ["before", "after"])
def test_search_listed_before_or_after_changes_no_page_of_ours(built: Builder, order: str) -> None:
    ours = settings_of("full")["plugins"]
    plugins = ["search", *ours] if order == "before" else [*ours, "search"]
    assert tree(built("full", plugins=plugins)) == tree(built("full"))


def test_a_template_of_the_site_replaces_ours_by_its_name(tmp_path: Path) -> None:
    place("full", tmp_path / "full")
    (tmp_path / "full/templates").mkdir(exist_ok=True)
    (tmp_path / "full/templates/note.html").write_text("<h1>Mine: {{ view.title }}</h1>\n", encoding="utf-8")
    run_build(tmp_path / "full")
    html = page_file(tmp_path / "full/site", "notes/starter").read_text(encoding="utf-8")
    assert "<h1>Mine: What lives in a <em>starter</em>?</h1>" in html
    assert "Cite this" in page_file(tmp_path / "full/site", "lines/why-rise").read_text(encoding="utf-8")


# -- what never leaks ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("secret", SECRETS)
def test_what_is_hidden_stands_in_no_file_but_its_own(built: Builder, secret: str) -> None:
    leaks = []
    for path, raw in tree(built("full"), index=True).items():
        text = (gzip.decompress(raw) if raw.startswith(GZIPPED) else raw).decode("utf-8", errors="replace")
        if not (secret == UNLISTED and path.startswith(OWN)) and (secret in text or secret in path):
            leaks.append(path)
    assert leaks == []


def test_unlisted_pages_are_named_by_no_page(built: Builder) -> None:
    for path, page in read_pages(built("full")).items():
        if "unlisted" not in path:
            assert not [one for one in page.addresses if "unlisted" in one], path


@pytest.mark.parametrize("typed", [("graph",), ("suggest", "all"), ("stats",)], ids="-".join)
def test_what_is_hidden_stands_in_no_export(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], typed: tuple[str, ...]
) -> None:
    place("full", tmp_path / "full")
    with pytest.raises(SystemExit):
        main(
            [*typed, "-f", str(tmp_path / "full/mkdocs.yml"), *(["--format", "json"] if typed[0] == "suggest" else [])]
        )
    printed = capsys.readouterr().out
    assert printed
    assert not [secret for secret in (*SECRETS, "unlisted", "draft-line") if secret in printed]


def test_a_note_that_is_not_searched_stands_in_no_search_index(built: Builder) -> None:
    site = built("full", **settings_of("full", search="material"))
    index = (site / "search/search_index.json").read_text(encoding="utf-8")
    assert "Wet dough opens" in index
    assert "zz-search-secret" not in index


def test_a_note_that_is_not_searched_is_unknown_to_pagefind(built: Builder) -> None:
    files = tree(built("full"), index=True).items()
    texts = [gzip.decompress(raw) for path, raw in files if path.startswith(("pagefind/fragment/", "pagefind/index/"))]
    assert any(b"Wet dough opens" in text for text in texts)
    assert not any(b"zz-search-secret" in text for text in texts)


def test_a_site_without_a_map_names_none(built: Builder) -> None:
    site = built("full", **settings_of("full", map=False))
    assert not (site / "map").exists()
    pages = read_pages(site)
    assert [path for path, page in pages.items() if any("map/" in address for address in page.addresses)] == []
    assert "/map/" not in (site / "sitemap.xml").read_text(encoding="utf-8")
    assert dead_addresses(site, pages, base="/kb/") == []


def test_what_is_not_public_is_on_no_map_and_among_no_changes(built: Builder) -> None:
    for page in ("map", "changes"):
        html = page_file(built("full"), page).read_text(encoding="utf-8")
        assert not any(secret in html for secret in SECRETS)
        assert not any(path in html for path in OWN)

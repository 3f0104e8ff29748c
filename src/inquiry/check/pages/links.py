"""Rules about the links of ordinary pages, as MkDocs publishes them.

Markdown links go by source file, as in notes; raw HTML is published as it is written, so its addresses count from
the page's own.  Wikilinks and citations ask the resolver that notes ask.
"""

from __future__ import annotations

import posixpath
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin

from inquiry.check.landings import Spot, encoded, landing_fault
from inquiry.check.links import Mention, judge
from inquiry.check.markup import Role
from inquiry.check.own_site import Arrived, Nowhere, Unknown
from inquiry.check.text_fragments import DIRECTIVE, lost_words
from inquiry.check.wording import did_you_mean, quoted
from inquiry.corpus.body import Body, LinkKind
from inquiry.corpus.model import Document, FrontMatter, Kind
from inquiry.corpus.written import is_external
from inquiry.diagnostics import RULES, finding
from inquiry.graph.resolution import Dangling, Found, FoundFile, MissingAnchor, WrongCase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inquiry.check.own_site import Landing
    from inquiry.check.pages.model import OrdinaryPage, PageLink
    from inquiry.check.site import Site
    from inquiry.diagnostics import Diagnostic

_BY_NAME = frozenset({LinkKind.WIKILINK, LinkKind.EMBED, LinkKind.CITATION})
_CODE = ("javascript:", "vbscript:", "livescript:")
_PLACEHOLDERS = ("{{", "{%")
"""What a plugin puts something else for."""


def page_link_findings(site: Site, page: OrdinaryPage) -> Iterator[Diagnostic]:
    """Report every link of an ordinary page that does not hold."""
    for link in page.links:
        found = _link_findings(site, page, link)
        yield from (_for_fallback(one) for one in found) if link.fallback else found


def named_files(site: Site, page: OrdinaryPage) -> Iterator[str]:
    """Name the files of the pages, notes and lines that an ordinary page leads to, whatever part of them it names."""
    here = site.own.page_path(page.path)
    for link in page.links:
        if link.kind in _BY_NAME:
            target, _, fragment = link.target.partition("#")
            meaning = site.resolver.resolve_target(target.strip(), fragment, link.kind, page.path, None)
            if isinstance(meaning, Found | MissingAnchor):
                yield meaning.document.path
        elif is_external(link.target) or link.target.startswith("/"):
            path = site.own.path_from_host(link.target) if link.target.startswith("/") else None
            path = site.own.path_of(link.target) if path is None else path
            yield from _shown(site.own.look_up(path)) if path is not None else ()
        elif link.kind is not LinkKind.HTML and (source := _source(site, page, link.target)):
            yield source
        else:
            yield from _shown(_landing(site, here, link.target))


def _shown(landing: Landing) -> Iterator[str]:
    if isinstance(landing, Arrived) and landing.source:
        yield landing.source


def _link_findings(site: Site, page: OrdinaryPage, link: PageLink) -> Iterator[Diagnostic]:
    target = link.target
    spot = Spot(page.path, link.span, target)
    if link.kind in _BY_NAME:
        yield from _named(site, page, link)
    elif target.startswith("#"):
        yield from _on_this_page(site, page, link)
    elif not target or any(one in target for one in _PLACEHOLDERS):
        return
    elif target.lower().startswith(_CODE):
        scheme = target.partition(":")[0].lower()
        message = f"`{scheme}:` runs code in the browser of whoever follows the link"
        yield finding("unsafe-link", page.path, link.span, message)
    elif is_external(target) or (target.startswith("/") and not _is_from_docs(site, link)):
        yield from site.address_findings(spot, target)
    elif link.kind is LinkKind.HTML:
        yield from _by_address(site, page, spot)
    else:
        yield from _by_source(site, page, link)


def _on_this_page(site: Site, page: OrdinaryPage, link: PageLink) -> Iterator[Diagnostic]:
    if link.role is Role.DRAWING:
        name = unquote(link.target[1:])
        if page.complete and name not in page.anchors:
            message = f"this page has no drawing with the id {quoted(name)}"
            yield finding("missing-anchor", page.path, link.span, message)
        return
    yield from site.anchor_findings(Spot(page.path, link.span, link.target), page.path, link.target[1:])


def _named(site: Site, page: OrdinaryPage, link: PageLink) -> Iterator[Diagnostic]:
    """Judge a wikilink, an embed or a citation."""
    target, _, fragment = link.target.partition("#")
    target, fragment = " ".join(target.split()), fragment.strip()
    if not target and fragment:
        yield from site.anchor_findings(Spot(page.path, link.span, link.target), page.path, fragment)
        return
    meaning = site.resolver.resolve_target(target, fragment, link.kind, page.path, None)
    if isinstance(meaning, FoundFile) and meaning.path in site.docs.pages:
        yield from site.anchor_findings(Spot(page.path, link.span, link.target), meaning.path, meaning.fragment)
    marks = {LinkKind.EMBED: ("![[", "]]"), LinkKind.WIKILINK: ("[[", "]]")}.get(link.kind, ("", ""))
    written = f"{marks[0]}{target}{f'#{fragment}' if fragment else ''}{marks[1]}"
    mention = Mention(_stand_in(page.path), link.kind, target, fragment, written, link.span)
    yield from judge(mention, meaning)


def _by_address(site: Site, page: OrdinaryPage, spot: Spot) -> Iterator[Diagnostic]:
    """Judge an address that counts from the page's own."""
    here = _base(site, page)
    if here is None:
        return
    landing = _landing(site, here, spot.written)
    if (
        isinstance(landing, Nowhere)
        and not page.base
        and (source := _source(site, page, spot.written)) in site.docs.pages
    ):
        landing = Nowhere((site.own.page_path(source),))  # a path of Markdown, which nobody rewrites here
    yield from landing_fault(spot, landing, lambda right: _relative(right, here))
    if isinstance(landing, Arrived):
        yield from site.anchor_findings(spot, landing.source, spot.written.partition("#")[2])


def _base(site: Site, page: OrdinaryPage) -> str | None:
    """Give the path from the site's root that relative addresses of raw HTML count from; None outside the site."""
    here = site.own.page_path(page.path)
    if is_external(page.base):
        return site.own.path_of(page.base)
    rooted = page.base.startswith("/")
    return site.own.path_from_host(page.base) if rooted else urljoin(f"/{here}", page.base).lstrip("/")


def _by_source(site: Site, page: OrdinaryPage, link: PageLink) -> Iterator[Diagnostic]:
    """Judge a path of Markdown: MkDocs rewrites what names a file, and leaves everything else as it is."""
    path, _, fragment = link.target.partition("#")
    spot = Spot(page.path, link.span, link.target)
    source = _source(site, page, path)
    if source in site.docs.files.hidden:
        message = f"{quoted(link.target)} names {quoted(source)}, which is not published"
        hint = "publish it, or take the link out"
        yield finding("unpublished-target", page.path, link.span, message, hint=hint)
        return
    if source in site.documents:
        meaning = site.resolver.resolve_target(f"/{source}", unquote(fragment), LinkKind.MARKDOWN, page.path, None)
        if not isinstance(meaning, Found):
            yield from judge(_mention(page, link), meaning)
        elif DIRECTIVE in fragment and (lost := site.texts.lost(meaning.document, unquote(fragment))):
            yield lost_words(page.path, link.span, meaning.document, lost)
        return
    if source:
        yield from site.anchor_findings(spot, source, fragment)
        return
    landing = _list_of(site, page, link.target) or _landing(site, site.own.page_path(page.path), link.target)
    if isinstance(landing, Unknown) or (isinstance(landing, Nowhere) and not site.docs.all_known):
        return
    if not isinstance(landing, Nowhere):
        here = site.own.page_path(page.path)
        yield from landing_fault(spot, landing, lambda right: _relative(right, here))
        return
    yield from _missing(site, page, link, landing)


def _missing(site: Site, page: OrdinaryPage, link: PageLink, landing: Nowhere) -> Iterator[Diagnostic]:
    """Report a path that names nothing, with the file that was perhaps meant."""
    path = unquote(link.target.partition("#")[0])
    meaning = site.resolver.resolve_target(path, "", LinkKind.MARKDOWN, page.path, None)
    near: tuple[str, ...] = ()
    match meaning:
        case FoundFile(right) | WrongCase(right) if right not in site.docs.files.hidden:
            near = (posixpath.relpath(right, posixpath.dirname(page.path)),)
            if isinstance(meaning, WrongCase):
                yield from judge(_mention(page, link), meaning)
                return
        case Dangling():
            near = meaning.near
        case Found(document):
            near = (posixpath.relpath(document.path, posixpath.dirname(page.path)),)
        case FoundFile() | WrongCase():
            pass
        case _:
            yield from judge(_mention(page, link), meaning)
            return
    del landing
    noun = "picture" if link.role is Role.RESOURCE else "file"
    message = f"there is no {noun} {quoted(link.target)}"
    yield finding("dangling-link", page.path, link.span, message, hint=did_you_mean(near))


def _source(site: Site, page: OrdinaryPage, path: str) -> str:
    """Find the file that a path means: of docs/, or of notes and lines as they lie in the repository or in MkDocs."""
    docs = site.docs.files.folder
    name = unquote(path.partition("#")[0].partition("?")[0])
    base = "" if name.startswith("/") else posixpath.dirname(posixpath.relpath(page.path, docs))
    if not name.strip("/") or name.endswith("/") or "\0" in name:
        return ""
    seen = posixpath.normpath(posixpath.join(base, name.lstrip("/")))
    held = posixpath.normpath(posixpath.join(docs, seen))
    for candidate in (held, seen):
        if candidate in site.documents or candidate in site.corpus.files:
            return candidate
    return ""


def _landing(site: Site, here: str, target: str) -> Landing:
    """Look up an address that is relative to a page, as a browser would."""
    path = unquote(target.partition("#")[0].partition("?")[0])
    if not path:
        return Arrived()
    folder = here if here.endswith("/") else here.rpartition("/")[0]
    joined = posixpath.normpath(posixpath.join("/", folder, path))
    climbs = posixpath.normpath(posixpath.join("x" * bool(folder), folder, path)).startswith("..")
    depth = posixpath.normpath(posixpath.join(folder or ".", path))
    if climbs or depth.startswith(".."):
        return Nowhere()
    slash = path.endswith(("/", "/.", "/..")) or path in {".", ".."}
    clean = joined.strip("/")
    return site.own.look_up(f"{clean}/" if slash and clean else clean)


def _list_of(site: Site, page: OrdinaryPage, target: str) -> Landing | None:
    """Look up a list by the source that MkDocs knows it by, `lines/index.md`, relative to the page's own source."""
    path = unquote(target.partition("#")[0])
    if not path.endswith("/index.md"):
        return None
    folder = posixpath.dirname(posixpath.relpath(page.path, site.docs.files.folder))
    landing = site.own.look_up(posixpath.normpath(posixpath.join(folder, path)).removesuffix("index.md"))
    return None if isinstance(landing, Nowhere) else landing


def _relative(right: str, here: str) -> str:
    """Spell a path from the site's root as an address in the page at `here`."""
    up = "../" * here.count("/")
    return f"{up}{encoded(right)}" or "./"


def _is_from_docs(site: Site, link: PageLink) -> bool:
    """Tell whether a path from the root counts from docs/ instead, as `validation` may say."""
    relative = site.docs.configuration.absolute_links == "relative_to_docs"
    return relative and link.kind is not LinkKind.HTML


def _mention(page: OrdinaryPage, link: PageLink) -> Mention:
    target, _, fragment = link.target.partition("#")
    return Mention(_stand_in(page.path), LinkKind.MARKDOWN, target, unquote(fragment), link.target, link.span)


def _stand_in(path: str) -> Document:
    """Make the document that a finding about an ordinary page names as its origin."""
    return Document(path, Kind.NOTE, path, FrontMatter(), Body(), "")


def _for_fallback(diagnostic: Diagnostic) -> Diagnostic:
    """Weigh a fault less that only readers without scripts meet."""
    return replace(diagnostic, rule=RULES["missing-fallback"])

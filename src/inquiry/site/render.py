"""Render views with the templates: ours, overridden one by one by the site's own.

Unlike MkDocs's environment this one escapes and refuses names that do not exist: titles come from other
people, and a misspelt field must not become an empty paragraph.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import jinja2

from inquiry.site.shell import head_tags

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from inquiry.site.made_file import MadeFile
    from inquiry.site.search import SearchEntry
    from inquiry.site.shell import Shell
    from inquiry.site.views import PageView


_OWN_DOCUMENTS = frozenset({"redirect.html"})
"""Templates that are a whole document."""


class View(Protocol):
    """Any view: they all tell what every page has."""

    @property
    def page(self) -> PageView:
        """Title, description and addresses."""


@dataclass(frozen=True, slots=True)
class OutputPage:
    """A page that is ready to be rendered."""

    path: str
    """Published path from the site's root: `notes/x/`."""
    template: str
    """File name of the template: `note.html`."""
    facts: PageView
    """What every page has, known before the rest of its view."""
    make_view: Callable[[], View]
    """Makes the only variable that the template sees, when the page is rendered: a large site never holds all views."""
    make_stamp: Callable[[], bytes] | None = None
    """Makes a hash of all that it shows, beside what every page depends on; `None` has it rendered in each build."""
    make_search: Callable[[], SearchEntry] | None = None
    """Makes what the page is found by; `None` keeps it out of the search."""
    lastmod: str = ""
    """ISO date of the last change, for the sitemap; empty for none."""
    in_sitemap: bool = True
    """False for unlisted pages and redirects."""
    suggests: bool = False
    """Whether its view shows suggestions, which take a while to make."""
    source: str = ""
    """File that it is made of, relative to the folder of mkdocs.yml; empty for a list."""
    make_head: Callable[[], str] | None = None
    """Makes the HTML of the document's head, beyond title, description and OpenGraph."""
    beside: tuple[MadeFile, ...] = ()
    """What programs find beside it."""


def packaged_templates() -> Path:
    """Return the folder of the templates that come with Inquiry.

    A wheel carries them inside the package; an editable install leaves them at the top of the repository.
    """
    package = Path(__file__).resolve().parents[1]
    carried = package / "templates"
    return carried if carried.is_dir() else package.parents[1] / "templates"


class Templates(jinja2.FileSystemLoader):
    """Finds templates, and says which one cannot be read."""

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Read a template."""
        try:
            return super().get_source(environment, template)
        except UnicodeDecodeError as fault:
            raise jinja2.TemplateSyntaxError("the template is not UTF-8", 1, template, template) from fault


def make_environment(folders: Sequence[Path]) -> jinja2.Environment:
    """Make the environment that looks for a template in `folders` first and in the packaged ones last."""
    searched = [*folders, packaged_templates()]
    return jinja2.Environment(
        loader=Templates([str(folder) for folder in searched]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # every build makes its own environment, so no file needs a stat for each page
    )


def find_assets(folders: Sequence[Path]) -> tuple[tuple[str, Path], ...]:
    """List the files below `assets/` of the template folders, by name; the first folder that has one wins."""
    found: dict[str, Path] = {}
    for folder in (*folders, packaged_templates()):
        for path in sorted((folder / "assets").rglob("*")):
            if path.is_file():
                found.setdefault(path.relative_to(folder).as_posix(), path)
    return tuple(sorted(found.items()))


@dataclass(frozen=True, slots=True)
class Renderer:
    """Renders the pages of one build."""

    templates: jinja2.Environment
    shell_of: Callable[[OutputPage], Shell]
    """Gives what surrounds a page."""

    def html(self, page: OutputPage, above: str = "") -> str:
        """Render one page, with HTML above it; some templates are the whole document and stand in no shell."""
        content = self.templates.get_template(page.template).render(view=page.make_view())
        if page.template in _OWN_DOCUMENTS:
            return content
        shell, facts = self.shell_of(page), page.facts
        return shell.fill(
            title=facts.title,
            description=facts.description,
            canonical=facts.canonical,
            head=head_tags(facts, shell.site_name) + (page.make_head() if page.make_head else ""),
            content=above + content,
            source=page.source,
        )

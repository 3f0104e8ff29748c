"""What a preview shows of an edited file before it has built the site anew."""

from __future__ import annotations

import os
import random
import re
from typing import TYPE_CHECKING

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from inquiry.plugin import InquiryPlugin
from small_sites import EPOCH, place, tree
from test_incremental import Author

if TYPE_CHECKING:
    from pathlib import Path


class Preview:
    """A preview without its server."""

    def __init__(self, root: Path, folder: Path) -> None:
        self.root = root
        self.folder = folder
        self.plugin: InquiryPlugin | None = None

    def build(self) -> dict[str, bytes]:
        config = load_config(str(self.root / "mkdocs.yml"), site_dir=str(self.folder))
        plugin = config.plugins["inquiry"]
        assert isinstance(plugin, InquiryPlugin)
        self.plugin = plugin
        config.plugins.on_startup(command="serve", dirty=False)
        build(config)
        return tree(self.folder)

    def show(self, path: Path) -> bool:
        assert self.plugin
        return self.plugin.show(str(path))


@pytest.fixture
def preview(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Preview:
    """Preview a site that has everything but suggestions, which need a build."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    root = tmp_path / "kb"
    place("full", root)
    path = root / "mkdocs.yml"
    text = path.read_text(encoding="utf-8").replace(
        "{next: 3, related: 2}", "{next: 0, related: 0}\n      search: false"
    )
    assert "related: 0" in text
    path.write_text(text, encoding="utf-8")
    return Preview(root, tmp_path / "site")


def own(page: bytes) -> bytes:
    """Leave out what is wrong with a page, of which a build can say more."""
    return re.sub(rb'<aside class="findings".*?</aside>\n', b"", page)


@pytest.mark.parametrize("seed", range(6))
def test_an_edited_page_is_shown_as_a_build_makes_it(preview: Preview, seed: int) -> None:
    author = Author(preview.root, seed)
    author.chance = random.Random(seed)  # noqa: S311 - nothing secret about it
    shown = 0
    for _ in range(8):
        before = preview.build()
        texts = {path: path.read_bytes() for path in author.files()}
        author.chance.choice((author.write, author.write, author.relate, author.cite_a_work))()
        changed = [path for path in author.files() if path.read_bytes() != texts[path]]
        if not changed or not preview.show(changed[0]):
            continue
        glanced = tree(preview.folder)
        different = {name for name in glanced if glanced[name] != before.get(name)}
        assert len(different) <= 1, different
        built = preview.build()
        assert {page: own(glanced[page]) for page in different} == {page: own(built[page]) for page in different}
        shown += len(different)
    assert shown, "none of these edits could be shown"


def test_what_is_wrong_stands_above_the_page_at_once(preview: Preview) -> None:
    preview.build()
    path = preview.root / "notes/lonely.md"
    path.write_text("---\ntitle: [\n---\nSalt and [[nothing at all]].\n", encoding="utf-8")
    assert preview.show(path)
    page = next(
        html for name, html in tree(preview.folder).items() if name.endswith("notes/lonely/index.html")
    ).decode()
    assert "nothing at all" in page
    assert 'class="findings"' in page
    assert "dangling-link" in page


def test_a_page_that_was_shown_is_made_again_by_the_next_build(preview: Preview) -> None:
    built = preview.build()
    path = next(path for path in sorted((preview.root / "notes").rglob("*.md")))
    text = path.read_bytes()
    path.write_bytes(text + b"\n\nAnother sentence.\n")
    assert preview.show(path)
    path.write_bytes(text)
    os.utime(path)
    assert preview.build() == built


@pytest.mark.parametrize("name", ["notes/never-seen.md", "mkdocs.yml", "docs/index.md", "../elsewhere.md"])
def test_anything_else_takes_a_build(preview: Preview, name: str) -> None:
    preview.build()
    path = preview.root / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("# Words\n", encoding="utf-8")
    assert not preview.show(path)


def test_a_page_that_is_hidden_takes_a_build(preview: Preview) -> None:
    preview.build()
    path = next(path for path in sorted((preview.root / "notes").rglob("*.md")))
    path.write_text("---\ndraft: true\n---\nWords.\n", encoding="utf-8")
    assert not preview.show(path)
    path.unlink()
    assert not preview.show(path)


def test_a_template_at_fault_takes_a_build(preview: Preview) -> None:
    (preview.root / "templates").mkdir(exist_ok=True)
    preview.build()
    assert preview.plugin
    made = preview.plugin._templates.cache  # noqa: SLF001 - as if no page of this kind had been made yet
    assert made is not None
    made.clear()
    (preview.root / "templates/note.html").write_text("{% if %}", encoding="utf-8")
    path = preview.root / "notes/lonely.md"
    path.write_text("Other words.\n", encoding="utf-8")
    assert not preview.show(path)

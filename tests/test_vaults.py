"""Knowledge bases that others wrote: they build, they check, and most of their links are understood.

They stand beside the project and in no commit of it, in the folder `vaults` of `$INQUIRY_SHARED` (`../shared` unless
set).  `pytest -m "not vaults"` leaves these tests out; `pytest -s tests/test_vaults.py` prints the figures.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from inquiry.cli import main
from inquiry.commands.reading import read_knowledge_base
from inquiry.config import load_project
from inquiry.corpus.load import Loading
from inquiry.graph.resolve import Resolver

if TYPE_CHECKING:
    from collections.abc import Mapping

VAULTS = Path(os.environ.get("INQUIRY_SHARED") or Path(__file__).parents[2] / "shared") / "vaults"
NAMES = tuple(sorted(path.parent.name for path in VAULTS.glob("*/notes")))
MISSES = {"Dangling", "Ambiguous", "MissingAnchor", "WrongCase", "Outside", "Unsafe", "Unpublished"}
"""What a link can come to that leads a reader nowhere."""
LEAST_FOUND = {
    "dendron-site": 0.95,
    "eips": 0.82,  # its pictures, its licence and its test vectors were left out
    "gasquez-handbook": 0.99,
    "jzhao-garden": 0.95,  # its pictures were left out
    "metacademy": 1.0,
    "ms-playbook": 0.94,  # its pictures were left out
    "rdmkit": 0.97,
}
"""Share of the links that are understood: measured, and rounded down."""

pytestmark = [
    pytest.mark.vaults,
    pytest.mark.skipif(not NAMES, reason=f"no vaults in {VAULTS}: set INQUIRY_SHARED"),
]


@pytest.fixture(params=NAMES)
def vault(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Path]:
    """Make a small site of a vault, without copying it."""
    name = str(request.param)
    (tmp_path / "docs").mkdir()
    (tmp_path / "notes").symlink_to((VAULTS / name / "notes").resolve(), target_is_directory=True)
    (tmp_path / "mkdocs.yml").write_text(
        f"site_name: {name}\ntheme: {{name: material, font: false}}\nplugins: [inquiry]\n", encoding="utf-8"
    )
    return name, tmp_path


def test_a_vault_builds_checks_and_is_understood(vault: tuple[str, Path], capsys: pytest.CaptureFixture[str]) -> None:
    name, root = vault
    for command, code in (("build", {0}), ("check", {0, 1})):
        with pytest.raises(SystemExit) as end:
            main([command, *(["-q"] if command == "build" else []), "-f", str(root / "mkdocs.yml")])
        assert end.value.code in code
    capsys.readouterr()

    reading = read_knowledge_base(root / "mkdocs.yml")
    published = [one for one in reading.corpus.documents if one.has_page]
    assert all((root / f"site/notes/{one.id}/index.html").is_file() for one in published)

    found = Counter(
        type(reading.resolver.resolve(link, document)).__name__
        for document in reading.corpus.documents
        for link in document.body.links
    )
    with capsys.disabled():
        print(f"\n{name}: {len(reading.corpus.documents)} documents, {found.total()} links: {_figures(found)}")  # noqa: T201 - asked for
    missed = sum(count for kind, count in found.items() if kind in MISSES)
    assert 1 - missed / found.total() >= LEAST_FOUND.get(name, 0.8)


def test_an_imported_vault_has_no_broken_link_that_it_did_not_have(
    vault: tuple[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    name, root = vault
    into = root / "imported"
    with pytest.raises(SystemExit) as end:
        main(["import", "obsidian", str(root / "notes"), "--to", str(into)])
    assert end.value.code == 0
    summary = capsys.readouterr().err
    before, after = (_broken(root / "mkdocs.yml"), _broken(into / "mkdocs.yml"))
    with capsys.disabled():
        print(f"\n{name}: {len(before)} broken links as they are, {len(after)} after the import\n{summary}")  # noqa: T201 - asked for
    assert {path for path, _ in after} <= {path for path, _ in before}
    assert len(after) <= len(before)


def _broken(config: Path) -> list[tuple[str, str]]:
    """List the links that come to nothing, by file."""
    project = load_project(config)
    corpus = Loading(project, lean=True).corpus()
    resolver = Resolver(corpus)
    return [
        (document.path, link.target)
        for document in corpus.documents
        for link, meaning in zip(document.body.links, resolver.resolve_all(document), strict=True)
        if type(meaning).__name__ in MISSES
    ]


def _figures(found: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {kind}" for kind, count in sorted(found.items(), key=lambda one: (-one[1], one[0])))

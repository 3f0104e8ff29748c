"""What changed: read from git or from dates, by day, and never more than is public."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from inquiry.config import load_project
from inquiry.corpus.load import Loading
from inquiry.graph.build import build_graph
from inquiry.graph.published import site_urls
from inquiry.graph.resolve import Resolver
from inquiry.site.cards import Cards
from inquiry.site.changes_page import MOST_LISTED, MOST_OF_A_DAY, ChangesPage
from inquiry.site.history import Change, changes_in, read_history

if TYPE_CHECKING:
    from pathlib import Path

    from inquiry.site.views import ChangesView

SETTINGS = "site_name: Bread\nplugins: [inquiry]\n"


class Repository:
    """A knowledge base in a repository of its own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.write("mkdocs.yml", SETTINGS)

    def write(self, path: str, text: str) -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def git(self, *arguments: str, day: str = "2026-01-01") -> None:
        at = f"{day}T12:00:00+0000"
        own = {"GIT_AUTHOR_DATE": at, "GIT_COMMITTER_DATE": at, "GIT_CONFIG_GLOBAL": os.devnull}
        named = ("-c", "user.name=A", "-c", "user.email=a@b.example", "-c", "commit.gpgsign=false")
        subprocess.run(
            ["git", *named, *arguments], cwd=self.root, env=os.environ | own, check=True, capture_output=True
        )

    def commit(self, day: str) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "-m", "x", day=day)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "base")
    made.git("init", "--quiet")
    return made


def view_of(root: Path) -> ChangesView:
    project = load_project(root / "mkdocs.yml")
    corpus = Loading(project).corpus()
    graph = build_graph(corpus, Resolver(corpus))
    urls = site_urls(project, graph)
    cards = Cards(graph, urls, "en")
    return ChangesPage(project, graph, urls, cards, cards.page("changes", urls.changes, "What changed")).view()


def told(view: ChangesView) -> list[tuple[str, list[str], list[str]]]:
    """List days with the titles of what was added and revised."""
    return [
        (day.date_iso, [str(one.title) for one in day.added], [str(one.title) for one in day.revised])
        for month in view.months
        for day in month.days
    ]


def test_git_tells_when_documents_were_added_and_revised(repository: Repository) -> None:
    repository.write("notes/rye.md", "# Rye\n\nOne.\n")
    repository.write("lines/why.md", "# Why?\n")
    repository.commit("2026-01-05")
    repository.write("notes/rye.md", "# Rye\n\nTwo.\n")
    repository.write("notes/salt.md", "# Salt\n")
    repository.commit("2026-03-02")
    assert told(view_of(repository.root)) == [("2026-03-02", ["Salt"], ["Rye"]), ("2026-01-05", ["Why?", "Rye"], [])]
    assert [month.label for month in view_of(repository.root).months] == ["March 2026", "January 2026"]


def test_moving_a_file_is_no_change_and_keeps_its_history(repository: Repository) -> None:
    repository.write("notes/rye.md", "# Rye\n\nA text that is long enough to be known again.\n")
    repository.commit("2026-01-05")
    repository.git("mv", "notes/rye.md", "notes/grain.md")
    repository.commit("2026-02-01")
    assert told(view_of(repository.root)) == [("2026-01-05", ["Rye"], [])]


def test_a_file_that_was_deleted_and_written_anew_begins_anew(repository: Repository) -> None:
    repository.write("notes/rye.md", "# Rye\n")
    repository.commit("2026-01-05")
    (repository.root / "notes/rye.md").unlink()
    repository.commit("2026-01-06")
    repository.write("notes/rye.md", "# Rye again\n")
    repository.commit("2026-01-07")
    assert told(view_of(repository.root)) == [("2026-01-07", ["Rye again"], [])]


def test_drafts_unlisted_and_deleted_documents_are_not_named(repository: Repository) -> None:
    repository.write("notes/draft.md", "---\ndraft: true\n---\n# Draft\n")
    repository.write("notes/hidden.md", "---\nunlisted: true\n---\n# Hidden\n")
    repository.write("notes/gone.md", "# Gone\n")
    repository.commit("2026-01-05")
    (repository.root / "notes/gone.md").unlink()
    repository.commit("2026-01-06")
    assert told(view_of(repository.root)) == []


def test_what_git_does_not_know_goes_by_its_dates(repository: Repository) -> None:
    repository.write("notes/rye.md", "---\ncreated: 2020-01-01\n---\n# Rye\n")
    repository.commit("2026-01-05")
    repository.write("notes/salt.md", "---\ncreated: 2025-05-05\nupdated: 2025-06-06\n---\n# Salt\n")
    assert told(view_of(repository.root)) == [
        ("2026-01-05", ["Rye"], []),
        ("2025-06-06", [], ["Salt"]),
        ("2025-05-05", ["Salt"], []),
    ]


def test_a_shallow_clone_goes_by_dates(repository: Repository, tmp_path: Path) -> None:
    repository.write("notes/rye.md", "---\ncreated: 2020-01-01\n---\n# Rye\n")
    repository.commit("2026-01-05")
    repository.commit("2026-01-06")
    repository.git("clone", "--quiet", "--depth=1", f"file://{repository.root}", str(tmp_path / "shallow"))
    assert told(view_of(tmp_path / "shallow")) == [("2020-01-01", ["Rye"], [])]


def test_the_settings_can_ask_for_dates(repository: Repository) -> None:
    repository.write("mkdocs.yml", "site_name: Bread\nplugins:\n  - inquiry: {changes: dates}\n")
    repository.write("notes/rye.md", "---\ncreated: 2020-01\n---\n# Rye\n")
    repository.commit("2026-01-05")
    assert told(view_of(repository.root)) == [("2020-01", ["Rye"], [])]
    assert view_of(repository.root).months[0].label == "January 2020"


def test_a_knowledge_base_below_the_top_of_its_repository_has_its_history(tmp_path: Path) -> None:
    outer = Repository(tmp_path / "outer")
    outer.git("init", "--quiet")
    inner = Repository(tmp_path / "outer" / "deep" / "base")
    inner.write("notes/rye.md", "# Rye\n")
    outer.commit("2026-01-05")
    assert told(view_of(inner.root)) == [("2026-01-05", ["Rye"], [])]


def test_without_git_or_a_repository_nothing_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_history(tmp_path, ("notes",)) is None
    monkeypatch.setenv("PATH", str(tmp_path))
    assert read_history(tmp_path, ("notes",)) is None


def test_a_file_with_a_strange_name_is_known(repository: Repository) -> None:
    repository.write("notes/хлеб и соль.md", "# Bread\n")
    repository.commit("2026-01-05")
    found = read_history(repository.root, ("lines", "notes"))
    assert found == (Change("notes/хлеб и соль.md", "2026-01-05", added=True),)


def test_a_moved_and_changed_file_was_revised() -> None:
    log = "\x012026-02-01\0\nR071\0a.md\0b.md\0\x012026-01-01\0\nA\0a.md\0"
    assert list(changes_in(log)) == [
        Change("b.md", "2026-02-01", added=False),
        Change("b.md", "2026-01-01", added=True),
    ]


def test_a_great_day_is_cut_and_old_days_are_counted(tmp_path: Path) -> None:
    base = Repository(tmp_path / "base")
    for number in range(MOST_OF_A_DAY + 7):
        base.write(f"notes/n{number}.md", f"---\ncreated: 2026-05-05\n---\n# N{number}\n")
    for number in range(MOST_LISTED):
        date = f"{2000 + number // 12}-{1 + number % 12:02}-01"
        base.write(f"notes/o{number}.md", f"---\ncreated: {date}\n---\n# O{number}\n")
    view = view_of(base.root)
    day = view.months[0].days[0]
    assert (len(day.added), day.more_added) == (MOST_OF_A_DAY, 7)
    listed = sum(len(one.added) for month in view.months for one in month.days)
    assert listed == MOST_LISTED
    assert view.earlier == MOST_OF_A_DAY


def test_what_was_added_on_a_day_was_not_revised_on_it(repository: Repository) -> None:
    repository.write("notes/rye.md", "# Rye\n")
    repository.commit("2026-01-05")
    repository.write("notes/rye.md", "# Rye\n\nMore.\n")
    repository.commit("2026-01-05")
    assert told(view_of(repository.root)) == [("2026-01-05", ["Rye"], [])]

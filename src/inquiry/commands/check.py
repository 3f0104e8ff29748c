"""`inquiry check`: find what is broken, and mend what is certain."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from inquiry.check.report.formats import FORMATS, render
from inquiry.commands.memory import memory_of
from inquiry.commands.options import config_option, output_option
from inquiry.commands.selection import selection
from inquiry.commands.source import repository_prefix, source_lines
from inquiry.config import ConfigError, find_config, load_project

if TYPE_CHECKING:
    from collections.abc import Container

    from inquiry.check.baseline import Known, ReadLines
    from inquiry.check.checked import Checked
    from inquiry.check.report.verdict import Verdict
    from inquiry.commands.asking import Asking
    from inquiry.config import Project

_ROUNDS = 8
"""Most times that files are mended and read again: what one edit brings to light is mended in the next round."""


@click.command("check")
@config_option
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path, exists=True))
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@output_option
@click.option("--include", multiple=True, metavar="GLOB", help="Report only on files that fit; may be repeated.")
@click.option("--exclude", multiple=True, metavar="GLOB", help="Leave out files that fit; may be repeated.")
@click.option("--fix", is_flag=True, help="Mend what can be mended without doubt.")
@click.option("--diff", "show_diff", is_flag=True, help="Show what --fix would change, and change nothing.")
@click.option(
    "--baseline", type=click.Path(path_type=Path, dir_okay=False), help="Leave out what this file knows already."
)
@click.option("--write-baseline", is_flag=True, help="Write all findings to the file of --baseline.")
@click.option("--changed-since", metavar="REVISION", help="Leave out what was wrong at this git revision already.")
@click.option("--accept", multiple=True, metavar="LINE", help="First record that this line, or `all`, was reviewed.")
@click.option("--accept-urls", is_flag=True, help="First record in `urls.lock` what is published now.")
@click.option("--no-cache", is_flag=True, help="Read everything anew.")
@click.option("--external/--offline", default=False, help="Ask other sites whether the addresses hold, too.")
@click.option("--allow-private", is_flag=True, help="With --external, reach into private networks as well.")
@click.pass_context
def command(
    ctx: click.Context,
    config: Path | None,
    paths: tuple[Path, ...],
    form: str,
    output: Path | None,
    include: tuple[str, ...],
    exclude: tuple[str, ...],
    fix: bool,
    show_diff: bool,
    baseline: Path | None,
    write_baseline: bool,
    changed_since: str | None,
    accept: tuple[str, ...],
    accept_urls: bool,
    no_cache: bool,
    external: bool,
    allow_private: bool,
) -> None:
    """Find what is broken: links, citations, front matter, loose ends.

    With PATHs, report only what stands in these files and folders.  With -o, the report goes to the file and
    the terminal still shows it as text.
    """
    if write_baseline and baseline is None:
        raise click.UsageError("`--write-baseline` needs `--baseline FILE`, the file to write")
    project = load_project(find_config(config))
    outside = _asking(allow_private=allow_private) if external else None
    wanted = selection(project.root, paths, include, exclude)
    _accept(project, accept, urls=accept_urls)
    verdict = _find(project, outside, cached=not no_cache).verdict(wanted)
    if show_diff:
        ctx.exit(_show_diff(project, verdict))
    if fix:
        for _ in range(_ROUNDS):
            if not _mend(project, verdict):
                break
            verdict = _find(project, outside, cached=not no_cache).verdict(wanted)
    lines_of = source_lines(project.root)
    if baseline is not None:
        verdict = _held_against(verdict, baseline, wanted, lines_of, write=write_baseline)
    if changed_since is not None:
        verdict = _changed(project, verdict, changed_since, lines_of)
    _report(project, verdict, form, output, lines_of)
    if outside is not None and outside.code:
        ctx.exit(outside.code)
    if not verdict.passes:
        ctx.exit(1)


def _asking(*, allow_private: bool) -> Asking:
    from inquiry.commands.asking import Asking  # noqa: PLC0415 -- only `--external` needs it

    return Asking(allow_private)


def _find(project: Project, outside: Asking | None, *, cached: bool) -> Checked:
    """Check everything, or remember what the last run found where nothing has changed since."""
    if outside is not None:
        return outside(project)
    memory = memory_of(project)
    checked = memory.recall() if cached else None
    if checked is None:
        checked = _judged(project)
        memory.remember(checked)
    return checked


def _judged(project: Project) -> Checked:
    """Read and check everything; the rules are imported while other processes read."""
    from inquiry.check.depth import needs_words  # noqa: PLC0415 -- not needed to remember
    from inquiry.corpus.load import Loading  # noqa: PLC0415 -- likewise

    loading = Loading(project, lean=not needs_words(project))
    from inquiry.commands.judging import judge  # noqa: PLC0415 -- see above
    from inquiry.graph.build import linked  # noqa: PLC0415 -- likewise

    return judge(linked(project, loading.corpus()))


def _accept(project: Project, lines: tuple[str, ...], *, urls: bool) -> None:
    """Write the locks, where that was asked for."""
    if lines or urls:
        from inquiry.commands.accepting import accept  # noqa: PLC0415 -- seldom asked for

        accept(project, lines, urls=urls)


def _report(project: Project, verdict: Verdict, form: str, output: Path | None, lines_of: ReadLines) -> None:
    """Print the report, or write it and print it as text."""
    report = render(form, verdict, lines_of, repository_prefix(project.root))
    if output is not None:
        output.write_text(report, encoding="utf-8", errors="backslashreplace", newline="\n")
    if output is not None or form == "text":
        from inquiry.check.report.text import render_text  # noqa: PLC0415 -- one format of several

        report = render_text(verdict, lines_of, colour=_in_colour())
    click.echo(report.encode("utf-8", errors="backslashreplace").decode(), nl=False, color=True)


def _show_diff(project: Project, verdict: Verdict) -> int:
    """Print what `--fix` would change in its first round, and return the exit code."""
    from inquiry.check.fix import diff  # noqa: PLC0415 -- only `--diff` needs it
    from inquiry.commands.mending import mended_files  # noqa: PLC0415 -- likewise

    mended = mended_files(project.root, verdict.diagnostics)
    for one in mended:
        click.echo(diff(one), nl=False)
    return 1 if mended else 0


def _mend(project: Project, verdict: Verdict) -> bool:
    """Mend what is certain, and say whether anything was."""
    from inquiry.commands.mending import mended_files, write_mended  # noqa: PLC0415 -- only `--fix` needs it

    mended = mended_files(project.root, verdict.diagnostics)
    write_mended(project.root, mended)
    for one in mended:
        click.echo(f"{one.path}: {one.count} mended", err=True)
    return bool(mended)


def _held_against(verdict: Verdict, file: Path, wanted: Container[str], lines_of: ReadLines, *, write: bool) -> Verdict:
    """Leave out what a baseline knows, having written it first where that was asked for.

    What it knows of files that nobody asked for is left alone: it is neither gone nor written over.
    """
    from inquiry.check.baseline import sift, write_baseline  # noqa: PLC0415 -- only `--baseline` needs it
    from inquiry.replacing import replace_file  # noqa: PLC0415 -- likewise

    if write:
        others = [one for one in _known(file, renewed=True) if one.path not in wanted]
        replace_file(file, write_baseline(verdict.diagnostics, lines_of, others).encode())
    known = frozenset(one.fingerprint for one in _known(file) if one.path in wanted)
    sifted = sift(verdict.diagnostics, known, lines_of)
    if sifted.gone:
        click.echo(f"{file}: {sifted.gone} of its findings are gone; `--write-baseline` renews it", err=True)
    return replace(verdict, diagnostics=sifted.new, known=sifted.known)


def _known(file: Path, *, renewed: bool = False) -> tuple[Known, ...]:
    """Read a baseline; one that is to be renewed need not be there, but no other file is taken for one."""
    from inquiry.check.baseline import OtherVersionError, read_baseline  # noqa: PLC0415 -- only `--baseline` needs it

    try:
        return read_baseline(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, OtherVersionError) as error:
        if renewed:
            return ()
        reason = (
            str(error) if isinstance(error, ValueError) else "there is no such baseline; `--write-baseline` writes it"
        )
        raise ConfigError(f"{file}: {reason}") from None
    except ValueError as error:
        raise ConfigError(f"{file}: {error}") from None


def _changed(project: Project, verdict: Verdict, revision: str, lines_of: ReadLines) -> Verdict:
    """Leave out what was wrong at an earlier revision."""
    from inquiry.check.baseline import sift  # noqa: PLC0415 -- only `--changed-since` needs it
    from inquiry.commands.since import fingerprints_at  # noqa: PLC0415 -- likewise

    sifted = sift(verdict.diagnostics, fingerprints_at(project, revision), lines_of)
    return replace(verdict, diagnostics=sifted.new, known=verdict.known + sifted.known)


def _in_colour() -> bool:
    """Tell whether standard output wants colours: a terminal that can, and an owner who does."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"

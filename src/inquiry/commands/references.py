"""`inquiry import bibtex` and `inquiry import csl`: one note for each entry of a file of references."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from inquiry.author.appending import CannotAppendError, appended, keys_in
from inquiry.author.entries import Form, described
from inquiry.author.from_entries import plan_notes
from inquiry.check.fix import BOM, Mended, diff
from inquiry.check.wording import counted, did_you_mean
from inquiry.commands.bar import progress_bar
from inquiry.commands.naming import seen_from_here
from inquiry.commands.options import config_option
from inquiry.commands.reading import read_knowledge_base
from inquiry.corpus.files import read_file
from inquiry.diagnostics import Position
from inquiry.replacing import replace_file
from inquiry.site.progress import tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inquiry.author.entries import Described
    from inquiry.author.from_entries import Plan
    from inquiry.config import Project
    from inquiry.diagnostics import Diagnostic

FINDINGS = 1
"""Exit code when entries could not be read."""
UNREADABLE = "unreadable-bibliography"
"""The rule of entries that cannot be read."""
_FORMS = {".bib": Form.BIBTEX, ".bibtex": Form.BIBTEX, ".json": Form.CSL_JSON}
"""Forms of bibliographies by their endings; any other is YAML."""

_file = click.argument("file", type=click.Path(path_type=Path))
_keys = click.option("--key", "keys", metavar="KEY", multiple=True, help="Import this entry only; may be repeated.")
_dry_run = click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")


@dataclass(frozen=True, slots=True)
class _Addition:
    """A bibliography with what is put into it."""

    path: Path
    before: str
    after: str
    count: int


@click.command("bibtex")
@config_option
@_keys
@_dry_run
@_file
def bibtex(config: Path | None, keys: tuple[str, ...], file: Path, *, dry_run: bool) -> int:
    """Make a note of each entry of a BibTeX or BibLaTeX file.

    Title, keywords and abstract go into the note, the entry itself into the bibliography.  Entries that a note rests
    on already are passed over.  The paths of the new notes go to standard output.
    """
    return _bring(config, keys, file, _text_of(file), Form.BIBTEX, dry_run=dry_run)


@click.command("csl")
@config_option
@_keys
@_dry_run
@_file
def csl(config: Path | None, keys: tuple[str, ...], file: Path, *, dry_run: bool) -> int:
    """Make a note of each item of a CSL-JSON or CSL-YAML file.

    Zotero exports both, and pandoc reads both.  An item goes into the bibliography in the bibliography's own form.
    The paths of the new notes go to standard output.
    """
    text = _text_of(file)
    form = Form.CSL_JSON if text.lstrip().startswith(("[", "{")) else Form.CSL_YAML
    return _bring(config, keys, file, text, form, dry_run=dry_run)


def _bring(config: Path | None, keys: Sequence[str], file: Path, text: str, form: Form, *, dry_run: bool) -> int:
    """Plan, write and tell."""
    entries, faults = _entries(file, text, form)
    _refuse_unknown(keys, entries, file)
    reading = read_knowledge_base(config)
    target = _target(reading.project, form)
    today = datetime.now().astimezone().date()
    with progress_bar(shown=sys.stderr.isatty()):
        plan = plan_notes(entries, keys, reading.corpus, today, keys_in(_form_of(target), entries), tell)
    addition = _addition(reading.project, target, plan)
    notes = {reading.project.notes_dir / f"{note.stem}.md": note.text for note in plan.notes}
    if dry_run:
        _show(reading.project, notes, addition)
    else:
        _write(notes, addition)
        for path in notes:
            click.echo(seen_from_here(path))
    _tell(reading.project, faults, plan, addition, dry=dry_run)
    return FINDINGS if any(fault.rule.name == UNREADABLE for fault in faults) else 0


def _text_of(file: Path) -> str:
    """Read a file of references; letters that cannot be read are refused, for they would stand in notes."""
    if not file.is_file():
        raise click.ClickException(f"{file}: {'this is a folder' if file.is_dir() else 'there is no such file'}")
    text = _read(file)
    if not text.strip():
        raise click.ClickException(f"{file}: the file is empty")
    return text


def _read(file: Path) -> str:
    text, fault = read_file("", str(file))
    if fault is not None or text is None:
        raise click.ClickException(_placed(fault) if fault else f"{file}: the file cannot be read")
    return text


def _entries(file: Path, text: str, form: Form) -> tuple[list[Described], list[Diagnostic]]:
    """Read the entries; a file without any that can be read is refused."""
    entries, faults = described(str(file), text, form)
    if entries:
        return entries, faults
    if other := _taken_for(text, form):
        raise click.ClickException(f"{file}: {other}")
    if faults:
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        raise click.ClickException(_placed(faults[0]) + more)
    raise click.ClickException(f"{file}: there is no entry in it")


def _taken_for(text: str, form: Form) -> str:
    """Say what a file without entries may be instead; nothing where it may be what it was taken for."""
    start = text.lstrip()
    if start.startswith(("TY  -", "%0 ")):
        return "this is RIS or EndNote; export BibTeX or CSL-JSON instead"
    if form is Form.BIBTEX and start.startswith(("[", "{")):
        return "this is no BibTeX; `inquiry import csl` reads CSL-JSON"
    if form is Form.CSL_YAML and start.startswith("@"):
        return "this is no CSL; `inquiry import bibtex` reads BibTeX"
    return ""


def _refuse_unknown(keys: Sequence[str], entries: Sequence[Described], file: Path) -> None:
    known = {entry.source.key for entry in entries}
    for key in keys:
        if key not in known:
            from difflib import get_close_matches  # noqa: PLC0415 - few keys are misspelt

            near = get_close_matches(key, sorted(known), n=3)
            raise click.UsageError(f"there is no entry `{key}` in {file}{f'; {did_you_mean(near)}' if near else ''}")


def _target(project: Project, form: Form) -> Path:
    """Choose the bibliography that takes the entries: the first in their own form, else the first that is there."""
    listed = [project.root / name for name in project.settings.bibliography]
    if not listed:
        raise click.ClickException(f"{project.config_path}: `bibliography` names no file that entries could go into")
    wanted = [path for path in listed if (_form_of(path) is Form.BIBTEX) == (form is Form.BIBTEX)]
    there = [path for path in listed if path.is_file()]
    return next((path for path in (*filter(Path.is_file, wanted), *wanted, *there)), listed[0])


def _form_of(path: Path) -> Form:
    return _FORMS.get(path.suffix.lower(), Form.CSL_YAML)


def _addition(project: Project, target: Path, plan: Plan) -> _Addition | None:
    """Put the missing entries into the text of the bibliography; nothing when there are none."""
    if not plan.added:
        return None
    before = _read(target) if target.is_file() else ""
    name = _shown(project, target)
    try:
        after = appended(name, before, _form_of(target), plan.added)
    except CannotAppendError as refusal:
        raise click.ClickException(str(refusal)) from refusal
    return _Addition(target, before, after, len(plan.added))


def _write(notes: dict[Path, str], addition: _Addition | None) -> None:
    """Write the bibliography and then the notes, so that no note ever rests on what is not there."""
    for path in notes:
        if path.exists():
            raise click.ClickException(f"{path}: the file is there already, though it cannot be read as a note")
        path.parent.mkdir(parents=True, exist_ok=True)
    if addition is not None:
        addition.path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(addition.path, _as_it_was(addition))
    for path, text in notes.items():
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)


def _as_it_was(addition: _Addition) -> bytes:
    """Give a bibliography the line ends and the mark at its head that it had."""
    raw = addition.path.read_bytes() if addition.path.is_file() else b""
    text = addition.after.replace("\n", "\r\n") if b"\r\n" in raw else addition.after
    return (BOM if raw.startswith(BOM.encode()) else "").encode() + text.encode()


def _show(project: Project, notes: dict[Path, str], addition: _Addition | None) -> None:
    """Print what would be written as a unified diff."""
    if addition is not None:
        click.echo(diff(Mended(_shown(project, addition.path), addition.before, addition.after, 1)), nl=False)
    for path, text in notes.items():
        click.echo(diff(Mended(_shown(project, path), "", text, 1)), nl=False)


def _tell(project: Project, faults: Sequence[Diagnostic], plan: Plan, addition: _Addition | None, *, dry: bool) -> None:
    """Say what was passed over and why, and what was written."""
    for fault in faults:
        lost = "skipped: " if fault.rule.name == UNREADABLE else ""
        click.echo(_placed(fault, lost), err=True)
    for one in plan.skipped:
        source = one.entry.source
        start = source.span.start if source.span else Position(1, 1)
        click.echo(f"{source.path}:{start.line}:{start.column}: skipped `{source.key}`: {one.reason}", err=True)
    if not plan.notes:
        click.echo("nothing to import", err=True)
        return
    entries = f", {counted(addition.count, 'entry')} to {_shown(project, addition.path)}" if addition else ""
    click.echo(f"{'would write' if dry else 'wrote'} {counted(len(plan.notes), 'note')}{entries}", err=True)


def _placed(fault: Diagnostic, before: str = "") -> str:
    start = fault.span.start
    hint = f"; {fault.hint}" if fault.hint else ""
    return f"{fault.path}:{start.line}:{start.column}: {before}{fault.message}{hint}"


def _shown(project: Project, path: Path) -> str:
    """Name a file as seen from the folder of mkdocs.yml."""
    return path.relative_to(project.root).as_posix() if path.is_relative_to(project.root) else str(path)

"""What was wrong in an earlier revision, so that only what a change broke fails.

The earlier revision is checked as a whole in a folder of its own: a link may break because its target went,
and then the file that it stands in has not changed at all.
"""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from inquiry.check.baseline import fingerprints
from inquiry.commands.judging import judge
from inquiry.commands.reading import read_knowledge_base
from inquiry.commands.source import source_lines
from inquiry.config import ConfigError

if TYPE_CHECKING:
    from inquiry.config import Project


def fingerprints_at(project: Project, revision: str) -> frozenset[str]:
    """Check the knowledge base as it was at a revision and return the fingerprints of all findings.

    At a revision that has no configuration yet, or not even its folder, nothing was wrong.

    Raises:
        ConfigError: Git is missing, this is no repository, it has no such revision, or that one's mkdocs.yml is broken.
    """
    with tempfile.TemporaryDirectory(prefix="inquiry-since-") as folder:
        _unpack(project.root, revision, Path(folder))
        config = Path(folder) / project.config_path.name
        if not config.is_file():
            return frozenset()
        try:
            checked = judge(read_knowledge_base(config))
        except ConfigError as error:
            raise ConfigError(f"at `{revision}`: {str(error).replace(f'{folder}/', '')}") from None
        return frozenset(fingerprints(checked.diagnostics, source_lines(Path(folder))))


def _unpack(root: Path, revision: str, folder: Path) -> None:
    """Lay the files of a revision, from the folder of mkdocs.yml downwards, into another folder."""
    if revision.startswith("-"):
        raise ConfigError(f"`{revision}` is not a revision")
    command = ["git", "archive", "--format=tar", revision]
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, check=True)  # noqa: S603 - no shell reads it
    except OSError:
        raise ConfigError("`--changed-since` needs git") from None
    except subprocess.CalledProcessError as error:
        if _has(root, revision):
            return  # of a folder that was not there yet there is no archive
        told = error.stderr.decode(errors="replace").strip().splitlines()
        raise ConfigError(f"git cannot read `{revision}`: {told[-1] if told else 'no reason given'}") from None
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        for member in archive:
            _lay_down(archive, member, folder)


def _has(root: Path, revision: str) -> bool:
    command = ["git", "rev-parse", "--verify", "--quiet", f"{revision}^{{tree}}"]
    return subprocess.run(command, cwd=root, capture_output=True, check=False).returncode == 0  # noqa: S603 - likewise


def _lay_down(archive: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    """Write a file or a link that leads to one; what would lead out of the folder is left out.

    `extractall` has a filter for that, but not in Debian's Python 3.11.2; and it gives up at the first such link.
    """
    path = folder / member.name
    leads_to = (path.parent / member.linkname if member.issym() else path).resolve()
    if not leads_to.is_relative_to(folder.resolve()):
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    if member.issym():
        path.symlink_to(member.linkname)
    elif content := archive.extractfile(member):
        path.write_bytes(content.read())

"""Telling MkDocs what is wrong: its log shows it, counts it, and fails a strict build for it."""

from __future__ import annotations

import logging
import traceback
from dataclasses import replace
from typing import TYPE_CHECKING

from jinja2 import TemplateSyntaxError
from mkdocs.exceptions import PluginError

from inquiry.diagnostics import Severity
from inquiry.graph.published import hidden_by
from inquiry.site.files import PageFile

if TYPE_CHECKING:
    from mkdocs.structure.files import File

    from inquiry.config import Project
    from inquiry.diagnostics import Diagnostic

log = logging.getLogger("mkdocs.plugins.inquiry")

_LEVELS = {Severity.ERROR: logging.ERROR, Severity.WARNING: logging.WARNING, Severity.INFO: logging.INFO}


def tell(diagnostic: Diagnostic) -> None:
    """Log a finding; MkDocs counts errors and warnings, and fails a strict build for them."""
    start = diagnostic.span.start
    hint = f" ({diagnostic.hint})" if diagnostic.hint else ""
    place = f"{diagnostic.path}:{start.line}:{start.column}"
    log.log(_LEVELS[diagnostic.severity], "%s: %s%s [%s]", place, diagnostic.message, hint, diagnostic.rule.name)


def report_hidden(ours: File, other: File, project: Project) -> None:
    """Report a document hidden by a page that another plugin made; the check knows those of docs/.

    Lists and assets may be replaced.
    """
    if not isinstance(ours, PageFile) or not ours.output.source or other.generated_by is None:
        return
    found = hidden_by(ours.output.source, other.src_uri)
    level = project.settings.levels.get(found.rule.name, found.severity)
    if level is not Severity.OFF:
        tell(replace(found, rule=replace(found.rule, severity=level)))


def blame_template(fault: Exception) -> None:
    """Say at which line of which template something failed, for MkDocs would print a traceback.

    Raises:
        PluginError: One did; Jinja writes its line into the traceback.
    """
    if isinstance(fault, TemplateSyntaxError):
        raise PluginError(f"{fault.filename or fault.name}:{fault.lineno}: {fault.message}") from fault
    for frame in reversed(traceback.extract_tb(fault.__traceback__)):
        if frame.filename.endswith(".html"):
            raise PluginError(f"{frame.filename}:{frame.lineno}: {fault}") from fault

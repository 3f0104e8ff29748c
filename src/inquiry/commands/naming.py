"""Names as they are typed and shown: commands, of which one was perhaps meant, and files as seen from here."""

from __future__ import annotations

from pathlib import Path

import click


class Group(click.Group):
    """A group whose commands are looked up by name, and a misspelt one is told the near one."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that was typed, or say which one was perhaps meant."""
        name, known = args[0], self.list_commands(ctx)
        if name not in known and not name.startswith("-"):
            from difflib import get_close_matches  # noqa: PLC0415 - few names are misspelt

            near = get_close_matches(name, known, n=1)
            hint = f"did you mean `{near[0]}`?" if near else f"there are {', '.join(known)}"
            ctx.fail(f"no such command: `{name}`; {hint}")
        return super().resolve_command(ctx, args)


def seen_from_here(path: Path) -> Path:
    """Name a file as seen from the current folder, where it lies in it."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path

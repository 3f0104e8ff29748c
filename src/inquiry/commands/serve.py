"""`inquiry serve`: show the site while it is written, as `mkdocs serve` does."""

from __future__ import annotations

import logging
import socket
from typing import TYPE_CHECKING

import click
from mkdocs.commands.serve import serve

from inquiry.commands.hosting import hosted
from inquiry.commands.reading import config_option
from inquiry.config import find_config

if TYPE_CHECKING:
    from pathlib import Path

MAX_PORT = 65535
"""The last port there is."""


@click.command("serve")
@config_option
@click.option("-a", "--dev-addr", metavar="HOST:PORT", help="Where to listen; 127.0.0.1:8000 unless mkdocs.yml says.")
@click.option("--strict", is_flag=True, help="Fail when there are errors or warnings.")
def command(config: Path | None, dev_addr: str | None, strict: bool) -> None:
    """Show the site at a local address: what you save at once, what that changes elsewhere soon after."""
    if dev_addr is not None:
        _make_sure_of(dev_addr)
    with hosted(logging.INFO):
        serve(config_file=str(find_config(config)), dev_addr=dev_addr, strict=strict or None)


def _make_sure_of(address: str) -> None:
    """Refuse an address that nothing can listen at, before the site is built for it."""
    host, _, port = address.rpartition(":")
    if not host or not port.isascii() or not port.isdigit() or not 0 < int(port) <= MAX_PORT:
        raise click.BadParameter(f"`{address}` is not HOST:PORT, as in 127.0.0.1:8000", param_hint="-a")
    try:
        with socket.create_server((host.strip("[]"), int(port)), family=_family(host)):
            pass
    except OSError as fault:
        reason = (fault.strerror or str(fault)).lower()
        raise click.ClickException(f"cannot listen at `{address}`: {reason}") from fault


def _family(host: str) -> socket.AddressFamily:
    """Tell IPv6 addresses from the rest."""
    return socket.AF_INET6 if ":" in host else socket.AF_INET

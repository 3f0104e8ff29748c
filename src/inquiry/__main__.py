"""`python -m inquiry`: the program, where the command is not on the path."""

from inquiry.cli import run

run()

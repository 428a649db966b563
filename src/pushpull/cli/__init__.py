"""The commands: load, compute, show."""

from pushpull.cli.commands import app


def main() -> None:
    """Run `pushpull` with the words of the command line."""
    app(prog_name="pushpull")


__all__ = ["app", "main"]

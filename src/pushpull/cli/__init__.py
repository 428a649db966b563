"""The commands: load, compute, show."""

from pushpull.cli.commands import app


def main() -> None:
    """Run `pushpull` with the words of the command line."""
    app()


__all__ = ["app", "main"]

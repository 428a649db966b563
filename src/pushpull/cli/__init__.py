"""The command line. Every command stands in a module of its own, which is imported when the command runs."""

_INTERRUPTED = 130


def main() -> None:
    """Run `pushpull` with the words of the command line."""
    import gc  # noqa: PLC0415
    import os  # noqa: PLC0415

    # A run makes many things that stay until its end, and looking for rubbish among them is a twentieth of its time.
    gc.set_threshold(200_000)
    # Nothing that is installed beside this program is to look at what it reads.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")

    try:
        from pushpull.cli.commands import app  # noqa: PLC0415  only now, for both of the above

        app(prog_name="pushpull")
    except KeyboardInterrupt:  # before a command has begun
        raise SystemExit(_INTERRUPTED) from None
    finally:
        # On leaving, Python looks once more through everything for rubbish: a seventh of the time, and nothing to gain.
        gc.freeze()

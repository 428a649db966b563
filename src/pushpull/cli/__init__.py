"""The command line. Every command stands in a module of its own, which is imported when the command runs."""

_INTERRUPTED = 130


def main() -> None:
    """Run `pushpull` with the words of the command line."""
    import gc  # noqa: PLC0415
    import os  # noqa: PLC0415
    import sys  # noqa: PLC0415

    usual, dropped = sys.__excepthook__, sys.__unraisablehook__
    # Being told to stop is no fault, so wherever it is met, it is not shown as one.
    sys.excepthook = lambda kind, *more: None if issubclass(kind, KeyboardInterrupt) else usual(kind, *more)
    # Python drops what is raised while it throws something away. `stopping` raises it anew where that could lose work.
    sys.unraisablehook = lambda told: None if isinstance(told.exc_value, KeyboardInterrupt) else dropped(told)
    # Who starts a program may have closed what it reads and writes, and a window without a console never had it.
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115  open to the end
    # A run makes many things that stay until its end, and looking for rubbish among them is a twentieth of its time.
    gc.set_threshold(200_000)
    # Nothing that is installed beside this program is to look at what it reads.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")

    try:
        from pushpull.cli.commands import app  # noqa: PLC0415  only now, for both of the above

        # The shell's completion is not offered, so no variable of the environment is to start it either.
        app(prog_name="pushpull", complete_var="")
    except KeyboardInterrupt:  # before a command has begun
        raise SystemExit(_INTERRUPTED) from None
    finally:
        # On leaving, Python looks once more through everything for rubbish: a seventh of the time, and nothing to gain.
        gc.freeze()

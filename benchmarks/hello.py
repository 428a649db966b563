"""The smallest program with Typer: what any command line in Python with it has to pay."""

import typer


def main(name: str = "you") -> None:
    """Say hello."""
    print(f"Hello {name}")


if __name__ == "__main__":
    typer.run(main)

"""`python -m pushpull` is the same as `pushpull`."""

from pushpull.cli import main

if __name__ == "__main__":
    main()

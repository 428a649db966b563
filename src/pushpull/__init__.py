"""pushpull: helps an IEP team talk through push-in, pull-out or a blend, one service at a time."""

__version__ = "0.1.0"

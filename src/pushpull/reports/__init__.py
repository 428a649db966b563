"""Results to documents: the one place that arranges sentences. How they look is not decided here."""

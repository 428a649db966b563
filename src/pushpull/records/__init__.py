"""Results for other programs: JSON and CSV. `docs/json.md` describes them and a JSON Schema checks them."""

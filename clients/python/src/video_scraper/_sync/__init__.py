# Made from _async/__init__.py by scripts/generate.mjs. Change that one, then run npm run openapi.
"""The client that blocks."""

# Made from _async/methods/__init__.py by scripts/generate.mjs. Change that one, then run npm run openapi.
"""The methods of the client that blocks, a class for each domain."""

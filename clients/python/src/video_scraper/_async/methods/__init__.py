"""The methods of the client that does not block, a class for each domain."""

"""The shapes of what Ticketera says in JSON, one subject a file: `/openapi.json` publishes them, tests hold to them."""

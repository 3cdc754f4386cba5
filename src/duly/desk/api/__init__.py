"""The programming interface, thin: what a person can read and the first acts, under /api/v1 with OpenAPI."""

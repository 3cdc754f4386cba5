"""What travels with an export: a verifier that needs nothing of Duly."""

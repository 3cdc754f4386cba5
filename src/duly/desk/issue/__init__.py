"""The Issue screen: before an office sends a paper of its own, what the recipient's law would say to it."""

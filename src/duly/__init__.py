"""Duly: the desk for legal process. Each folder beside this file is one room; docs/architecture.md draws the house."""

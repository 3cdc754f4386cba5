"""Checks an exported determination from its file alone, with nothing but Python's standard library and none of Duly.

`check_proof` re-derives from the rule texts and facts in the file every truth, the outcome, the exact set of outcomes
still possible and the questions that would settle it, and raises `ProofError`, naming the step, where the file says
otherwise. The folder can be copied out and run by itself: `python -m proofcheck FILE`.
"""

from .checking import ProofError, check_proof

__all__ = ["ProofError", "check_proof"]

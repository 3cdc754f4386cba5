"""Which clause of a counting rule makes each step, for the federal rules that share one text."""

from __future__ import annotations

import re
from functools import lru_cache

# Fed. R. Civ. P. 6(a), Crim. P. 45(a), App. P. 26(a) and Bankr. P. 9006(a) have had the same clauses since 1 December 2009.
_TWIN_RULES = re.compile(r"Fed\. R\. (?:Civ\. P\. 6|Crim\. P\. 45|App\. P\. 26|Bankr\. P\. 9006)(?=\(a\)|$|,|;)")
_EXTRA_DAYS = {"Civ. P": "(d)", "Crim. P": "(c)", "App. P": "(c)", "Bankr. P": "(f)"}


@lru_cache(maxsize=1024)
def clause(cite: str, which: str) -> str:
    """The clause of the counting rule `cite` for a step: `(a)(1)(C)`, or `service` for the days added after service.

    Where the counting rule is not one of the four twins, the step rests on the rule as a whole.
    """
    match = _TWIN_RULES.search(cite)
    if match is None:
        return cite
    rule = match.group(0)
    if which == "service":
        which = next(clause for name, clause in _EXTRA_DAYS.items() if name in rule)
    return rule + which

"""Whether a citation can be read: eyecite knows the reporters and many codes, and these patterns know the rest.

Forms follow The Bluebook, table T1 (codes by jurisdiction), and the federal rules' own abbreviations (T1.1, rule 12.9.3).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_NUMBER = r"[0-9]+[A-Za-z]{0,3}(?:[-–.:][0-9A-Za-z.]+)*(?:\([0-9A-Za-z]+\))*"
_SECTIONS = rf"(?:§+|art\.|arts\.|sec\.|Rule|ch\.|pt\.|[Pp]art)?\s*{_NUMBER}"
_CODES = (
    r"[0-9]+ U\.\s?S\.\s?C\.", r"[0-9]+ C\.\s?F\.\s?R\.", r"[0-9]+ Fed\. Reg\.", r"Pub\. L\.(?: No\.)?", r"[0-9]+ Stat\.",
    r"Fed\. R\. (?:Civ|Crim|App|Bankr)\. ?P\.", r"Fed\. R\. Evid\.",
    r"C\.?\s?R\.?\s?S\.?", r"Colo\. Rev\. Stat\.", r"C\.?\s?R\.?\s?C\.?\s?P\.?", r"Colo\. R\. (?:Civ|Crim)\. P\.", r"D\.?\s?R\.?\s?M\.?\s?C\.?",
    r"Tex\. (?:Code Crim\. Proc\.|Gov[’']t Code|Loc\. Gov[’']t Code|Fam\. Code|R\. Civ\. P\.)", r"Fla\. Stat\.",
    r"Cal\. (?:Code Civ\. Proc\.|Gov[’']?t?\.? Code|Lab\. Code|Penal Code|Civ\. Proc\. Code|Civ\. Code|Health & Safety Code|Educ\. Code|[A-Z][a-z]+\. Code)",
    r"Iowa Code", r"R\.?\s?C\.?\s?W\.?", r"Wash\. Rev\. Code", r"O\.?\s?R\.?\s?S\.?", r"Or\. Rev\. Stat\.", r"N\.?\s?C\.?\s?(?:G\.?\s?S\.?|Gen\. Stat\.)",
    r"Conn\. Gen\. Stat\.", r"O\.?\s?C\.?\s?G\.?\s?A\.?", r"Ga\. Code Ann\.", r"Ala\. Code", r"Miss\. Code Ann\.", r"S\.\s?C\. Code Ann\.",
    r"Tenn\. Code Ann\.", r"Va\. Code Ann\.", r"Va\. Code", r"W\. ?Va\. Code", r"Del\. Code(?: Ann\.)?", r"[0-9]+ Del\. C\.", r"[0-9]+ ILCS",
    r"Mass\. Gen\. Laws", r"N\.\s?J\.\s?(?:S\.\s?A\.|Stat\. Ann\.)", r"N\.\s?Y\.(?:C\.)? ?(?:C\.P\.L\.R\.|Admin\. Code|Civ\. Rights Law|[A-Z][a-z]+\. Law)",
    r"Ill\. (?:Sup|S)\. Ct\. R\.", r"(?:N\.\s?Y\. )?C\.?\s?P\.?\s?L\.?\s?R\.?", r"[0-9]+ V\.\s?S\.\s?A\.", r"Md\. Code, [A-Z][A-Za-z. ]+",
    r"42 Pa\. Cons\. Stat\.", r"[A-Z][a-z]*\.? ?(?:Rev\. )?(?:Stat|Code)(?:\.|s)?(?: Ann\.)?",
)  # fmt: skip
_STATUTE = re.compile(rf"(?:{'|'.join(_CODES)})\s*{_SECTIONS}")
_ACT = re.compile(r"\b(?:HB|SB|H\.B\.|S\.B\.|A\.B\.|AB|L\.)\s?[0-9]{1,4}[-–]?[0-9]*")
_FORM = re.compile(r"\bForm [A-Z]+[-–]?[0-9A-Z]+")
_DOCKET = re.compile(r"\bNo\. [0-9A-Z][0-9A-Za-z:.\-–]+")
_REPORTED = re.compile(r"\b[0-9]+ [A-Z][A-Za-z0-9.’' ]{0,20}\s?[0-9]+\b|\b(?:19|20)[0-9]{2} [A-Z][A-Za-z]+ [0-9]+")


def unread_citations(citations: Iterable[str]) -> tuple[str, ...]:
    """Those of the citations that neither a pattern nor eyecite can read."""
    left = [
        cite
        for cite in dict.fromkeys(citations)
        if not any(form.search(cite) for form in (_STATUTE, _ACT, _FORM, _DOCKET))
    ]
    if not left:
        return ()
    # eyecite is slow to import, so only citations of other forms wait for it.
    from eyecite import get_citations
    from eyecite.models import FullCitation

    def is_read(cite: str) -> bool:
        return any(isinstance(found, FullCitation) for found in get_citations(cite)) or bool(_REPORTED.search(cite))

    return tuple(cite for cite in left if not is_read(cite))

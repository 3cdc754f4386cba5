"""Makes the sample papers: typeset as their offices would, then faxed, scanned or photographed, with the truth beside them.

Shares no code with Duly and imports nothing of it: a paper that the reader's own author drew would prove nothing.
"""

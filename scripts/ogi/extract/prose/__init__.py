"""What the sentences of a report say: who publishes it and for which year, its sections, the numbers they state.

Comes in: lines. Goes out: identity, sections, statements. Must not know: tables.
"""

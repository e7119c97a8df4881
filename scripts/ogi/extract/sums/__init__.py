"""What the equations of a form say of numbers: which cut of a run is right, who is at fault where a sum fails.

Comes in: identities and numbers. Goes out: numbers, doubts. Must not know: text, documents.
"""

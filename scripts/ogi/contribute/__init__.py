"""What a contributor needs: a document put in its place, the words of a review beforehand, what a change changes.

Comes in: documents, the collection, a git revision. Goes out: files under reports/, findings, differences.
Must not know: the terminal, options of commands, GitHub beyond the form of its annotations.
"""

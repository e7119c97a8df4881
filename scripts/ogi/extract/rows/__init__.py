"""Lines of a document -> the printed rows of each table, each with the item of the form that it is.

`lines` cuts the text, `locate` finds rows by their labels, `pieces` puts together what a page end parted, `naming` says which
row of the form each is. Must not know: what numbers mean.
"""

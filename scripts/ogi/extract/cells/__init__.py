"""Named rows -> cells: value, status and proof, what stays open as an issue.

`fit` puts the printed values under the columns, `settle` makes cells of them; `reviews` and `statistics` do the same for their
tables. Must not know: text layouts, file formats.
"""

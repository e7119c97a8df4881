"""What is drawn on a page -> lines and tables, whatever drew it: PDF, OFD and scans share these rooms.

`drawn` is the door: characters, rules, boxes and pictures come in, a document goes out. `ruled` makes grids of rules, `dealing`
puts the characters in them, `unruled` finds columns where no rules are, `leaves` binds the pages. Must not know: file formats.
"""

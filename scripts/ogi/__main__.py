"""`python -m ogi` is the command `ogi`."""

from ogi.cli import main

main()

"""`python -m ogi` is the command `ogi`."""

from ogi.cli import main

if __name__ == "__main__":
    main()

"""The command: `python -m broadsheet`, or `broadsheet` as the wheel installs it."""

import signal
import sys

from . import _broadsheet


def main() -> None:
    """Runs the command with the program's arguments and ends with its status."""
    # Ctrl-C ends it at once, as the command that is no Python program.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.exit(_broadsheet.command(["broadsheet", *sys.argv[1:]]))


if __name__ == "__main__":
    main()

"""The command `overzicht`: runs the command line and turns errors into messages and exit codes."""

import gc
import os
import sys
from collections.abc import Sequence

import click

from overzicht.cli.language import error_text, translate
from overzicht.cli.main import EXIT_PIPE, EXIT_STOPPED, cli
from overzicht.errors import EXIT_OK, EXIT_USAGE, OverzichtError

# Young objects before a search for unused cycles. An import of the product makes about 200,000 of them, and
# Python's own 700 costs a command a fifth of its time.
GARBAGE_THRESHOLDS = (400_000, 50, 50)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command line, without one that of the process, and return its exit code.

    A user's error is shown bare, anything else keeps its traceback.
    """
    try:
        result = cli.main(arguments, prog_name="overzicht", standalone_mode=False)
        sys.stdout.flush()
    except (SystemExit, BrokenPipeError):  # click ends the process at a broken pipe, as if it were incomplete
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # or Python reports the pipe once more at its exit
        return EXIT_PIPE
    except OverzichtError as error:
        click.echo(f"overzicht: {error_text(error)}", err=True)
        return error.exit_code
    except click.exceptions.Abort:
        click.echo(translate("stopped"), err=True)
        return EXIT_STOPPED
    except click.ClickException as error:
        error.show()
        return EXIT_USAGE
    return result if isinstance(result, int) else EXIT_OK


def main() -> None:
    """Run the command line of the process, and end with its code."""
    gc.set_threshold(*GARBAGE_THRESHOLDS)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # or it searches all packages for some
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # or numpy starts one per processor, and none is used
    code = run()
    gc.freeze()  # or Python searches all objects for cycles once more, which takes 0.2 s
    sys.exit(code)


if __name__ == "__main__":
    main()

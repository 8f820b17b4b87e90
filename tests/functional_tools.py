"""Running the command line in this process, as a user would."""

from pathlib import Path

import click
import click.testing

from overzicht.cli.main import cli
from overzicht.errors import EXIT_USAGE, OverzichtError


def run_command(*arguments: str | Path) -> click.testing.Result:
    """Run the command and return its result; a user's error gives its exit code and message."""
    result = click.testing.CliRunner().invoke(cli, [str(each) for each in arguments], standalone_mode=False)
    if isinstance(result.exception, OverzichtError):
        result.stderr_bytes = (result.stderr_bytes or b"") + str(result.exception).encode()
        result.exit_code = result.exception.exit_code
    elif isinstance(result.exception, click.ClickException):
        result.stderr_bytes = (result.stderr_bytes or b"") + result.exception.format_message().encode()
        result.exit_code = EXIT_USAGE
    elif result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    elif isinstance(result.return_value, int):
        result.exit_code = result.return_value
    return result

"""The command `overzicht`: runs the command line and turns errors into messages and exit codes."""

import sys

import click

from overzicht.cli.main import cli
from overzicht.errors import EXIT_USAGE, OverzichtError


def main() -> None:
    """Run the command line; a user's error is shown bare, anything else keeps its traceback."""
    try:
        result = cli.main(standalone_mode=False)
    except OverzichtError as error:
        click.echo(f"overzicht: {error}", err=True)
        sys.exit(error.exit_code)
    except click.exceptions.Abort:
        click.echo("stopped", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(EXIT_USAGE)
    sys.exit(result if isinstance(result, int) else 0)


if __name__ == "__main__":
    main()

"""`overzicht law`: instruments of law on a date, and described uses assessed under them."""

from overzicht.cli.commands import group
from overzicht.cli.loading import load_command, with_added
from overzicht.composition import CommandTable

HERE = "subjects.diligence.law_operations"
COMMANDS: CommandTable = {  # name: (module, one line for --help)
    "list": (HERE, "List the instruments, and whether each applied on a date."),
    "show": (
        HERE,
        "Show an instrument: its dates, whom it binds, each rule in three parts, and its parties.",
    ),
    "weigh": (HERE, "Assess the uses described in FILE under every instrument in force on a date."),
    "annexes": (
        HERE,
        (
            "Show the annexes of a consolidated act of the Union as cards: "
            "FILE is HTML, Formex or text of EUR-Lex."
        ),
    ),
    "template": (HERE, "Print a file of uses to fill in, with every fact that the rules use."),
}


@group(sections={"Commands": with_added("law", COMMANDS)}, load=load_command)
def law() -> None:
    """Show law and guidance on a date: whom each instrument binds, and its rules for a described use.

    Exit code 1: the result of an instrument is unknown, because a fact or the judgement of a person is
    missing. Exit code 10: a file was refused, and the message names every wrong record.
    """

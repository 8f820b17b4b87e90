"""The actions of the log in the language of a reader; the log itself stays as it was written."""

from collections.abc import Mapping
from functools import cache

from overzicht.composition import Slot
from overzicht.evidence import Text, text
from overzicht.web.register_words import LIVES, STATUSES

WHOLE = (
    text("accept census return"),
    text("add account"),
    text("add list"),
    text("add organisation"),
    text("add second factor"),
    text("add starter facts"),
    text("add statements"),
    text("ask for second factor"),
    text("cancel job"),
    text("change organisation"),
    text("change rows"),
    text("change setting"),
    text("check list change"),
    text("choose"),
    text("classify"),
    text("close account"),
    text("close plan"),
    text("close task"),
    text("confirm list"),
    text("destroy expired data"),
    text("end job"),
    text("end sessions"),
    text("end use of authorisation"),
    text("grant role"),
    text("import census claims"),
    text("import denials"),
    text("import survey"),
    text("install control list"),
    text("install definitions"),
    text("issue token"),
    text("judge"),
    text("keep denial"),
    text("keep document"),
    text("load roll"),
    text("load text"),
    text("log in"),
    text("log out"),
    text("mark census request"),
    text("new dossier"),
    text("new recovery codes"),
    text("open plan"),
    text("open task"),
    text("pin census key"),
    text("publish census overview"),
    text("questions"),
    text("refuse census return"),
    text("remove second factor"),
    text("reset second factors"),
    text("retry message"),
    text("review sentence"),
    text("revoke token"),
    text("run"),
    text("send census requests"),
    text("set password"),
    text("start census round"),
    text("start job"),
    text("take role"),
    text("undo import"),
    text("unlock account"),
    text("use authorisation"),
    text("use recovery code"),
    text("withdraw census keys"),
    text("withdraw judgement"),
    text("withdraw review"),
    text("withdraw statement"),
    text("write index"),
)
ADDED: Slot[Mapping[str, Text]] = Slot("actions of the log")  # actions in full, with their sentences
FAMILIES: Mapping[str, Text] = {  # actions that begin with a word; the rest is a kind of step
    "denial ": text("denial: {step}"),
    "diligence ": text("due diligence: {step}"),
    "licence ": text("licence case: {step}"),
    "message ": text("message: {step}"),
    "task ": text("task: {step}"),
}


@cache
def actions() -> Mapping[str, Text]:
    """Return the actions that are known in full, with their sentences; also those that subjects add."""
    return {
        **{sentence.template: sentence for sentence in WHOLE},
        **{f"device {state}": text("device: {state}", state=word) for state, word in LIVES.items()},
        **{f"{status} import": text("import: {status}", status=word) for status, word in STATUSES.items()},
        **{action: sentence for added in ADDED.added() for action, sentence in added.items()},
    }


def action_words(action: str) -> Text | None:
    """Return an action of the log as a sentence; None if it is not known."""
    if action in actions():
        return actions()[action]
    for beginning, sentence in FAMILIES.items():
        if action.startswith(beginning):
            return text(sentence.template, step=text(action.removeprefix(beginning)))
    return None

"""`/control`: the control list shown, searched and compared, new versions of it, and uses that rest on it."""

from typing import Annotated

from fastapi import APIRouter, File, Form, Query, UploadFile

from overzicht.exportcontrol.controllist.path import parse_path
from overzicht.exportcontrol.controllist.references import unfold
from overzicht.exportcontrol.controllist.search import LONGEST_QUESTION
from overzicht.store.control.authorisation_uses import AuthorisationUse, end_use, list_uses
from overzicht.store.jobs import Job
from overzicht.views.control import ControlListVersion, FoundProvisions, ListChanges, ProvisionView
from overzicht.web.api.models.control import ChangesPage, UseAsked
from overzicht.web.api.models.shared import Key, Line
from overzicht.web.api.started import Begin
from overzicht.web.asof import OnDay
from overzicht.web.auth import Editor, Reader
from overzicht.web.clock import now
from overzicht.web.control_texts import compare_texts, open_text, search_text
from overzicht.web.paging import Page, Paged
from overzicht.web.service import Here
from overzicht.web.work import INSTALL_CONTROL_LIST
from overzicht.workflows.control.uses import keep_use
from overzicht.workflows.control.versions import held_versions

router = APIRouter(prefix="/control", tags=["control list"])
Version = Annotated[Line, Query(description="such as 2021, 2025-11-15 or a hash; left out: that of the day")]
MAY_NAME_NOTHING = {"x-names": True}


@router.get("/versions", summary="Installed versions")
def versions(here: Here, _who: Reader, paging: Paged) -> Page[ControlListVersion]:
    """Return the installed versions by day."""
    with here.store.reading() as connection:
        held = held_versions(connection)
    return paging.cut([ControlListVersion.of(each) for each in held])


@router.post("/versions", status_code=202, summary="Install a version")
def install(
    begin: Begin,
    who: Editor,
    file: Annotated[UploadFile, File(description="your copy of the list")],
    definitions: Annotated[UploadFile | None, File(description="text of the annex with its terms")] = None,
    version: Annotated[Line, Form(description="its day or year, where the file does not say it")] = "",
    force: Annotated[bool, Form(description="take too few or too many provisions")] = False,
) -> Job:
    """Begin to install a version: what changed is told, and a task is opened for all that cites it."""
    parameters = {"version": version, "force": force}
    return begin(INSTALL_CONTROL_LIST, parameters, who, [file, *([definitions] if definitions else [])])


@router.get("/search", summary="Search in plain words", openapi_extra=MAY_NAME_NOTHING)
def search(
    here: Here,
    _who: Reader,
    day: OnDay,
    q: Annotated[Key, Query(max_length=LONGEST_QUESTION)],
    limit: Annotated[int, Query(ge=1, le=100)] = 10,
    version: Version = "",
) -> FoundProvisions:
    """Return provisions by how well they fit a description; a hit is a lead, not a classification."""
    opened = open_text(here, version, day)
    hits = search_text(here, opened, q, limit)
    return FoundProvisions.of(opened, hits)


@router.get("/provisions/{path}", summary="One provision")
def show(here: Here, _who: Reader, day: OnDay, path: Key, version: Version = "") -> ProvisionView:
    """Return a provision with what stands above and below it, its notes, terms and references."""
    opened = open_text(here, version, day)
    return ProvisionView.shown(opened, unfold(opened.list, path))


@router.get("/diff", summary="What changed between two versions", openapi_extra=MAY_NAME_NOTHING)
def diff(
    here: Here,
    _who: Reader,
    paging: Paged,
    before: Annotated[Key, Query(description="a version, or the start of a hash")],
    after: Annotated[Key, Query(description="a version, or the start of a hash")],
    within: Annotated[Line, Query(description="only of an entry or provision, such as 6A003")] = "",
    editorial: Annotated[bool, Query(description="also changes of marks and blanks only")] = False,
) -> ChangesPage:
    """Return the changes between two versions, provision by provision."""
    found = compare_texts(here, open_text(here, before, None), open_text(here, after, None))
    page = paging.cut(found.chosen(within, editorial=editorial))
    changes = ListChanges.of(found).model_copy(update={"changes": page.items})
    return ChangesPage.model_validate({**dict(changes), **page.place})


@router.get("/uses", summary="Uses of general authorisations")
def uses(here: Here, _who: Reader, paging: Paged) -> Page[AuthorisationUse]:
    """Return all uses, ended ones too."""
    with here.store.reading() as connection:
        return paging.cut(list_uses(connection))


@router.post("/uses", status_code=201, summary="Keep a use", openapi_extra=MAY_NAME_NOTHING)
def use(here: Here, who: Editor, day: OnDay, asked: UseAsked) -> AuthorisationUse:
    """Keep a use from the day on; whether the authorisation fits is not judged."""
    given = AuthorisationUse(
        0, asked.authorisation, parse_path(asked.path), asked.destination, asked.consignee, day
    )
    return keep_use(here.store, given, actor=who.name, at=now())


@router.post("/uses/{name}/end", summary="End a use")
def end(here: Here, who: Editor, day: OnDay, name: Key) -> AuthorisationUse:
    """End a use on the day; it stays kept, and no new version re-opens it."""
    with here.store.writing(who.name, now()) as tx:
        end_use(tx, name, day)
        (ended,) = (each for each in list_uses(tx.connection) if each.id == name.upper())
    return ended

"""Whose a working file of due diligence is; who may not see it is not told that it exists."""

from overzicht.diligence.working_file import FileHead
from overzicht.errors import UnknownNameError
from overzicht.web.problems import not_found
from overzicht.web.rights import check_changes, check_seen
from overzicht.web.service import Service
from overzicht.workflows.accounts import Principal
from overzicht.workflows.diligence.files import head_of

WHAT = "working file"


def check_file(here: Service, who: Principal, file_id: str, *, changes: bool = False) -> FileHead:
    """Return what a file is about; a problem where somebody may not see it, or (`changes`) not change it.

    A file that rests on a run belongs to no organisation: it takes a grant for all.
    """
    try:
        head = head_of(here.store, file_id)
    except UnknownNameError:  # its message names files that somebody may not know of
        raise not_found(WHAT, file_id) from None
    check_seen(here, who, head.organisation, WHAT, file_id)
    if changes:
        check_changes(here, who, head.organisation)
    return head

"""The organisation of a subject: a device, a plan, an organisation, or a finding on a device, by its id."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, String, cast, literal, or_, select

from overzicht.store.tables import register as tables

PLAN, FINDING, DEVICE_ID, ORGANISATION = "plan-", "maker-", "device-", "organisation:"
DOSSIER = "dossier:"  # how the subject of a task or an alert about a dossier begins
CASES = "licence:"  # how the subject of a task or an alert about a licence case begins; it is confidential


def organisation_of(connection: Connection, subject: str) -> str | None:
    """Return the organisation of a subject, empty for a plan over all; None if it has none."""
    if subject.startswith(ORGANISATION):
        table = tables.register_organisation
        known = select(table.c.id).where(table.c.id == subject.removeprefix(ORGANISATION))
        return connection.execute(known).scalar()
    plan = subject.removeprefix(PLAN)
    if subject.startswith(PLAN) and plan.isdigit():
        table = tables.register_plan
        row = connection.execute(select(table.c.organisation_id).where(table.c.id == int(plan[:9]))).first()
        return None if row is None else row.organisation_id or ""
    device = device_of(subject)
    query = select(tables.register_device.c.organisation_id).where(tables.register_device.c.id == device)
    return connection.execute(query).scalar() if device else None


def device_of(subject: str) -> str:
    """Return the device of an id, or of the finding with this id; empty for neither."""
    if subject.startswith(FINDING + DEVICE_ID):
        return subject.removeprefix(FINDING).rpartition("-")[0]
    return subject if subject.startswith(DEVICE_ID) else ""


def is_of(column: ColumnElement[str], organisation_ids: Sequence[str]) -> ColumnElement[bool]:
    """Return the condition that the subject in a column is one of these organisations, or of them."""
    devices, plans = tables.register_device, tables.register_plan
    mine = select(devices.c.id).where(devices.c.organisation_id.in_(organisation_ids))
    number = literal(PLAN).concat(cast(plans.c.id, String))
    return or_(
        column.in_([ORGANISATION + organisation for organisation in organisation_ids]),
        column.in_(mine),
        column.in_(select(number).where(plans.c.organisation_id.in_(organisation_ids))),
    )

"""The tables of the register: organisations, sites, devices with states, imports, statements and plans.

Nothing here is overwritten: a device or organisation has *states*, each valid from `valid_from` (inclusive)
to `valid_to` (exclusive, empty for the current state). A change ends the state and begins the next one, so
the register can be read as of any date. A state with two equal dates was corrected on the same date.
"""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Text,
)

from overzicht.store.tables.metadata import metadata, signed

ORGANISATION = "register_organisation.id"
DEVICE = "register_device.id"
ACTOR = "actor.name"

register_organisation = Table(
    "register_organisation",  # a body that has equipment; its data are in its states
    metadata,
    Column("id", String(80), primary_key=True),
    *signed(),
)

register_organisation_state = Table(
    "register_organisation_state",  # name and place in the tree, from a date on
    metadata,
    Column("id", Integer, primary_key=True),
    Column("organisation_id", String(80), ForeignKey(ORGANISATION), nullable=False, index=True),
    Column("valid_from", String(10), nullable=False),
    Column("valid_to", String(10)),
    Column("name", String(300), nullable=False),
    Column("parent_id", String(80), ForeignKey(ORGANISATION), index=True),
    Column("country", String(2), nullable=False),
    Column("note", Text, nullable=False),
    Column("citation", JSON),
    *signed(),
)

register_site = Table(
    "register_site",  # a place of an organisation where equipment stands
    metadata,
    Column("id", String(120), primary_key=True),
    Column("organisation_id", String(80), ForeignKey(ORGANISATION), nullable=False, index=True),
    Column("name", String(300), nullable=False),
    Column("address", String(300), nullable=False),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("valid_from", String(10), nullable=False),
    Column("valid_to", String(10)),
    Column("citation", JSON),
    *signed(),
)

register_trace = Table(
    "register_trace",  # what follows from one set of traces; shared by all devices that show the same
    metadata,
    Column("key", String(40), primary_key=True),
    Column("maker_id", String(80), nullable=False, index=True),  # empty: unknown or undecided
    Column("maker_name", String(200), nullable=False),
    Column("brand", String(200), nullable=False),
    Column("kind", String(40), nullable=False, index=True),
    Column("product_line", String(200), nullable=False),
    Column("confidence", String(10), nullable=False),
    Column("is_relabelled", Boolean, nullable=False),
    Column("undecided", JSON, nullable=False),  # names of the makers between which it does not choose
    Column("is_undecided", Boolean, nullable=False),
    Column("payload", JSON, nullable=False),  # reasons, reasons for the kind, conflicts
    Column("sighting", JSON, nullable=False),  # one sighting that shows these traces, to reason again
    Column("as_of", String(10), nullable=False),
    Column("version", String(40), nullable=False),  # of the product that reasoned
    Column("at", String(40), nullable=False),
)

register_import = Table(
    "register_import",  # an inventory offered to the register: a preview, then accepted or rejected
    metadata,
    Column("id", Integer, primary_key=True),
    Column("organisation_id", String(80), ForeignKey(ORGANISATION), nullable=False, index=True),
    Column("site", String(300), nullable=False),  # the one site that the file is about; empty: all of them
    Column("day", String(10), nullable=False),  # the date of the inventory
    Column("is_whole", Boolean, nullable=False),  # whether devices that it omits are missing
    Column("filename", String(300), nullable=False),
    Column("sha256", String(64), nullable=False, index=True),
    Column("kind", String(40), nullable=False),
    Column("options", JSON, nullable=False),  # how it was read: mapping, sheet, kind
    Column("columns", JSON, nullable=False),  # what each column was taken for
    Column("records", Integer, nullable=False),
    Column("counts", JSON, nullable=False),  # rows by outcome
    Column("base", Integer, nullable=False),  # the newest state in the register when it was compared
    Column("status", String(20), nullable=False, index=True),  # preview, accepted, rejected, undone
    *signed(),
    Column("decided_by", String(200), ForeignKey(ACTOR)),
    Column("decided_at", String(40)),
    Column("reason", Text, nullable=False),
    Column("expected", Integer),  # devices in use that it is compared with; empty: not counted
    Column("retired", Integer),  # devices in use that it would end
    Column("undone_by", String(200)),
    Column("undone_at", String(40)),
)

register_device = Table(
    "register_device",  # a device; its data are in its states
    metadata,
    Column("id", String(40), primary_key=True),
    Column("organisation_id", String(80), ForeignKey(ORGANISATION), nullable=False, index=True),
    Column("import_id", Integer, ForeignKey("register_import.id")),
    *signed(),
)

register_import_row = Table(
    "register_import_row",  # a row of an inventory and what it came to; accepted, a sighting of its device
    metadata,
    Column("import_id", Integer, ForeignKey("register_import.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("outcome", String(20), nullable=False),  # added, changed, unchanged, gone, unclear, unreadable
    Column("device_id", String(40), index=True),  # empty for what is new until it is accepted, and unclear
    Column("place", String(300), nullable=False),  # its place in the file
    Column("matched_by", String(40), nullable=False),  # the key by which the device was known
    Column("changes", JSON, nullable=False),  # [{field, old, new}]
    Column("candidates", JSON, nullable=False),  # of what is unclear: the devices it may be
    Column("choice", String(40)),  # what a person said: a device, or `new`, or `skip`
    Column("why", JSON),  # a sentence: why it is unclear or could not be read
    Column("trace_key", String(40), ForeignKey("register_trace.key")),
    Column("sighting", JSON),
    Index("ix_register_import_row_outcome", "import_id", "outcome"),
)

register_device_state = Table(
    "register_device_state",  # the data of a device from a date on
    metadata,
    Column("id", Integer, primary_key=True),
    Column("device_id", String(40), ForeignKey(DEVICE), nullable=False, index=True),
    Column("organisation_id", String(80), ForeignKey(ORGANISATION), nullable=False),
    Column("valid_from", String(10), nullable=False),
    Column("valid_to", String(10)),
    Column("life", String(20), nullable=False),  # a LifecycleState
    Column("not_seen_since", String(10)),
    Column("replaced_by", String(40), ForeignKey(DEVICE)),
    Column("label", String(300), nullable=False),
    Column("site_id", String(120), ForeignKey("register_site.id"), index=True),
    Column("place", String(300), nullable=False),
    Column("address", String(300), nullable=False),
    Column("brand_said", String(300), nullable=False),
    Column("model", String(300), nullable=False, index=True),
    Column("mac", String(300), nullable=False, index=True),
    Column("serial", String(300), nullable=False, index=True),
    Column("kind_said", String(300), nullable=False),
    Column("status_said", String(300), nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("bought", String(10)),
    Column("supplier", String(300), nullable=False),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("trace_key", String(40), ForeignKey("register_trace.key"), nullable=False, index=True),
    Column("import_id", Integer),  # the row that caused it; both empty if a person did
    Column("row_number", Integer),
    Column("reason", Text, nullable=False),  # why a person changed it
    *signed(),
    Index("ix_register_device_state_standing", "organisation_id", "valid_to"),
    ForeignKeyConstraint(
        ["import_id", "row_number"],
        ["register_import_row.import_id", "register_import_row.number"],
        name="fk_register_device_state_row",
    ),
)

register_evidence = Table(
    "register_evidence",  # the latest sighting of a device by kind of source; its state is apart, and read
    metadata,  # for every list of devices while this is read only to compare
    Column("state_id", Integer, ForeignKey("register_device_state.id"), primary_key=True),
    Column("said", JSON, nullable=False),
)

register_maker_day = Table(
    "register_maker_day",  # whether a maker or an owner of it is listed on a date, by the lists then loaded
    metadata,
    Column("as_of", String(10), primary_key=True),
    Column("maker_id", String(80), primary_key=True),
    Column("basis", String(64), nullable=False),  # hash of the lists, cards and version it rests on
    Column("is_listed", Boolean, nullable=False),
    Column("owner_is_listed", Boolean, nullable=False),
    Column("is_checked", Boolean, nullable=False),  # whether every list tells about it and its owners
    Column("run_id", String(40), nullable=False),  # the run whose findings say why
)

register_brand_day = Table(
    "register_brand_day",  # the brand, as a party that a list names, of devices whose maker no trace shows
    metadata,
    Column("as_of", String(10), primary_key=True),
    Column("trace_key", String(40), primary_key=True),
    Column("party_id", String(80), nullable=False),  # its `maker_id` in `register_maker_day`
    Column("name", String(200), nullable=False),
)

register_statement = Table(
    "register_statement",  # a public statement on an organisation's equipment; contradictions remain
    metadata,
    Column("id", Integer, primary_key=True),
    Column("organisation_id", String(80), ForeignKey(ORGANISATION), nullable=False, index=True),
    Column("sha256", String(64), nullable=False),
    Column("filename", String(300), nullable=False),
    Column("place", String(300), nullable=False),
    Column("content_hash", String(64), nullable=False, unique=True),  # the same statement is stored once
    Column("said", String(10), nullable=False),  # the last day on which it can have been said
    Column("said_as", String(80), nullable=False),  # the date in the source's own form
    Column("maker_named", String(300), nullable=False),
    Column("makers", JSON, nullable=False),  # maker ids of the name; empty: unknown
    Column("quantity", String(120), nullable=False),  # as the source states it
    Column("at_least", Integer),
    Column("at_most", Integer),
    Column("kind", String(120), nullable=False),
    Column("use", Text, nullable=False),
    Column("status", String(300), nullable=False),
    Column("citation", JSON, nullable=False),
    *signed(),
    Column("withdrawn_by", String(200), ForeignKey(ACTOR)),
    Column("withdrawn_at", String(40)),
)

register_plan = Table(
    "register_plan",  # devices that are to be replaced or removed, before when, by whom
    metadata,
    Column("id", Integer, primary_key=True),
    Column("organisation_id", String(80), ForeignKey(ORGANISATION), index=True),
    Column("title", String(300), nullable=False),
    Column("owner", String(200), nullable=False),
    Column("due", String(10)),
    Column("opened_on", String(10), nullable=False),
    Column("selection", JSON, nullable=False),  # the filter by which its devices were chosen
    Column("reason", Text, nullable=False),
    *signed(),
    Column("closed_by", String(200), ForeignKey(ACTOR)),
    Column("closed_on", String(10)),  # the first day on which it no longer runs; empty while it does
    Column("closed_at", String(40)),
    Column("outcome", Text, nullable=False),
)

register_plan_device = Table(
    "register_plan_device",  # the devices of a plan, as chosen when it was made or added later
    metadata,
    Column("plan_id", Integer, ForeignKey("register_plan.id"), primary_key=True),
    Column("device_id", String(40), ForeignKey(DEVICE), primary_key=True, index=True),
    Column("added_on", String(10), nullable=False),
)

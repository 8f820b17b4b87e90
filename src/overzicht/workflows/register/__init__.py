"""The register of equipment: what an organisation has, since when, and what was seen, said and decided of it.

These functions are the register's interface; the command line and the web call nothing else. Every function
takes the open `Store` first. Those that write take an `Actor` (`evidence.actor.Actor`: `day` the change
counts for, `actor`, `at` the time for the log) and are one transaction each. Filtering and paging are SQL.
An unknown id raises UnknownNameError; what cannot be done raises RegisterError, both with the fix.

Devices (`workflows.register.devices`, values in `store.register_devices`)::

    list_devices(store, filter: DeviceFilter, page: Page = Page()) -> DevicePage
        DeviceFilter(as_of, organisation="", site="", maker="", kind="", life=THERE, listed=None,
                     relabelled=None, text="", plan=None, model="", allowed=None)
            organisation: id, with all below it; site: id; maker: a maker's id, or `unknown`;
            life: tuple of LifecycleState, `()` for all; allowed: ids of organisations the reader may see
            (with all below each), None for all
        Page(number=1, size=50, sort="label")
            sort: label, site, maker, model, kind, life, bought; `-` first: reversed
        DevicePage(rows: tuple[DeviceLine], total: int, page: Page)
    show_device(store, device_id, as_of) -> DeviceView
        DeviceView(line, history, sightings, finding, listings, judgements, tasks, plans, predecessors)
    find_devices(store, name, as_of) -> list of ids   what a person calls it: label, MAC, serial, address
    set_life(store, device_id, life: LifecycleState, act, *, reason="", replaced_by="") -> DeviceView
    counts(store, filter: DeviceFilter) -> Counts

Organisations and sites (`workflows.register.organisations`)::

    list_organisations(store, as_of) -> tuple[OrganisationLine, ...]
        a tree, parents first; `depth` says how deep
    add_organisation(store, new: NewOrganisation, act) -> OrganisationLine
        NewOrganisation(name, id="", parent="", country="NL", note="")
    change_organisation(store, organisation_id, act, *, name=None, parent=None, note=None)
        -> OrganisationLine
    list_sites(store, as_of, organisation="") -> tuple[SiteLine, ...]

Imports (`workflows.register.importing`)::

    preview_import(store, path, choices: ImportChoices, act) -> ImportView
        ImportChoices(organisation, site="", mapping=(), sheet="", kind="", is_whole=None, again=False)
        the same bytes accepted or offered before: `view.seen_before` says by whom and when, nothing is made
    show_import(store, number, *, outcome=None, page=None) -> ImportView
        ImportView(import_, rows: tuple[RowView], total, seen_before; counts, columns)
    resolve_row(store, number, row, choice, act) -> None
        choice: a device's id, `new`, `skip`, or `replaces:` with a device's id; empty takes it back
    accept_import(store, number, act) -> ImportView
        StalePreviewError when the register changed and rows come out otherwise: the new preview is kept
    reject_import(store, number, act, reason="") -> ImportView
    list_imports(store, organisation="", status=None, *, as_of=None) -> tuple[StoredImport, ...]

Statements (`workflows.register.statements`)::

    add_statements(store, path, act, *, organisation="") -> StatementsAdded
    list_statements(store, as_of, organisation="") -> tuple[StatementView, ...]
        with `contradicts`: the numbers of the statements that cannot be true beside it
    withdraw_statement(store, number, act) -> None

Plans and tasks (`workflows.register.plans`, `workflows.register.tasks`)::

    new_plan(store, new: NewPlan, filter, act) -> PlanView
        NewPlan(title, owner="", due=None, reason="")
    list_plans(store, as_of, organisation="", *, only_open=True) -> tuple[PlanView, ...]
    show_plan(store, number, as_of) -> PlanView
        PlanView(..., progress: Progress(total, done, ...)); its devices: list_devices with plan=number
    close_plan(store, number, act, outcome) -> PlanView
    list_tasks(store, filter: TaskFilter, page) -> TaskPage
        TaskFilter(subject="", owner="", only_open=True, due_before=None, as_of=None)
            as_of: the tasks as they stood on that day
    show_task(store, number, as_of=None) -> TaskView
    open_task, assign_task, close_task, reopen_task(store, ..., act) -> TaskView

Listings and the overview (`workflows.register.listings`, `workflows.register.overview`)::

    refresh_listings(store, as_of, act) -> str   screens the makers at hand, once per day, lists and version
    listings_are_fresh(store, as_of) -> bool
    make_register_overview(store, filter, act) -> OverviewReport

Publishing (`workflows.register.publishing`)::

    publish(store, organisation, level, act) -> dict   ready for JSON; level: counts, models, full
    read_published(path) -> Published; merging itself is `register.merging.merge`
"""

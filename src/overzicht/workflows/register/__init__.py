"""The register of equipment: what an organisation has, since when, and what was seen, said and decided of it.

These functions are the register's interface; the command line and the web call nothing else. Every function
takes the open `Store` first. Those that write take an `Act` (`workflows.licensing.act.Act`: `day` the change
counts for, `actor`, `at` the time for the log) and are one transaction each. Filtering and paging are SQL.
An unknown id raises UnknownNameError; what cannot be done raises RegisterError, both with the fix.

Devices (`workflows.register.devices`, values in `store.register_devices`)::

    list_devices(store, filter: DeviceFilter, page: Page = Page()) -> DevicePage
        DeviceFilter(as_of, organisation="", site="", maker="", kind="", life=(), listed=None, relabelled=None,
                     text="", plan=None, model="", allowed=None)
            organisation: id, with all below it; site: id; maker: maker id, or `unknown`; life: tuple of Life;
            allowed: ids of organisations the reader may see (with all below each), None for all
        Page(number=1, size=50, sort="label")   sort: label, site, maker, model, life, bought; `-` first: reversed
        DevicePage(rows: tuple[DeviceLine], total: int, page: Page)
    show_device(store, device_id, as_of) -> DeviceView
        DeviceView(line, states, sightings, identification, findings, judgements, tasks, plans, successor_of)
    set_life(store, device_id, life: Life, act, *, reason="", replaced_by="") -> DeviceView
    counts(store, filter: DeviceFilter) -> Counts
        Counts(as_of, total, by_maker, by_kind, by_life, by_site, by_organisation, by_model, relabelled, unknown,
               undecided, listed, owner_listed, not_checked, replaced, removed, not_seen)

Organisations and sites (`workflows.register.organisations`)::

    list_organisations(store, as_of) -> tuple[OrganisationLine, ...]      a tree, parents first; `depth` says how deep
    add_organisation(store, name, act, *, organisation_id="", parent="", country="NL", note="") -> OrganisationLine
    change_organisation(store, organisation_id, act, *, name=None, parent=None, note=None) -> OrganisationLine
    list_sites(store, as_of, organisation="") -> tuple[SiteLine, ...]

Imports (`workflows.register.importing`)::

    preview_import(store, path, choices: ImportChoices, act) -> ImportView
        ImportChoices(organisation, site="", mapping=(), sheet="", kind="", is_whole=None)
        the file seen before (same bytes, accepted): `view.seen_before` says by whom and when, nothing is made
    show_import(store, number, *, outcome=None, page=Page()) -> ImportView
        ImportView(import_, rows: tuple[RowView], total, counts, seen_before, columns)
    resolve_row(store, number, row, choice, act) -> None       a device id, `new`, `skip` or `replaces:DEVICE`
    accept_import(store, number, act) -> ImportView            StalePreviewError when the comparison came out
                                                               otherwise: the new preview is kept to look at
    reject_import(store, number, act, reason="") -> ImportView
    list_imports(store, organisation="", status=None) -> tuple[StoredImport, ...]

Statements (`workflows.register.statements`)::

    add_statements(store, path, act, organisation="") -> StatementsAdded
    list_statements(store, organisation="") -> tuple[StatementView, ...]   with `contradicts`: numbers of others

Plans and tasks (`workflows.register.plans`, `workflows.register.tasks`)::

    new_plan(store, title, filter, act, *, organisation="", owner="", due=None, reason="") -> PlanView
    list_plans(store, as_of, organisation="") -> tuple[PlanView, ...]      with `progress`: total, done, forecast
    show_plan(store, number, as_of) -> PlanView
    close_plan(store, number, act, outcome) -> PlanView
    list_tasks(store, *, subject="", owner="", only_open=True, due_before=None, page=Page()) -> TaskPage
    open_task, assign_task, close_task, reopen_task(store, ..., act)

Listings and the overview (`workflows.register.listings`, `workflows.register.overview`)::

    refresh_listings(store, as_of, act) -> str              screens the makers at hand, once per day, lists and version
    make_register_overview(store, filter, act) -> OverviewReport

Publishing (`workflows.register.publishing`)::

    publish(store, organisation, level, act) -> dict        JSON-ready; level: counts, models, full
    merge_files(paths) -> MergedOverview                    see `register.merging`
"""

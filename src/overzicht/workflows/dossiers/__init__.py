"""Dossiers: evidence about a party, steps taken, and its right to reply; kept, corrected, shown on a day.

These functions are the interface of dossiers; the command line, the web and the answers call nothing else.
Every function takes the open `Store` first. Those that write take an `Actor` (`evidence.actor.Actor`)
and are one transaction each. An unknown id raises UnknownNameError; what cannot be done raises DossierError.

**Two kinds of time, kept apart.** `as_of` is the day that a question is asked for: what was said, done or
held later is left out. `known_on` is a day of the file: versions recorded later are left out; None shows the
newest. Every view gives `recorded_on`, so a reader sees what was recorded after the day shown.

**One sentence, one source.** Every sentence is a `Finding` (`evidence.Finding`: `statement`, `citations`)
that rests on one source. When a source record is withdrawn, exactly the sentences that cite it are gone;
the entry itself stays, and is shown as withdrawn or without a source.

Reading (`workflows.dossiers.showing`; values in `workflows.dossiers.views`)::

    list_dossiers(store, as_of, *, known_on=None) -> tuple[DossierLine, ...]
        DossierLine(id, about, name, title, is_example, claims, steps, asked, replies, completeness, begun_on)
    show_dossier(store, dossier_id, as_of, *, known_on=None, listing_days=()) -> DossierView
        DossierView(line, claims: tuple[ClaimView], steps: tuple[StepView], replies: tuple[ReplyView],
                    presence: tuple[Finding], listings: tuple[ListingDay], ownership: tuple[OwnershipEdge],
                    devices: DeviceCount | None, timeline: tuple[Moment], withdrawn, without_source:
                    tuple[VersionView], sources: tuple[SourceView]); `sentences`, `citations`
    claims_about(store, party, as_of, *, known_on=None) -> tuple[ClaimView, ...]
        party: a maker's id, a dossier's id or a name; a claim that names several parties is given for each
        ClaimView(dossier_id, id, assertion: Text, about, when, status: ClaimStatus, originals: tuple[str],
                  held_by, reports: tuple[Finding], responses: tuple[Finding], said_on, earlier, recorded_on)
            `origins`: on how many independent originals the reports rest; `sentences` is both, in order;
            a claim whose every source was withdrawn is shown for its responses, `without source`
    steps(store, as_of, *, party="", dossier_id="", forum="", kind="", known_on=None)
        -> tuple[StepView, ...], by day; `dossiers.model.CONTACTS` are the kinds that are contacts
        StepView(dossier_id, id, kind: StepKind, on: LegalDate, forum: Text, parties, about, reference,
                 responsible, finding: Finding, earlier, recorded_on)
    replies(store, party, as_of, *, known_on=None) -> tuple[ReplyView, ...], by day
        ReplyView(dossier_id, id, kind: reply | asked, on, by, claims, finding, earlier, recorded_on)
    active_in(store, place, as_of, *, parties=()) -> tuple[Finding, ...]   (`workflows.dossiers.activity`)
        place: an ISO country code, or `EU` (the states of that day); parties: makers' or dossiers' ids,
        empty: the parties of all dossiers. For each party what is there: FOUND per subsidiary, contract or
        device (`object`: `subsidiary:…`, `contract:…`, `device:…`), NOT_CHECKED for one whose day is open;
        where nothing is FOUND, one more NOT_FOUND (looked, with where) or NOT_CHECKED, its `object` empty.

Writing (`workflows.dossiers.keeping`)::

    new_dossier(store, head: DossierHead, act) -> None
    add_entry(store, dossier_id, entry: Entry, act) -> str          the entry's id
        Entry: dossiers.model.SourceDocument | Claim | Response | Step | Asked | Reply | Presence
    correct(store, dossier_id, entry_id, changes: Mapping, act, reason) -> None   a new version beside the old
    withdraw(store, dossier_id, entry_id, act, reason) -> None    a version that withdraws; none is deleted
    import_file(store, path, act, *, is_example=False) -> Imported  (`workflows.dossiers.importing`)
        Imported(dossier_id, added, changed, known, problems): good records load beside bad ones
    ensure_examples(store, act) -> tuple[Imported, ...]             the shipped files, as an example layer
"""

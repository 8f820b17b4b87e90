"""Due diligence by the six OECD steps: a working file per organisation, prefilled, judged by people.

These functions are the interface; the command line and the web call nothing else. Each takes the open `Store`
first; those that write take an `Actor` (`evidence.actor.Actor`): one transaction each, in the log.
An unknown file, risk, entry or run raises UnknownNameError; what cannot be done raises DiligenceError.

Files (`workflows.diligence.files`; values in `diligence.working_file`, words in `diligence.words`)::

    new_file(store, organisation, actor, *, name="", run="") -> FileView
        of an organisation in the register (id or name), or of any name with `run`, the id of an overview run;
        `name` is what the file is called, and gives its id
    prefill(store, file_id, actor, *, run="") -> FileView     the map made anew from findings; judgements stay
    list_files(store, as_of) -> tuple[FileView, ...]          those begun by the day
    show_file(store, file_id, as_of) -> FileView
    head_of(store, file_id) -> FileHead                       whose file it is, whatever the day
        FileView(head, id, organisation, name, as_of, mapped: Mapped | None, risks: tuple[Risk, ...],
                 entries: tuple[Entry, ...], policy, communication, remediation, indicators, of which each is
                 tuple[Entry, ...], actions: tuple[Action, ...], steps: tuple[StepLine, ...])
        .overdue -> tuple[Action, ...];  .judged, .unjudged, .unplanned -> tuple[Risk, ...]
        .facts(step) -> tuple[Finding, ...]: what the register knows of a step;  .risk(id) -> Risk | None
        Risk(id, kind, title: Text, devices: int | None, findings: tuple[Finding, ...], is_found: bool, seen,
             judgement: Judged | None, earlier: tuple[Judged, ...]);  .severity (max of the three) .priority
        Judged(number, scale, scope, irremediability, likelihood, involvement, leverage, reason,
               likelihood_reason, leverage_reason, day, actor, withdrawn: Withdrawal | None, is_outdated)
               1 (small) to 4 (very great)
        Action(number, risk, risk_title, kind, what, owner, due, day, actor, status, history, withdrawn)
               .is_overdue(as_of)

Acts of people (`workflows.diligence.acts`; what they say in `diligence.recorded`, made by `stated`)::

    judge(store, file_id, risk_id, judgement: NewJudgement, actor) -> FileView
    withdraw(store, file_id, number, reason, actor) -> FileView     of a judgement, record, action or progress
    record(store, file_id, kind, content: NewRecord, actor) -> FileView
        kind: policy, indicator, communication, remediation, or risk (puts one on the map)
    plan(store, file_id, action: NewAction, actor) -> FileView
    track(store, file_id, number, progress: NewProgress, actor) -> FileView
        state: open, in progress, done, dropped

Report (`workflows.diligence.reporting`)::

    make_report(store, file_id, year, as_of) -> YearReport
    report_html(report, lang) -> str;  report_json(report) -> dict
"""

"""Due diligence by the six OECD steps: a working file per organisation, prefilled from findings, judged by people.

These functions are the interface; the command line and the web call nothing else. Each takes the open `Store` first;
those that write take an `Act` (`workflows.licensing.act.Act`) and are one transaction each, in the log.

Files (`workflows.diligence.files`, values in `diligence.working_file`)::

    new_file(store, organisation, act, *, name="", run="") -> FileView
        of an organisation in the register (id or name), or of any name with `run`, the id of an overview run
    prefill(store, file_id, act, *, run="") -> FileView       the map made anew from findings; judgements stay
    list_files(store, as_of) -> tuple[FileView, ...]
    show_file(store, file_id, as_of) -> FileView
        FileView(id, organisation, name, as_of, risks: tuple[Risk, ...], entries: tuple[Entry, ...],
                 policy, communication, remediation, indicators: tuple[Entry, ...], actions: tuple[Action, ...])
        .overdue -> tuple[Action, ...];  .unjudged -> tuple[Risk, ...];  .steps -> tuple[StepLine, ...]
        Risk(id, kind, title: Text, devices: int | None, findings: tuple[Finding, ...], is_found: bool,
             judgement: Judged | None, earlier: tuple[Judged, ...]);  .severity (max of the three) .priority
        Judged(number, scale, scope, irremediability, likelihood, involvement, leverage, reason, day, actor,
               withdrawn: Withdrawal | None)       1 (small) to 4 (very great)
        Action(number, risk, kind, what, owner, due, day, status, history);  .is_overdue(as_of)

Acts of people (`workflows.diligence.acts`)::

    judge(store, file_id, risk_id, judgement: NewJudgement, act) -> FileView
    withdraw(store, file_id, number, reason, act) -> FileView       of a judgement, record or action; it stays shown
    record(store, file_id, kind, what, act, *, source="", address="") -> FileView
        kind: policy, indicator, communication, remediation
    plan(store, file_id, action: NewAction, act) -> FileView
    track(store, file_id, number, state, act, *, note="") -> FileView   state: open, in progress, done, dropped

Report (`workflows.diligence.reporting`)::

    make_report(store, file_id, year, as_of) -> YearReport
    report_html(report, lang) -> str;  report_json(report) -> dict
"""

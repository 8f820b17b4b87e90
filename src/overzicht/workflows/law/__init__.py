"""Law on a date for described uses: instruments shown, uses read and weighed.

These functions are the interface; the command line, the web and the answers to questions call nothing else.
None of them reads the clock, and none needs the store; with a store its lists are asked about the parties.

Weighing (`workflows.law.weighing`, values in `diligence.weighing` and `diligence.uses`)::

    weigh_use(use: Use, as_of: date, store: Store | None = None) -> Weighing
        Weighing(use, as_of, instruments: tuple[InstrumentWeighing, ...], conclusions: tuple[Text, ...],
                 notes: tuple[Text, ...]);  .findings: all evidence.Finding;  .of("icerd") -> one weighing
        InstrumentWeighing(instrument, title: Text, label: Label, binds: Text, is_bound: Holds,
                 applies: Holds, applies_says: Text, outcome: Outcome, findings: tuple[Finding, ...],
                 unseen: tuple[Text, ...], country_rules: tuple[str, ...])
                 .says: Text (the deciding finding);  .citations
        Label: LAW, GUIDANCE, POLICY ("own policy signal")
        Outcome: PROHIBITED, LIKELY_VIOLATION, CONTRARY, DUTIES, EXPECTED, SIGNAL, UNKNOWN, NO_VIOLATION,
                 NOT_BOUND, OUTSIDE, NO_RULE, NOT_APPLICABLE
        each finding: kind LEGAL_EFFECT, subject the use's id, object `INSTRUMENT` or `INSTRUMENT:RULE`,
        answer FOUND (a rule reaches the use), NOT_FOUND (asked, does not), NOT_CHECKED (unknown); every
        reason is cited
    weigh_uses(uses: Iterable[Use], as_of, store=None) -> tuple[Weighing, ...]
    compare_weighings(one: Weighing, other: Weighing) -> tuple[Text, ...]   what differs, and by which rule

Files (`workflows.law.files`)::

    read_uses(path: Path) -> tuple[Use, ...]      InputFileError names file, record, reason and fix
    uses_of(raw: bytes, name: str) -> tuple[Use, ...]         the same for bytes that came in
    example_uses() -> tuple[Use, ...]             the packaged one, behind questions 3 to 5, and variants
    template() -> str                             a file to fill in

Instruments (`workflows.law.showing`, values in `law.instruments`)::

    list_instruments(as_of) -> tuple[InstrumentLine, ...]   InstrumentLine(card, applies: Holds, says: Text)
    show_instrument(name, as_of) -> InstrumentView          UnknownNameError lists what there is
        InstrumentView(card, as_of, applies, says, rules: tuple[RuleLine, ...],
                       standings: tuple[StandingLine, ...])

Instrument ids: udhr, icerd, iccpr, un-charter, oecd-guidelines, ungp, wto, who, ai-act,
eu-human-rights-sanctions, forced-labour-regulation, csddd.
"""

"""The reader of what switches, routers and controllers print: tables of addresses, neighbours and parts."""

from overzicht.evidence import text
from overzicht.sources.interface import Sample
from overzicht.sources.inventories.encoding import detect_encoding
from overzicht.sources.inventories.formats.text_lines import text_lines
from overzicht.sources.inventories.interface import (
    InventoryProblem,
    InventoryReader,
    InventoryResult,
    NoDeviceError,
    ReadingOptions,
)
from overzicht.sources.inventories.origin import Origin
from overzicht.sources.inventories.switches.commands import commands
from overzicht.sources.inventories.switches.outcomes import Outcomes
from overzicht.sources.inventories.switches.recognition import (
    TRIED_LINES,
    may_be_answer,
    read_section,
    sections,
)

UNKNOWN = text("No template explains this answer of a switch; its lines were not read")


def begins_with_prompt(head: bytes) -> bool:
    """Return whether a text begins with a prompt and a command; `<sw1>display arp` looks like XML."""
    line = head.lstrip().partition(b"\n")[0].decode("ascii", errors="replace")
    prompt = commands().prompt.match(line)
    return prompt is not None and commands().alone.match(prompt["command"] or "") is not None


class SwitchReader(InventoryReader):
    """Reads texts that the templates of `ntc-templates` explain, one answer or several after prompts."""

    kind = "switch-text"
    title = "text of a switch, router or controller (addresses, neighbours, leases, parts)"

    def recognise(self, sample: Sample) -> bool:
        """Return whether a template explains most of the first lines."""
        content = sample.head.decode(detect_encoding(sample.head), errors="replace")
        if not may_be_answer(content):
            return False
        lines = content.splitlines()[: 2 * TRIED_LINES]
        return any(read_section(section) for section in sections(lines))

    def read(self, origin: Origin, options: ReadingOptions) -> InventoryResult:
        """Return a sighting per device; an answer that no template explains is unread."""
        outcomes = Outcomes()
        explained: list[str] = []
        for section in sections(text_lines(origin, with_spaces=True)):
            reading = read_section(section)
            if reading is not None:
                outcomes.add(origin, section, *reading)
                explained.append(reading[0].name)
            elif may_be_answer("\n".join(line for _, line in section.lines)):
                outcomes.unread.append(InventoryProblem(f"line {section.lines[0][0]}", UNKNOWN))
        if not explained:
            raise NoDeviceError(origin.filename, self.title)
        left_out = tuple(outcomes.left_out)
        records = len(outcomes.sightings) + sum(row.records for row in left_out) + len(outcomes.unread)
        outcomes.merge()
        remark = text(
            "Read by these templates of TextFSM: {names}", names=", ".join(dict.fromkeys(explained))
        )
        return InventoryResult(
            self.kind,
            origin.snapshot,
            tuple(outcomes.sightings),
            records,
            left_out=left_out,
            merged=outcomes.merged,
            unread=tuple(outcomes.unread),
            remarks=(remark,),
            problems=tuple(outcomes.problems),
            doubts=tuple(outcomes.doubts),
        )

"""Which sightings can be one device with another: those that share a value of a mark.

Most devices of an inventory share none, and need not be compared or held in memory. Values are compared by
their hash; a few sightings more than needed do no harm, since `devices.identity` compares the values.
"""

from array import array
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from overzicht.devices.device_marks import Marks
from overzicht.devices.identity_rules import STAGES, Observation, place_keys
from overzicht.devices.sighting import Sighting


def likely_same(sightings: Iterable[Sighting]) -> NDArray[np.bool_]:
    """Return for each sighting of files whether it shares a mark with another; see `devices.identity`.

    Place and model count only if two files have them: in one file they join no rows.
    """
    values, owners = array("q"), array("L")
    places, files = array("q"), array("L")
    known_files: dict[str, int] = {}
    count = 0
    for number, sighting in enumerate(sightings):
        count += 1
        observation, marks = Observation(sighting), Marks.of(sighting)
        file = sighting.citation.snapshot
        shared = [hash(sighting.id)]
        if marks.is_told_apart or marks.point:
            shared.append(hash((file, sighting.label, sighting.address, sighting.site, sighting.place)))
        for stage, described in enumerate(STAGES):
            shared.extend([hash((stage, value)) for value in described.keys(observation, marks)])
        values.extend(shared)
        owners.extend([number] * len(shared))
        places.append(next(map(hash, place_keys(observation, marks)), 0))
        files.append(known_files.setdefault(file, len(known_files)))
    is_likely = np.zeros(count, dtype=np.bool_)
    if count:  # the owners of values that occur more than once
        keys = np.frombuffer(values, np.int64)
        order = np.argsort(keys)
        is_equal = keys[order][1:] == keys[order][:-1]
        is_shared = np.concatenate((is_equal, [False])) | np.concatenate(([False], is_equal))
        is_likely[np.frombuffer(owners, np.uint64)[order[is_shared]]] = True
    if len(known_files) > 1:
        # for each value whether several files have it
        values_in_several = np.frombuffer(places, np.int64)
        files_in_several = np.frombuffer(files, np.uint64)
        order_in_several = np.argsort(values_in_several)
        starts = np.flatnonzero(np.concatenate(([True], np.diff(values_in_several[order_in_several]) != 0)))
        firsts, lasts = (
            by.reduceat(files_in_several[order_in_several], starts) for by in (np.minimum, np.maximum)
        )
        lengths = np.diff(np.concatenate((starts, [len(values_in_several)])))
        is_shared = np.zeros(len(values_in_several), dtype=np.bool_)
        is_shared[order_in_several] = np.repeat(firsts != lasts, lengths)
        is_likely |= is_shared
    return is_likely

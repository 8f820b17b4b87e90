"""The figures of identification on real input: what was reached must not be lost.

Every false hit that is known is listed with the reason; a new one fails.
"""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from overzicht.devices.knowledge import load_knowledge
from overzicht.devices.traces.recog_files import load_recog

# Labels that are on no card, with numbers of the maker named. They may well be traders of its devices; no
# source was found that says so, and they count as false.
UNSOURCED = {
    "Aegis Electronic": "canon",
    "Neutron Technology": "dahua or uniview",
    "TecVoz": "hunt-electronic",
}
# Two rows give numbers of Samsung Techwin under the name of Vivotek: the list errs, the verdict does not.
ERRORS_OF_THE_LIST = {"VIVOTEK | SND-3080C-CF", "VIVOTEK | SND-5080-F"}


@pytest.fixture(scope="module")
def bench(project_root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "bench_identification", project_root / "bench/identification.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.shared
def test_models_alone_name_the_maker_with_precision(bench: ModuleType, shared_data: Path) -> None:
    own, relabelled, other = bench.brand_hidden(shared_data, load_knowledge())
    assert own.precision >= 0.99
    assert own.coverage >= 0.88
    assert {hit["input"] for hit in own.false_hits} <= ERRORS_OF_THE_LIST
    assert relabelled.precision >= 0.99
    assert relabelled.coverage >= 0.45
    assert {hit["input"].split(" | ")[0] for hit in other.false_hits} <= set(UNSOURCED)
    named = own.right.total() + own.wrong.total() + other.wrong.total()
    assert own.right.total() / named >= 0.99


@pytest.mark.shared
def test_real_inventories_give_no_false_maker(bench: ModuleType, shared_data: Path) -> None:
    recog = load_recog(shared_data / "devices/fingerprints-recog/xml")
    scores = {score.title: score for score in bench.inventories(shared_data, load_knowledge(), recog)}
    assert {title: score.false_hits for title, score in scores.items() if score.false_hits} == {}
    reached = {title: score.coverage for title, score in scores.items() if score.knowable}
    assert reached.pop("Austin") > 0.87  # the brand Advidia had two makers, and no model is given
    assert set(reached.values()) == {1.0}
    assert scores["Austin"].undecided == 52

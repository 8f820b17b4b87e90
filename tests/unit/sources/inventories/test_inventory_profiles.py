"""Profiles: saved fields of columns, offered for a list with the same columns."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from overzicht.errors import InputFileError
from overzicht.sources.inventories.profiles import FOLDER, Profile, load_profiles, same_layout, save_profile
from overzicht.sources.inventories.registry import read_inventory

TOWN = Profile("Town hall / 2026", ("Merk", "Ding"), (("Merk", "brand"), ("Ding", "model")))


def test_a_profile_is_saved_and_fits_the_same_columns_in_any_order(tmp_path: Path) -> None:
    path = save_profile(tmp_path, TOWN)
    assert path.name == "town-hall-2026.json"
    profiles = load_profiles(tmp_path)
    assert profiles == (TOWN,)
    assert same_layout(profiles, ["DING", "merk"]) == TOWN
    assert same_layout(profiles, ["Merk"]) is None
    assert same_layout(profiles, []) is None


def test_an_organisation_has_its_own_profiles_and_those_of_all(tmp_path: Path) -> None:
    owners = {owner: replace(TOWN, organisation=owner) for owner in ("", "Dorp a", "dorp-a")}
    paths = [save_profile(tmp_path, profile) for profile in owners.values()]
    assert len(set(paths)) == 3
    assert {path.stat().st_mode & 0o777 for path in paths} == {0o600}
    assert load_profiles(tmp_path, "dorp-a") == (owners["dorp-a"], owners[""])
    assert load_profiles(tmp_path, "other") == load_profiles(tmp_path) == (owners[""],)


def test_a_profile_of_an_older_release_is_for_the_terminal_alone(tmp_path: Path) -> None:
    path = save_profile(tmp_path, TOWN)
    values = json.loads(path.read_text(encoding="utf-8"))
    del values["organisation"]
    path.write_text(json.dumps(values), encoding="utf-8")
    assert [profile.name for profile in load_profiles(tmp_path)] == [TOWN.name]
    assert load_profiles(tmp_path, "dorp-a") == ()


def test_a_damaged_profile_is_named(tmp_path: Path) -> None:
    save_profile(tmp_path, TOWN)
    (tmp_path / FOLDER / "town-hall-2026.json").write_text("{}", encoding="utf-8")
    with pytest.raises(InputFileError, match=r"town-hall-2026\.json: the profile cannot be read"):
        load_profiles(tmp_path)


def test_each_column_has_a_sample_of_its_values_but_for_secrets(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Merk;Model;Wachtwoord\nAxis;P3245-LVE;geheim\nAxis;Q6075-E;geheim\n", encoding="utf-8")
    samples = {column.column: column.sample for column in read_inventory(path).mapping}
    assert samples == {"Merk": "Axis", "Model": "P3245-LVE, Q6075-E", "Wachtwoord": ""}


def test_the_terminal_also_uses_profiles_of_before_for_an_organisation(tmp_path: Path) -> None:
    profile = Profile(TOWN.name, TOWN.columns, TOWN.mapping, None)
    save_profile(tmp_path, profile)
    assert load_profiles(tmp_path, "dorp-a", in_terminal=True) == (profile,)
    assert load_profiles(tmp_path, "dorp-a") == ()

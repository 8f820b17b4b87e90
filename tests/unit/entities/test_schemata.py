"""The table of schemata is that of the installed library."""

from followthemoney import model
from make_schemata import TABLE, table

from overzicht.entities.schemata import properties_of_type, schemata


def test_the_table_is_up_to_date_with_the_library() -> None:
    assert TABLE.read_text(encoding="utf-8") == table()


def test_each_schema_has_the_types_of_its_own_and_inherited_properties() -> None:
    assert schemata().keys() == model.schemata.keys()
    assert schemata()["Company"]["country"] == "country"
    assert "leiCode" in properties_of_type("Company", "identifier")
    assert "leiCode" not in properties_of_type("Person", "country")

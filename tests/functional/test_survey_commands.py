"""`census survey`: what a person and a program get of a file of surveys, whole or in part."""

import json
from pathlib import Path

from functional_tools import run_command

from overzicht.errors import EXIT_INCOMPLETE, EXIT_OK

HEADER = "survey,number,date,roll_size,asked,answered,question,with,published_rate\n"
ROWS = "s,1,2022,40,all,40,has it,,90 %\ns,2,2022,40,40,40,has more,twelvish,\n"


def test_rows_that_are_whole_are_stored_and_the_account_names_the_rest(
    own_home: Path, tmp_path: Path
) -> None:
    del own_home
    path = tmp_path / "surveys.csv"
    path.write_text(HEADER + ROWS, encoding="utf-8")
    done = run_command("census", "survey", "import", path, "--as-of", "2026-01-01")
    assert done.exit_code == EXIT_INCOMPLETE
    assert "With 40 answers: between 36 and 36 have it (has it)." in done.stdout
    assert "surveys.csv: 2 rows read: 1 loaded, 1 in part, 0 unread, 0 not questions" in done.stderr
    assert "line 3, with: “twelvish” is not a number that can be read; write digits" in done.stderr
    again = run_command("census", "survey", "import", path, "--as-of", "2026-01-01", "--json")
    first, second = json.loads(again.stdout)
    assert (first["state"], first["remarks"], first["problems"]) == ("whole", ["90 % of 40 is 36."], [])
    assert (second["state"], second["readings"]) == ("in part", [])
    assert second["problems"][0]["place"] == "line 3, with"
    path.write_text(HEADER + ROWS.replace("twelvish", "12"), encoding="utf-8")
    assert run_command("census", "survey", "import", path, "--as-of", "2026-01-01").exit_code == EXIT_OK
    shown = run_command("census", "survey", "show")
    assert "With 40 answers: between 12 and 12 have it (has more)." in shown.stdout

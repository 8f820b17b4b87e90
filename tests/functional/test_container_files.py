"""The image and its neighbours: the files agree with each other, with the guide and with the command."""

import fnmatch
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from overzicht.cli.main import cli

ROOT = Path(__file__).resolve().parents[2]
STAGES = re.split(r"^FROM .*$", (ROOT / "Containerfile").read_text(encoding="utf-8"), flags=re.MULTILINE)
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, Any] = COMPOSE["services"]
GUIDE = (ROOT / "docs/how-to/run-in-containers.md").read_text(encoding="utf-8")
CADDY = shutil.which("caddy")
COMPOSER = shutil.which("docker-compose")


def test_the_image_has_no_compiler_and_no_root() -> None:
    _, build, image = STAGES
    assert "system-packages.sh" in build
    assert not re.search(r"g\+\+|-dev\b|pip install", image)
    assert re.search(r"^USER [1-9]\d*$", image, re.MULTILINE)
    assert image.index("USER") > image.rindex("RUN")
    assert "HEALTHCHECK" in image
    assert "/healthz" in image


def test_the_image_has_the_libraries_that_reports_need() -> None:
    script = (ROOT / "tools/system-packages.sh").read_text(encoding="utf-8")
    (libraries,) = re.findall(r"for library in ([\w. -]+);", script)
    for library in libraries.split():
        assert library.split(".")[0].split("-")[0] in STAGES[-1], library


def test_the_build_gets_all_that_the_package_needs() -> None:
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    kept = {line[1:] for line in lines if line.startswith("!")}
    assert lines[0] == "*"
    assert all((ROOT / name).exists() for name in kept), kept
    needed = {
        "src",
        "kernels",
        "examples",
        "setup.py",
        "pyproject.toml",
        "MANIFEST.in",
        "README.md",
        "LICENSE",
    }
    assert needed | {"requirements.lock", "tools/system-packages.sh"} <= kept
    for grafted in re.findall(
        r"^graft (\S+)", (ROOT / "MANIFEST.in").read_text(encoding="utf-8"), re.MULTILINE
    ):
        assert grafted in kept


def test_the_service_is_closed_in() -> None:
    service, proxy = SERVICES["service"], SERVICES["proxy"]
    for closed in (service, proxy):
        assert closed["read_only"] is True
        assert closed["cap_drop"] == ["ALL"]
        assert "no-new-privileges:true" in closed["security_opt"]
    assert [name for name, each in SERVICES.items() if "ports" in each] == ["proxy"]
    assert service["depends_on"]["database"]["condition"] == "service_healthy"
    assert "healthcheck" in SERVICES["database"]
    used = {volume.split(":")[0] for each in SERVICES.values() for volume in each.get("volumes", ())}
    assert {name for name in used if not name.startswith(".")} == set(COMPOSE["volumes"])


def test_the_command_of_the_service_is_one_of_ours() -> None:
    command = [str(word) for word in SERVICES["service"]["command"]]
    serve = cli.get_command(None, "serve")  # type: ignore[arg-type]  # no context is needed to find it
    assert serve is not None
    words = [re.sub(r"\$\{\w+[^}]*\}", "overzicht.example.nl", word) for word in command[1:]]
    options = serve.make_context("serve", words).params
    assert options["public_address"] == "https://overzicht.example.nl"
    (subnet,) = COMPOSE["networks"]["inside"]["ipam"]["config"]
    assert [str(network) for network in options["proxy"]] == [subnet["subnet"]]


def test_each_variable_is_in_the_guide_and_no_secret_has_a_default() -> None:
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    for name, default in re.findall(r"\$\{(\w+)(:?[-?][^}]*)?\}", text):
        assert name in GUIDE
        assert "PASSWORD" not in name or not default.startswith((":-", "-"))


@pytest.mark.skipif(COMPOSER is None, reason="no docker-compose: apt-get install docker-compose")
def test_compose_accepts_its_file_and_wants_the_password() -> None:
    command = [str(COMPOSER), "--file", str(ROOT / "compose.yaml"), "config", "--format", "json"]
    (secret,) = re.findall(r"\$\{(\w+):\?", SERVICES["database"]["environment"]["POSTGRES_PASSWORD"])
    named = {"SERVICE_NAME": "overzicht.example.nl", "PATH": "/usr/bin:/bin"}
    refused = subprocess.run(command, env=named, capture_output=True, text=True, check=False)
    assert refused.returncode
    assert f"{secret} is missing a value" in refused.stderr
    accepted = subprocess.run(
        command,
        env=named | {secret: "secret"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert not accepted.stderr  # no warning
    project = json.loads(accepted.stdout)
    assert project["services"].keys() == SERVICES.keys()
    for name, service in project["services"].items():
        assert "build" in service or "/library/" in service["image"], name
        for volume in service.get("volumes", ()):
            source = volume["source"]
            assert source in project["volumes"] if volume["type"] == "volume" else Path(source).is_file()
    addresses = project["services"]["service"]["environment"].values()
    assert "postgresql+psycopg://overzicht:secret@database/overzicht" in addresses
    assert {published["published"] for published in project["services"]["proxy"]["ports"]} == {"80", "443"}


@pytest.mark.skipif(CADDY is None, reason="no caddy: apt-get install caddy")
@pytest.mark.parametrize("tls", ["internal", "beheer@example.nl"])
def test_caddy_accepts_its_file(tls: str) -> None:
    command = [str(CADDY), "adapt", "--config", str(ROOT / "deploy/Caddyfile"), "--adapter", "caddyfile"]
    variables = {"SERVICE_NAME": "overzicht.example.nl", "SERVICE_TLS": tls, "HOME": "/tmp"}  # noqa: S108
    done = subprocess.run(command, env=variables, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert '"dial":"service:8321"' in done.stdout


def test_ignored_files_are_no_sources() -> None:
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    patterns = [line.removeprefix("**/") for line in lines if line.startswith("**/")]
    assert not any(fnmatch.fnmatch("reader.py", pattern) for pattern in patterns)
    assert any(
        fnmatch.fnmatch("machine.abi3.so", pattern) for pattern in patterns
    )  # built inside, for its processor

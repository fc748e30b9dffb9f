"""What stands in deploy/ can be read, is hardened, names what there is, and is ready for a mesh."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from bot.commands import main
from bot.settings import FROM_FILES, Settings

PROJECT = Path(__file__).parent.parent
DEPLOY = PROJECT / "deploy"
KUBERNETES = sorted((DEPLOY / "kubernetes").glob("*.yaml"))
VARIABLE = re.compile(r"\b(?:MESHFIT|SLACK)_[A-Z_]+\b")


def objects(path: Path) -> dict[str, dict[str, Any]]:
    """Kind → the object of it."""
    return {each["kind"]: each for each in yaml.safe_load_all(path.read_text("utf-8"))}


def test_every_variable_in_it_is_one_that_meshfit_reads():
    known = {str(f.validation_alias or name).upper() for name, f in Settings.model_fields.items()}
    known |= {f"{each}_FILE" for each in FROM_FILES}
    files = [each for each in DEPLOY.rglob("*") if each.is_file()]
    assert {each.name for each in files} == {
        "compose.yaml", "meshfit.service", "postgres.yaml", "sqlite.yaml",
    }  # fmt: skip
    for each in files:
        assert set(VARIABLE.findall(each.read_text("utf-8"))) <= known


@pytest.mark.parametrize("path", KUBERNETES, ids=lambda path: path.stem)
def test_the_manifests_say_what_a_careful_cluster_asks_for(path: Path):
    things = objects(path)
    pod = things["Deployment"]["spec"]["template"]["spec"]
    [container] = pod["containers"]
    assert pod["securityContext"]["runAsNonRoot"]
    assert pod["securityContext"]["runAsUser"] == 10001
    assert pod["automountServiceAccountToken"] is False
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    probes = {each: container[each]["httpGet"]["path"] for each in container if "Probe" in each}
    assert probes == {
        "startupProbe": "/healthz", "livenessProbe": "/healthz", "readinessProbe": "/readyz",
    }  # fmt: skip
    assert container["resources"]["limits"]["memory"]
    labels = things["Deployment"]["spec"]["template"]["metadata"]["labels"].items()
    for selector in (
        things["Service"]["spec"]["selector"],
        things["NetworkPolicy"]["spec"]["podSelector"]["matchLabels"],
        things["Deployment"]["spec"]["selector"]["matchLabels"],
    ):
        assert selector.items() <= labels
    ports = {each["name"]: each["containerPort"] for each in container["ports"]}
    assert ports == {"http": 3000, "http-metrics": 9464}
    assert things["NetworkPolicy"]["spec"]["policyTypes"] == ["Ingress", "Egress"]
    on_a_file = "PersistentVolumeClaim" in things
    assert things["Deployment"]["spec"]["replicas"] == (1 if on_a_file else 2)
    assert (things["Deployment"]["spec"]["strategy"].get("type") == "Recreate") is on_a_file


@pytest.mark.parametrize("path", KUBERNETES, ids=lambda path: path.stem)
def test_a_look_at_the_manifests_finds_nothing_that_breaks(path: Path, tmp_path: Path):
    dump = tmp_path / "dump.json"
    dump.write_text(
        json.dumps({"apiVersion": "v1", "kind": "List", "items": list(objects(path).values())})
    )
    done = CliRunner().invoke(main, ["look", str(dump), "--json"], standalone_mode=False)
    printed = json.loads(done.stdout)
    assert printed["counts"]["workloads_app"] == 1
    assert [each for each in printed["findings"] if each["severity"] == "breaks"] == []


@pytest.mark.parametrize("path", KUBERNETES, ids=lambda path: path.stem)
def test_the_manifests_fit_kubernetes_own_schemas(path: Path):
    check = pytest.importorskip("kubernetes_validate", reason="70 MB of schemas; by hand")
    for each in objects(path).values():
        check.validate(each, "1.31", strict=True)


def test_the_composition_has_one_with_a_file_and_two_with_postgresql():
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
    services = compose["services"]
    profiles = {name: each["profiles"] for name, each in services.items()}
    assert profiles == {
        "meshfit": ["sqlite"],
        "replica": ["postgres"],
        "balancer": ["postgres"],
        "postgres": ["postgres"],
    }
    assert services["replica"]["deploy"]["replicas"] == 2
    assert {each["restart"] for each in services.values()} == {"unless-stopped"}
    for name in ("meshfit", "replica"):
        assert services[name]["read_only"]
        assert services[name]["cap_drop"] == ["ALL"]
        named = {each for each in services[name]["environment"] if each.endswith("_FILE")}
        assert {each.removesuffix("_FILE").lower() for each in named} == set(
            services[name]["secrets"]
        )
    used = {each for service in services.values() for each in service.get("secrets", ())}
    assert used == compose["secrets"].keys()
    every = [port for service in services.values() for port in service.get("ports", ())]
    assert every == ["127.0.0.1:3000:3000"] * 2


def test_the_unit_is_one_that_systemd_reads(tmp_path: Path):
    unit = (DEPLOY / "meshfit.service").read_text("utf-8")
    for wanted in ("DynamicUser=yes", "ProtectSystem=strict", "RestartPreventExitStatus=2"):
        assert wanted in unit
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd is not installed here")
    copy = tmp_path / "meshfit.service"
    copy.write_text(unit.replace("/opt/meshfit/bin/meshfit", "/bin/true"))
    done = subprocess.run(
        ["systemd-analyze", "verify", str(copy)], capture_output=True, text=True, check=False
    )
    ours = [line for line in done.stderr.splitlines() if "meshfit" in line]
    assert (done.returncode, ours) == (0, [])

"""What never stands in the log, whatever a library says."""

import json
import logging

import pytest

from bot.telemetry.logs import set_up

PROXY = "http://ana:hunter2@proxy.internal:3128"


@pytest.mark.parametrize("form", ["text", "json"])
def test_no_line_holds_a_password_and_a_line_that_is_malformed_harms_nobody(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], form: str
):
    if form == "json":
        pytest.importorskip("pythonjsonlogger", reason="needs the extra meshfit[watch]")
    monkeypatch.setattr(logging.root, "handlers", [])
    monkeypatch.setattr(logging.root, "level", logging.root.level)
    set_up("INFO", form)
    library = logging.getLogger("a.library")
    library.info("through %s", PROXY)
    try:
        raise OSError(f"refused by {PROXY}")
    except OSError:
        library.exception("no connection")
    library.info("%d requests", "many")
    said = capsys.readouterr().err
    assert said.count("http://proxy.internal:3128") == 2
    assert "hunter2" not in said
    if form == "json":
        first, second = (json.loads(line) for line in said.splitlines()[:2])
        assert first["message"] == "through http://proxy.internal:3128"
        assert second["exc_info"].endswith("refused by http://proxy.internal:3128")

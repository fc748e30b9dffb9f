"""JMeter's XML sample log, streamed; no document type, and so no entities, is accepted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NoReturn
from xml.parsers import expat

from bot.domain.runs.model import Run
from bot.errors import BadInput
from bot.loadtests.door import Upload
from bot.loadtests.jmeter_log import LEFT_OUT, TRANSACTION
from bot.loadtests.quantities import count, moment, number
from bot.loadtests.tally import Tally

FORMAT = "jmeter_jtl_xml"
DEEPEST = 50
_RECODED = re.compile(rb"""<\?xml[^>]{0,100}encoding=["'](?:utf-?16|ucs-?2|unicode)""", re.I)
"""What the door has made UTF-8 of still declares what it was."""
_SAMPLES = {"sample", "httpSample"}


def recognises(upload: Upload) -> bool:
    """Its root."""
    return "<testResults" in upload.start


def read(upload: Upload) -> tuple[Run, ...]:
    """The run over all samples; what is nested in one is part of it."""
    reading = _Reading()
    parser = expat.ParserCreate("utf-8" if _RECODED.search(upload.head) else None)
    parser.StartDoctypeDeclHandler = reading.refuse
    parser.StartElementHandler = reading.start
    parser.EndElementHandler = reading.end
    try:
        while chunk := upload.stream.read(2**18):
            parser.Parse(chunk if reading.begun else chunk[chunk.find(b"<") :], False)
            reading.begun = True
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        if not reading.closed:
            line = f"line {error.lineno}"
            raise BadInput(f"This XML is damaged or cut off ({line}): upload it whole.") from None
    except (LookupError, ValueError):
        raise BadInput("This XML is in an encoding that is not known: save it as UTF-8.") from None
    return (reading.run(),)


class _Reading:
    """The samples read so far."""

    def __init__(self) -> None:
        self.tally = Tally()
        self.begun = self.closed = False
        """What stands around the log, prompts and fences, is no part of it."""
        self.depth, self.inside = 0, 0
        self.transactions = self.threads = 0

    def refuse(self, *_: object) -> NoReturn:
        """A document type may define entities that expand without end."""
        raise BadInput("This XML declares a document type, which no JMeter log has.")

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """A sample counts unless it is part of one, or adds up those below it."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise BadInput("This XML is nested too deeply to be a JMeter log.")
        if tag not in _SAMPLES:
            return
        if self.inside:
            self.inside += 1
        elif attributes.get("rm", "").startswith(TRANSACTION):
            self.transactions += 1
        else:
            self.inside = 1
            self._take(attributes)

    def end(self, tag: str) -> None:
        """Out of an element."""
        self.depth -= 1
        self.closed = not self.depth
        if tag in _SAMPLES and self.inside:
            self.inside -= 1

    def _take(self, attributes: Mapping[str, str]) -> None:
        elapsed = number(attributes.get("t"), "t")
        if elapsed is None:
            raise BadInput("A sample of this JMeter log has no time (t): it is damaged.")
        failed = attributes.get("s", "").lower() != "true"
        each = self.tally.add(attributes.get("lb", ""), elapsed, failed=failed)
        if start := moment(attributes.get("ts")):
            each.spans(start.timestamp(), start.timestamp() + elapsed / 1e3)
        self.threads = max(self.threads, count(attributes.get("na"), "na") or 0)

    def run(self) -> Run:
        """All of it."""
        return self.tally.run(
            format=FORMAT,
            tool="jmeter",
            connections=self.threads or None,
            notes=(LEFT_OUT.format(n=self.transactions),) if self.transactions else (),
        )

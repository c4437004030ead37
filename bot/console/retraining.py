"""Training at an admin's wish: in a process of its own, through the same gate as everywhere."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal, cast

from aiohttp import web

from bot.desk import audit
from bot.desk.staff import Staff
from bot.errors import NotAllowed
from bot.http.services import Services
from bot.settings import child_environment

# scikit-learn's memory goes with the process; it reads the accepted examples by itself.
COMMAND = (sys.executable, "-m", "bot", "train", "--promote", "--json")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    """The latest training of this process.

    `stage` and `done` (0–1) tell how far it is; `comparison` how the artefact did beside the one
    in service (`nlp.promotion.Comparison`), when that came to be measured; `line` what else it
    said last, such as why it failed.
    """

    state: Literal["none", "running", "promoted", "refused"]
    line: str = ""
    started_at: datetime | None = None
    by: str | None = None
    stage: str = ""
    done: float = 0.0
    comparison: Mapping[str, Any] | None = None

    def hearing(self, line: str) -> Training:
        """Return what is known after the training said one more line."""
        told = _as_json(line)
        if told is None:
            return replace(self, line=line)
        if "stage" in told:
            return replace(self, stage=told["stage"], done=told["done"])
        return replace(self, comparison=told["comparison"])


class Retraining:
    """Runs one training at a time and remembers how it ended."""

    def __init__(self, services: Services, command: Sequence[str] = COMMAND) -> None:
        """Begin with none."""
        self._services = services
        self._command = command
        self._task: asyncio.Task[None] | None = None
        self.latest = Training(state="none")

    async def start(self, by: Staff) -> None:
        """Begin to train; raises NotAllowed while a training runs."""
        if self.latest.state == "running":
            raise NotAllowed("正在训练，请等它结束")
        now = self._services.clock()
        self.latest = Training(state="running", started_at=now, by=by.name)
        try:
            await self._services.database.write(
                lambda c: audit.record(c, by.id, "artefact.training", "artefact:new", {}, now)
            )
        except BaseException:
            self.latest = Training(state="none")
            raise
        self._task = asyncio.create_task(self._run(by))

    async def end(self) -> None:
        """Stop a training that runs."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _run(self, by: Staff) -> None:
        try:
            code = await self._train()
        except (OSError, ValueError) as error:  # ValueError: a line without end
            code, self.latest = 1, replace(self.latest, line=str(error))
        state: Literal["promoted", "refused"] = "refused" if code else "promoted"
        self.latest = replace(self.latest, state=state)
        now, data = self._services.clock(), {"outcome": state, "line": self.latest.line}
        try:
            await self._services.database.write(
                lambda c: audit.record(c, by.id, "artefact.trained", "artefact:new", data, now)
            )
        except Exception:
            _log.exception("the end of a training could not be written down")

    async def _train(self) -> int:
        """Train, listening to how far it is; the exit code."""
        process = await asyncio.create_subprocess_exec(
            *self._command,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            env=child_environment(self._services.settings),
            start_new_session=True,
        )
        output = cast(asyncio.StreamReader, process.stdout)  # asked for above
        try:
            async for line in output:
                if said := line.decode("utf-8", "replace").strip():
                    self.latest = self.latest.hearing(said)
            return await process.wait()
        except BaseException:
            _kill_all(process.pid)
            await process.wait()
            raise


def _as_json(line: str) -> Mapping[str, Any] | None:
    """Return what a line of `jiefen train --json` tells; None for any other line."""
    try:
        told = json.loads(line)
    except ValueError:
        return None
    known = isinstance(told, dict) and ({"stage", "done"} <= told.keys() or "comparison" in told)
    return told if known else None


def _kill_all(leader: int) -> None:
    """Kill a training with the processes that it started.

    Those outlive it, go on training, and hold its output open, whose end `wait` waits for.
    """
    with suppress(ProcessLookupError):
        os.killpg(leader, signal.SIGKILL)


RETRAINING = web.AppKey("retraining", Retraining)


async def end_training(app: web.Application) -> None:
    """Leave no training behind when the application goes."""
    await app[RETRAINING].end()

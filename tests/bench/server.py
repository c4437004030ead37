"""The real program in a process of its own, for as long as a measurement takes."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Self

READY_WITHIN_SECONDS = 120


class Server:
    """`jiefen demo` on a free port; `seconds_to_ready` is from start to the first ready 200."""

    def __init__(self, home: Path) -> None:
        """Start nothing yet."""
        self._home = home
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self._port}"
        self.seconds_to_ready = 0.0

    @staticmethod
    def environment(home: Path) -> dict[str, str]:
        """Return the environment of a shop without limits."""
        return {**os.environ, "JIEFEN_HOME": str(home), "JIEFEN_RATE_LIMIT": "off"}

    def __enter__(self) -> Self:
        """Start the program and wait until it is ready."""
        began = time.perf_counter()
        command = [sys.executable, "-m", "bot", "demo", "--port", str(self._port)]
        self._process = subprocess.Popen(
            command, env=self.environment(self._home), stdout=subprocess.DEVNULL
        )
        while not self._is_ready():
            if time.perf_counter() - began > READY_WITHIN_SECONDS:
                raise TimeoutError("the program does not become ready")
            time.sleep(0.01)
        self.seconds_to_ready = time.perf_counter() - began
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Stop the program in order."""
        self._process.terminate()
        self._process.wait(timeout=30)

    def resident_mib(self) -> float:
        """Return the memory that the program holds now."""
        status = Path(f"/proc/{self._process.pid}/status").read_text(encoding="ascii")
        line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024

    def _is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=5) as answer:  # noqa: S310  our own
                return bool(answer.status == 200)
        except (urllib.error.URLError, ConnectionError):
            return False

"""How soon the program is ready, against the mere import of what the stack requires."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

from tests.bench.server import Server

RUNS = 5
FLOOR = (
    "import sklearn.linear_model, jieba, telegram, aiohttp.web, sqlalchemy.ext.asyncio;"
    "jieba.setLogLevel(60); jieba.initialize()"
)


def report(home: Path) -> None:
    """Print the ratio of medians and the idle memory; floor and program take turns."""
    floors, readies, memories = [], [], []
    _floor()  # jieba's own cache is warm from here on
    for _ in range(RUNS):
        floors.append(_floor())
        with Server(home) as server:
            readies.append(server.seconds_to_ready)
            time.sleep(1)
            memories.append(server.resident_mib())
    ratio = statistics.median(readies) / statistics.median(floors)
    print(f"ready         {statistics.median(readies):6.2f} s  {ratio:.2f}x the floor (goal 1.5x)")
    print(f"idle memory   {statistics.median(memories):6.0f} MiB (goal < 300)")


def _floor() -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", FLOOR], check=True)
    return time.perf_counter() - began

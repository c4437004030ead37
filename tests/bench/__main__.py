"""Run every benchmark on a fresh home and print its figures beside the goals."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench import parts, start, turns
from tests.bench.server import Server


def main() -> None:
    """Train once, then measure start, memory, turns, and what a turn is made of."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        subprocess.run(
            [sys.executable, "-m", "bot", "train"], check=True, env=Server.environment(home)
        )
        start.report(home)
        asyncio.run(turns.report(home))
        parts.report(home)


if __name__ == "__main__":
    main()

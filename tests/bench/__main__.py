"""Run the benchmarks on a fresh home and print their figures beside the goals."""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench import learning, parts, peers, scenarios, start, swaps, turns
from tests.bench.server import Server

PARTS = ("start", "turns", "parts", "peers", "swaps", "scenarios", "learning")


def main() -> None:
    """Train once, then measure what is asked for: everything, unless parts are named."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], metavar="PART")
    parser.add_argument("--gold", type=Path, help="a labelled file to judge on (text, issues)")
    parser.add_argument("--out", type=Path, default=Path("var/bench"), help="for pictures")
    options = parser.parse_args()
    wanted = options.parts or PARTS
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "shop"
        if set(wanted) - {"learning"}:
            subprocess.run(
                [sys.executable, "-m", "bot", "train"], check=True, env=Server.environment(home)
            )
        for part in wanted:
            _measure(part, home, Path(folder) / "learning", options)


def _measure(part: str, home: Path, other_home: Path, options: argparse.Namespace) -> None:
    match part:
        case "start":
            start.report(home)
        case "turns":
            asyncio.run(turns.report(home))
        case "parts":
            parts.report(home)
        case "peers":
            peers.report(home, options.gold)
        case "swaps":
            asyncio.run(swaps.report(home))
        case "scenarios":
            asyncio.run(scenarios.report(home))
        case "learning":
            learning.report(other_home, options.out)


if __name__ == "__main__":
    main()

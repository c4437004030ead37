"""Does correcting help? A stream of messages, corrected where the bot errs, trained on in rounds.

A shop begins with a small corpus, and all that says when a person is wished for (that must hold
in whatever is put into service). Its customers' messages are the other lines of the corpus: each
round some arrive, the agents correct those that were misread or uncertain (one correction in
twenty is itself wrong), the next artefact learns them and passes the gate as anywhere else.
"""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

from bot.settings import DATA_DIR
from nlp import registry
from nlp.corpus import HEADER, Example, load_corpus
from nlp.errors import PromotionRefused
from nlp.evaluation import judge
from nlp.labels import ISSUES, PRIMARIES
from nlp.pictures import STYLE, Axis, Curve, curves
from nlp.promotion import frozen_rows, promote
from nlp.segment import shared_segmenter
from nlp.training import train
from nlp.understanding import Understander

FIRST_LINES = 300  # of each primary label: with fewer, each new artefact breaks what must hold
WISHES = "person_"  # files of wishes for a person and their near misses
ROUNDS = 6
MESSAGES = 6000  # a round
WRONG_CORRECTIONS = 0.05


def report(home: Path, out: Path) -> None:
    """Print accuracy on the frozen set after each round, and draw the curve."""
    rng = random.Random(20261128)
    lines = load_corpus(DATA_DIR / "corpus")
    rng.shuffle(lines)
    first, stream = _split(lines)
    folder = home / "first-corpus"
    _write_corpus(folder, first)
    accepted: list[Example] = []
    points: list[tuple[int, float, float]] = []
    for number in range(ROUNDS + 1):
        understander = _next(home, folder, accepted)
        judged = judge(understander, frozen_rows(DATA_DIR))
        issues = sum(one.is_right for one in judged) / len(judged)
        types = sum(one.is_right_type for one in judged) / len(judged)
        points.append((len(accepted), types, issues))
        print(f"learning      round {number}: {len(accepted):5} accepted, frozen set: "
              f"type {types:.3f}, issue {issues:.3f}")  # fmt: skip
        arrived, stream = stream[:MESSAGES], stream[MESSAGES:]
        accepted += _corrections(understander, arrived, rng)
    _draw(points, out / "learning_curve.svg")
    if not points[-1][2] > points[0][2]:
        raise SystemExit("corrections taught nothing")


def _split(lines: list[Example]) -> tuple[list[Example], list[Example]]:
    taken = dict.fromkeys(PRIMARIES, 0)
    first, stream = [], []
    for line in lines:
        if line.source.startswith(WISHES):
            first.append(line)
            continue
        taken[line.primary] += 1
        (first if taken[line.primary] <= FIRST_LINES else stream).append(line)
    return first, stream


def _write_corpus(folder: Path, lines: list[Example]) -> None:
    """Write each writer's lines into a file of their own: by files the folds are cut."""
    folder.mkdir(parents=True)
    for source in {one.source for one in lines}:
        rows = [
            (one.text, ",".join(one.issues) or "none", one.intent, ",".join(one.flags) or "-")
            for one in lines
            if one.source == source
        ]
        text = "\n".join("\t".join(row) for row in [HEADER, *rows])
        (folder / f"{source}.tsv").write_text(text + "\n", encoding="utf-8")


def _next(home: Path, folder: Path, accepted: list[Example]) -> Understander:
    """Train, pass the gate, and return what is in service then."""
    trained = train(folder, home, accepted=accepted)
    try:
        promote(home, trained.id, DATA_DIR)
    except PromotionRefused as refusal:
        print(f"learning      {refusal}")
    return Understander(registry.load_current(home), shared_segmenter(home / "cache"))


def _corrections(
    understander: Understander, arrived: list[Example], rng: random.Random
) -> list[Example]:
    found = []
    for message in arrived:
        seen = understander.understand(message.text)
        if seen.confident and seen.primary == message.primary:
            continue
        wrong = rng.random() < WRONG_CORRECTIONS
        found.append(replace(message, issues=(rng.choice(ISSUES),)) if wrong else message)
    return found


def _draw(points: list[tuple[int, float, float]], file: Path) -> None:
    most = max(count for count, _, _ in points)
    picture = curves(
        "学习曲线",
        Axis("已采纳的纠正（条）", 0, most, percent=False),
        Axis("冻结集正确率", 0.4, 1.0),
        [
            Curve("大类", [(count, types) for count, types, _ in points]),
            Curve("问题", [(count, issues) for count, _, issues in points], "var(--accent)"),
        ],
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    alone = f"><style>{STYLE}svg {{ background: var(--surface); }}</style>"
    file.write_text(picture.replace(">", alone, 1), encoding="utf-8")
    print(f"learning      {file}")

"""train, evaluate, classify, artefacts."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any, BinaryIO

from rich.console import Console
from rich.table import Table

from bot.cli.lessons import do_on_record, read_accepted
from bot.cli.screen import progress_bar, progress_lines, say, say_json
from bot.clock import in_shop_zone, utc_now
from bot.errors import DataError
from bot.settings import DATA_DIR, Settings
from nlp import registry
from nlp.answers import load_answers
from nlp.corpus import Example
from nlp.errors import ArtefactError, PromotionRefused
from nlp.evaluation import Report, evaluate
from nlp.promotion import Comparison, frozen_answers, frozen_rows, promote
from nlp.report import write_report
from nlp.training import Progress, train
from nlp.understanding import Understander, Understanding, load_understander

CORPUS = DATA_DIR / "corpus"
ANSWERS = DATA_DIR / "answers"
_TRAIN = [sys.executable, "-m", "bot", "train"]


def understander(settings: Settings) -> Understander:
    """Return the understander in service; the very first one is trained now, in a minute or two.

    Training is left to a process of its own: its libraries would stay in a server's memory.
    """
    if registry.current_id(settings.home) is None:
        if sys.stderr.isatty():
            sys.stderr.write("Training the first classifier, once …\n")
        trained = subprocess.run(_TRAIN, stdout=subprocess.DEVNULL, check=False)  # noqa: S603  ours
        if trained.returncode:
            raise ArtefactError("the first classifier could not be trained; see above")
    return load_understander(settings.home)


def run_train(
    settings: Settings, corpus: Path | None, *, promoting: bool, as_json: bool = False
) -> None:
    """Train an artefact from the corpus and the examples that people accepted.

    It is put into service when there was none that this program can load, or when told to and it
    does not do worse. `as_json` tells a program each stage, and at last what came of it.
    """
    accepted = read_accepted(settings)
    with nullcontext(progress_lines()) if as_json else progress_bar("Training") as report:
        artefact = _train(settings, corpus or CORPUS, accepted, report)
    promoting = promoting or not _is_served(settings)
    if as_json:
        _tell_outcome(settings, artefact.id, promoting=promoting)
        return
    learnt = f" with {len(accepted)} accepted examples" if accepted else ""
    say(f"trained {artefact.id}{learnt}")
    if promoting:
        run_artefacts_promote(settings, artefact.id)
    else:
        say(f"put it into service with: jiefen artefacts promote {artefact.id}")


def _train(
    settings: Settings, corpus: Path, accepted: list[Example], report: Progress
) -> registry.Artefact:
    return train(
        corpus,
        settings.home,
        report,
        trained_at=utc_now(),
        accepted=accepted,
        apart=frozenset(row.text for row in frozen_rows(DATA_DIR)),
        answers=load_answers(ANSWERS, apart={one.text for one in frozen_answers(DATA_DIR)}),
    )


def _tell_outcome(settings: Settings, artefact_id: str, *, promoting: bool) -> None:
    """Say as JSON whether the artefact was put into service, and how it compared.

    Raises PromotionRefused after that, when it did worse.
    """
    told: dict[str, Any] = {"artefact": artefact_id, "promoted": False, "comparison": None}
    if promoting:
        say_json({"stage": "comparing", "done": 1.0})
        try:
            comparison = _promote(settings, artefact_id)
        except PromotionRefused as refused:
            say_json({**told, "comparison": refused.figures})
            raise
        told |= {"promoted": True, "comparison": comparison.as_dict() if comparison else None}
    say_json(told)


def _is_served(settings: Settings) -> bool:
    """Tell whether an artefact is in service and can be loaded: not after libraries changed."""
    try:
        registry.load_current(settings.home)
    except ArtefactError:
        return False
    return True


def run_evaluate(
    settings: Settings, file: Path, *, as_json: bool, report_dir: Path | None
) -> None:
    """Judge the artefact in service on a labelled file."""
    report = evaluate(understander(settings), file)
    if report_dir is not None:
        _write_report(report, file, report_dir)
    if as_json:
        say(json.dumps(report.as_dict(), ensure_ascii=False, indent=2))
    else:
        _show_report(report)


def _write_report(report: Report, file: Path, folder: Path) -> None:
    try:
        page = write_report(report, file.name, folder)
    except OSError as error:
        raise DataError(f"cannot write {folder}: {error.strerror}") from error
    sys.stderr.write(f"{page}\n")


def _show_report(report: Report) -> None:
    figures = report.as_dict()
    classes = figures.pop("classes")
    figures.pop("unambiguous")
    for name, value in figures.items():
        say(f"{name:28} {value}")
    table = Table("issue", "precision", "recall", "f1", "rows")
    for label, row in classes.items():
        table.add_row(label, *(str(row[key]) for key in ("precision", "recall", "f1", "rows")))
    Console().print(table)


def run_classify(settings: Settings, texts: list[str], file: str | None, as_jsonl: bool) -> None:
    """Print what each text, or each line of the file, is about."""
    reader = understander(settings)
    now = in_shop_zone(utc_now()).date()
    for text in _texts(texts, file):
        understood = reader.understand(text, now)
        as_object = json.dumps(understood.as_dict(), ensure_ascii=False)
        say(as_object if as_jsonl else _one_line(understood))


def _texts(texts: list[str], file: str | None) -> Iterable[str]:
    if texts and file is None:
        return texts
    if file in {None, "-"}:
        return _lines("standard input", sys.stdin.buffer)
    try:
        with Path(file).open("rb") as stream:
            return list(_lines(file, stream))
    except OSError as error:
        raise DataError(f"{file}: {error.strerror}") from error


def _lines(name: str, stream: BinaryIO) -> Iterator[str]:
    """Each line as it comes; only a line feed ends one, whatever else the text holds."""
    for number, line in enumerate(stream, 1):
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise DataError(f"{name}:{number}: not UTF-8; save it as UTF-8") from error
        yield text.rstrip("\r\n")


def _one_line(understood: Understanding) -> str:
    issues = " ".join(f"{s.issue}={s.probability:.2f}" for s in understood.issues) or "none"
    flags = f" [{' '.join(understood.flags)}]" if understood.flags else ""
    return f"{understood.text}\t{issues}\t{understood.intent}{flags}"


def run_artefacts_list(settings: Settings) -> None:
    """Print every artefact, the one in service marked with a star."""
    for papers in registry.list_artefacts(settings.home):
        told = papers.get("broken") or papers.get("trained_at", "")
        say(f"{'*' if papers['current'] else ' '} {papers['id']}  {told}")


def run_artefacts_promote(settings: Settings, artefact_id: str) -> None:
    """Put an artefact into service, unless it does worse than the one that is."""
    comparison = _promote(settings, artefact_id)
    if comparison is not None:
        say(str(comparison))
    say(f"{artefact_id} is in service")


def _promote(settings: Settings, artefact_id: str) -> Comparison | None:
    def put(home: Path, chosen: str) -> None:
        do_on_record(settings, "artefact.promoted", chosen, lambda: registry.promote(home, chosen))

    return promote(settings.home, artefact_id, DATA_DIR, put)


def run_artefacts_rollback(settings: Settings) -> None:
    """Put the earlier artefact back into service."""
    artefact_id = registry.earlier_id(settings.home)
    do_on_record(
        settings, "artefact.rolled_back", artefact_id, lambda: registry.rollback(settings.home)
    )
    say(f"{artefact_id} is in service again")

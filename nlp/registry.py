"""Where artefacts live, which one is in service, and whether one can be trusted."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile

import numpy as np

from nlp.answers import AnswerReader
from nlp.classifier import Calibration, Classifier, Heads, SecondLook
from nlp.errors import ArtefactError
from nlp.features import Vectoriser
from nlp.segment import JIEBA_VERSION

FORMAT: Final = 7  # raise it when features or files change their meaning
_LIBRARIES: Final = ("numpy", "scikit-learn", "scipy", "opencc")
_LAYERS: Final = ("inner", "inner_bias", "outer", "outer_bias")
_PARTS: Final = ("versions", "files", "data", "model", "cross_validation")
# What reading one that is damaged, or not ours, may end in.
_UNREADABLE: Final = (
    AttributeError, LookupError, TypeError, ValueError, OSError, EOFError, BadZipFile,
    RecursionError, OverflowError,
)  # fmt: skip
_FILES: Final = ("weights.npz", "vocabulary.json", "answers.npz", "answers.json")


@dataclass(frozen=True)
class Artefact:
    """A trained classifier with its papers."""

    id: str
    papers: Mapping[str, Any]
    classifier: Classifier
    answers: AnswerReader


def artefacts_dir(home: Path) -> Path:
    """The folder of all artefacts."""
    return home / "artefacts"


def list_artefacts(home: Path) -> list[dict[str, Any]]:
    """The papers of every artefact, the one in service marked by `current`, oldest first.

    One that would be refused has the reason as `broken`; its papers may be missing then.
    """
    current = current_id(home)
    folders = [path.parent for path in artefacts_dir(home).glob("*/papers.json")]
    papers = [_papers_or_why_not(folder) for folder in folders]
    papers.sort(key=lambda row: (str(row.get("trained_at")), str(row.get("id"))))
    return [{**row, "current": row.get("id") == current} for row in papers]


def current_id(home: Path) -> str | None:
    """The artefact in service, or None before the first promotion."""
    history = _history(home)
    return history[0] if history else None


def load_current(home: Path) -> Artefact:
    """The artefact in service."""
    current = current_id(home)
    if current is None:
        raise ArtefactError(f"no artefact is in service under {home}; run jiefen train")
    return load(home, current)


def promote(home: Path, artefact_id: str) -> None:
    """Puts an artefact into service after it was loaded once."""
    load(home, artefact_id)
    rest = [earlier for earlier in _history(home) if earlier != artefact_id]
    _write_history(home, [artefact_id, *rest])


def rollback(home: Path) -> str:
    """Puts the artefact before the current one back into service, and returns its id."""
    earlier = earlier_id(home)
    load(home, earlier)
    _write_history(home, _history(home)[1:])
    return earlier


def earlier_id(home: Path) -> str:
    """The artefact to which a rollback goes back."""
    history = _history(home)
    if len(history) < 2:
        raise ArtefactError("there is no earlier artefact to go back to")
    return history[1]


def _history(home: Path) -> list[str]:
    """Ids by promotion, the one in service first."""
    pointer = artefacts_dir(home) / "current"
    try:
        return pointer.read_text(encoding="utf-8").split()
    except FileNotFoundError:
        return []
    except (OSError, ValueError) as error:
        raise ArtefactError(f"{pointer} cannot be read: {error}") from error


def _write_history(home: Path, ids: list[str]) -> None:
    """Replaces the pointer in one step: a reader sees the earlier one or this one, whole."""
    pointer = artefacts_dir(home) / "current"
    draft = pointer.with_suffix(f".{os.getpid()}.new")
    with draft.open("w", encoding="utf-8") as file:
        file.write("\n".join(ids) + "\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(pointer)


def load(home: Path, artefact_id: str) -> Artefact:
    """One artefact, refused unless it is whole, unaltered and of this format."""
    folder = artefacts_dir(home) / artefact_id
    if Path(artefact_id).name != artefact_id or not _exists(folder):
        raise ArtefactError(f"there is no artefact {artefact_id!r} under {artefacts_dir(home)}")
    papers = _read_papers(folder)
    _check(folder, papers)
    try:
        classifier = _read_classifier(folder, papers)
        answers = _read_answers(folder, papers)
    except _UNREADABLE as error:
        raise ArtefactError(f"{folder} cannot be read: {error}") from error
    return Artefact(artefact_id, papers, classifier, answers)


def _exists(folder: Path) -> bool:
    try:
        return (folder / "papers.json").exists()
    except (OSError, ValueError):  # a name that no file can have
        return False


def _read_papers(folder: Path) -> dict[str, Any]:
    try:
        papers = json.loads((folder / "papers.json").read_text(encoding="utf-8"))
    except OSError as error:
        raise ArtefactError(f"{folder / 'papers.json'} cannot be read: {error}") from error
    except (ValueError, RecursionError) as error:
        raise ArtefactError(f"{folder / 'papers.json'} is no JSON: {error}") from error
    if not isinstance(papers, dict):
        raise ArtefactError(f"{folder / 'papers.json'} is no JSON object")
    if not all(isinstance(papers.get(part), dict) for part in _PARTS):
        raise ArtefactError(f"{folder / 'papers.json'} lacks one of {', '.join(_PARTS)}")
    return {**papers, "id": folder.name}


def _papers_or_why_not(folder: Path) -> dict[str, Any]:
    papers: dict[str, Any] = {"id": folder.name}
    try:
        papers = _read_papers(folder)
        _check(folder, papers)
    except ArtefactError as error:
        return {**papers, "broken": str(error)}
    return papers


def library_versions() -> dict[str, str]:
    """What reads texts and fits weights, by name: of another an artefact would be misread."""
    return {"jieba": JIEBA_VERSION, **{name: version(name) for name in _LIBRARIES}}


def _check(folder: Path, papers: Mapping[str, Any]) -> None:
    if papers.get("format") != FORMAT:
        raise ArtefactError(
            f"{folder} has format {papers.get('format')}, this program reads {FORMAT}; train anew"
        )
    for name, here in library_versions().items():
        if (there := papers["versions"].get(name)) != here:
            raise ArtefactError(
                f"{folder} was trained with {name} {there}, here is {here}; train anew"
            )
    for name in _FILES:
        if papers["files"].get(name) != _file_hash(folder / name):
            raise ArtefactError(f"{folder / name} is not the file that was trained")


def _file_hash(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest() if path.is_file() else "missing"


def _read_classifier(folder: Path, papers: Mapping[str, Any]) -> Classifier:
    names = json.loads((folder / "vocabulary.json").read_text(encoding="utf-8"))
    model = papers["model"]
    # Opened here: numpy forgets to close a file that turns out to be no archive.
    with (
        (folder / "weights.npz").open("rb") as stream,
        np.load(stream, allow_pickle=False) as arrays,
    ):
        weights, steps = arrays["weights"], arrays["steps"]
        bias, idf = arrays["bias"], arrays["idf"]
        second = SecondLook(
            inner=arrays["inner"], inner_bias=arrays["inner_bias"],
            outer=arrays["outer"], outer_bias=arrays["outer_bias"], linear=model["linear"],
        )  # fmt: skip
    heads = Heads(
        *(tuple(model["heads"][name]) for name in ("issues", "types", "flags", "intents"))
    )
    rows, columns = (len(names),), (heads.width,)
    fitting = weights.shape == rows + columns and idf.shape == rows
    fitting = fitting and steps.shape == bias.shape == columns
    if not fitting or len(second.inner) != heads.read_twice:
        raise ValueError("vocabulary, labels and weights do not fit together")
    vocabulary = {name: at for at, name in enumerate(names)}
    calibration = {**model["calibration"]}
    calibration["primary_shift"] = tuple(calibration["primary_shift"])
    return Classifier(
        Vectoriser(vocabulary, idf, model["word_weight"]),
        weights, steps, bias, heads, second, Calibration(**calibration),
    )  # fmt: skip


def _read_answers(folder: Path, papers: Mapping[str, Any]) -> AnswerReader:
    names = json.loads((folder / "answers.json").read_text(encoding="utf-8"))
    model = papers["model"]["answers"]
    with (
        (folder / "answers.npz").open("rb") as stream,
        np.load(stream, allow_pickle=False) as arrays,
    ):
        weights, bias, idf = arrays["weights"], arrays["bias"], arrays["idf"]
    meanings = tuple(model["meanings"])
    if weights.shape != (len(names), len(meanings)) or idf.shape != (len(names),):
        raise ValueError("vocabulary, meanings and weights of answers do not fit together")
    vectoriser = Vectoriser(
        {name: at for at, name in enumerate(names)}, idf, papers["model"]["word_weight"]
    )
    return AnswerReader(vectoriser, weights, bias, model["scale"], meanings)


def save(
    home: Path,
    artefact_id: str,
    classifier: Classifier,
    answers: AnswerReader,
    papers: dict[str, Any],
) -> Artefact:
    """Writes an artefact under a passing name and renames it, so none is ever half there."""
    folder = artefacts_dir(home) / artefact_id
    draft = folder.with_name(f".{artefact_id}.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    _write_classifier(draft, classifier)
    _write_answers(draft, answers)
    files = {name: _file_hash(draft / name) for name in _FILES}
    whole = {**papers, "id": artefact_id, "format": FORMAT, "files": files,
             "model": _model_papers(classifier, answers)}  # fmt: skip
    text = json.dumps(whole, ensure_ascii=False, indent=1)
    (draft / "papers.json").write_text(text, encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    draft.rename(folder)
    return Artefact(artefact_id, whole, classifier, answers)


def _write_classifier(folder: Path, classifier: Classifier) -> None:
    _write_names(folder / "vocabulary.json", classifier.vectoriser)
    np.savez(
        folder / "weights.npz",
        weights=classifier.weights, steps=classifier.steps,
        bias=classifier.bias, idf=classifier.vectoriser.idf,
        **{name: getattr(classifier.second, name) for name in _LAYERS},
    )  # fmt: skip


def _write_answers(folder: Path, answers: AnswerReader) -> None:
    _write_names(folder / "answers.json", answers.vectoriser)
    np.savez(
        folder / "answers.npz",
        weights=answers.weights, bias=answers.bias, idf=answers.vectoriser.idf,
    )  # fmt: skip


def _write_names(path: Path, vectoriser: Vectoriser) -> None:
    """The features in the order of their columns."""
    names = sorted(vectoriser.vocabulary, key=vectoriser.vocabulary.__getitem__)
    path.write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")


def _model_papers(classifier: Classifier, answers: AnswerReader) -> dict[str, Any]:
    return {
        "answers": {
            "scale": answers.scale,
            "meanings": list(answers.meanings),
        },
        "heads": asdict(classifier.heads),
        "linear": classifier.second.linear,
        "word_weight": classifier.vectoriser.word_weight,
        "calibration": asdict(classifier.calibration),
    }

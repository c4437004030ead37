"""An artefact in service is whole, unaltered and of this program's format."""

from __future__ import annotations

import json
import shutil
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from nlp import registry
from nlp.errors import ArtefactError
from nlp.registry import Artefact


@pytest.fixture
def own_home(home: Path, tmp_path: Path) -> Path:
    """A copy that a test may spoil."""
    shutil.copytree(home / "artefacts", tmp_path / "artefacts")
    return tmp_path


def alter_papers(folder: Path, **changes: object) -> None:
    path = folder / "papers.json"
    papers = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**papers, **changes}), encoding="utf-8")


def test_the_current_artefact_is_loaded(own_home: Path, artefact: Artefact) -> None:
    assert registry.load_current(own_home).id == artefact.id


def test_what_is_stored_scores_as_what_was_fitted(own_home: Path, artefact: Artefact) -> None:
    stored = registry.load_current(own_home).classifier
    for part in ("weights", "steps", "bias"):
        np.testing.assert_array_equal(getattr(stored, part), getattr(artefact.classifier, part))
    assert stored.weights.dtype == np.int16


def test_an_empty_home_has_none(tmp_path: Path) -> None:
    assert registry.current_id(tmp_path) is None
    with pytest.raises(ArtefactError, match="jiefen train"):
        registry.load_current(tmp_path)


@pytest.mark.parametrize("artefact_id", ["nowhere", "../artefacts", ""])
def test_an_unknown_artefact_is_refused(own_home: Path, artefact_id: str) -> None:
    with pytest.raises(ArtefactError):
        registry.load(own_home, artefact_id)


@pytest.mark.parametrize("name", ["weights.npz", "vocabulary.json"])
def test_an_altered_file_is_refused(own_home: Path, artefact: Artefact, name: str) -> None:
    path = registry.artefacts_dir(own_home) / artefact.id / name
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(ArtefactError, match=f"{name} is not the file that was trained"):
        registry.load(own_home, artefact.id)


@pytest.mark.parametrize("name", ["weights.npz", "vocabulary.json"])
def test_a_missing_file_is_refused(own_home: Path, artefact: Artefact, name: str) -> None:
    (registry.artefacts_dir(own_home) / artefact.id / name).unlink()
    with pytest.raises(ArtefactError):
        registry.load(own_home, artefact.id)


def test_another_format_is_refused(own_home: Path, artefact: Artefact) -> None:
    alter_papers(registry.artefacts_dir(own_home) / artefact.id, format=0)
    with pytest.raises(ArtefactError, match="train anew"):
        registry.load(own_home, artefact.id)


@pytest.mark.parametrize("name", [*registry.library_versions()])
def test_another_version_of_a_library_is_refused(
    own_home: Path, artefact: Artefact, name: str
) -> None:
    versions = {**registry.library_versions(), name: "0.1"}
    alter_papers(registry.artefacts_dir(own_home) / artefact.id, versions=versions)
    with pytest.raises(ArtefactError, match=rf"{name} 0\.1, here is .*; train anew"):
        registry.load(own_home, artefact.id)


def test_what_would_be_refused_is_listed_with_the_reason(
    own_home: Path, artefact: Artefact
) -> None:
    (registry.artefacts_dir(own_home) / artefact.id / "weights.npz").write_bytes(b"spoilt")
    (row,) = registry.list_artefacts(own_home)
    assert row["current"]
    assert "weights.npz is not the file that was trained" in row["broken"]


@pytest.mark.parametrize("text", ["{", "[]"])
def test_spoilt_papers_are_refused(own_home: Path, artefact: Artefact, text: str) -> None:
    path = registry.artefacts_dir(own_home) / artefact.id / "papers.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ArtefactError, match="JSON"):
        registry.load(own_home, artefact.id)


def test_promotion_and_rollback(own_home: Path, artefact: Artefact) -> None:
    again = registry.save(
        own_home, "second", artefact.classifier, artefact.answers, dict(artefact.papers)
    )
    registry.promote(own_home, again.id)
    assert registry.current_id(own_home) == "second"
    assert [row["current"] for row in registry.list_artefacts(own_home)].count(True) == 1
    assert registry.rollback(own_home) == artefact.id
    assert registry.current_id(own_home) == artefact.id
    with pytest.raises(ArtefactError, match="no earlier artefact"):
        registry.rollback(own_home)


def test_a_spoilt_artefact_is_not_promoted(own_home: Path, artefact: Artefact) -> None:
    registry.save(own_home, "second", artefact.classifier, artefact.answers, dict(artefact.papers))
    (registry.artefacts_dir(own_home) / "second" / "weights.npz").write_bytes(b"")
    with pytest.raises(ArtefactError):
        registry.promote(own_home, "second")
    assert registry.current_id(own_home) == artefact.id


@pytest.mark.parametrize("part", ["versions", "files", "data", "model", "cross_validation"])
@pytest.mark.parametrize("value", [None, [], "1.0"])
def test_papers_that_lack_a_part_are_refused(
    own_home: Path, artefact: Artefact, part: str, value: object
) -> None:
    alter_papers(registry.artefacts_dir(own_home) / artefact.id, **{part: value})
    with pytest.raises(ArtefactError, match=part):
        registry.load(own_home, artefact.id)
    (row,) = registry.list_artefacts(own_home)
    assert (row["id"], row["current"]) == (artefact.id, True)
    assert part in row["broken"]


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04 half an archive"])
def test_forged_weights_are_refused_even_with_the_right_hash(
    own_home: Path, artefact: Artefact, content: bytes
) -> None:
    folder = registry.artefacts_dir(own_home) / artefact.id
    (folder / "weights.npz").write_bytes(content)
    files = {**artefact.papers["files"], "weights.npz": sha256(content).hexdigest()}
    alter_papers(folder, files=files)
    with pytest.raises(ArtefactError, match="cannot be read"):
        registry.load(own_home, artefact.id)


def test_weights_are_never_unpickled(own_home: Path, artefact: Artefact) -> None:
    folder = registry.artefacts_dir(own_home) / artefact.id
    with np.load(folder / "weights.npz") as arrays:
        forged = {**arrays, "idf": np.asarray([{"any": "object"}], dtype=object)}
    np.savez(folder / "weights.npz", **forged)
    digest = sha256((folder / "weights.npz").read_bytes()).hexdigest()
    alter_papers(folder, files={**artefact.papers["files"], "weights.npz": digest})
    with pytest.raises(ArtefactError, match="cannot be read"):
        registry.load(own_home, artefact.id)


def test_a_pointer_that_is_no_text_is_named(own_home: Path) -> None:
    (own_home / "artefacts" / "current").write_bytes(b"\xff\n")
    with pytest.raises(ArtefactError, match="current cannot be read"):
        registry.current_id(own_home)


def test_papers_that_are_a_folder_hide_no_other_artefact(
    own_home: Path, artefact: Artefact
) -> None:
    (own_home / "artefacts" / "odd" / "papers.json").mkdir(parents=True)
    listed = {row["id"]: "broken" in row for row in registry.list_artefacts(own_home)}
    assert listed == {artefact.id: False, "odd": True}


def test_a_name_that_no_file_can_have_is_no_artefact(own_home: Path) -> None:
    with pytest.raises(ArtefactError, match="there is no artefact"):
        registry.load(own_home, "x" * 300)

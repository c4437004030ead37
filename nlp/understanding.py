"""The face of understanding: one message in, what it is about out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from nlp.answers import Meanings
from nlp.classifier import Prediction
from nlp.explaining import is_telling
from nlp.extraction import Slots, extract
from nlp.features import name_features
from nlp.labels import FLAGS, NONE, TYPE_OF, WANT_HUMAN
from nlp.normalise import Normalised, normalise
from nlp.registry import Artefact, load_current
from nlp.rules import Signs, read_signs
from nlp.segment import Segmenter, Token, shared_segmenter
from nlp.small_talk import small_talk_intent

NEVER: Final = 2.0  # more than any probability
EXPLAINED_WORDS: Final = 5
EXPLAINED_CHARACTERS: Final = 300


@dataclass(frozen=True, slots=True)
class IssueScore:
    """One issue that the message is claimed to be about."""

    issue: str
    type: str
    probability: float


@dataclass(frozen=True, slots=True)
class Understanding:
    """All that was understood of one message."""

    text: str
    tokens: tuple[str, ...]
    issues: tuple[IssueScore, ...]  # best first; empty for none
    alternatives: tuple[IssueScore, ...]  # likeliest issues not claimed, best first: to ask back
    primary: str
    primary_type: str
    probability: float
    confident: bool
    intent: str
    flags: tuple[str, ...]
    signs: tuple[str, ...]
    slots: Slots
    artefact: str
    meanings: Meanings = ()  # as an answer to an offer or a question, where asked for

    def as_dict(self) -> dict[str, Any]:
        """The object that `jiefen classify --jsonl` prints."""
        return {
            "text": self.text,
            "tokens": list(self.tokens),
            "issues": [
                {"issue": row.issue, "type": row.type, "probability": round(row.probability, 4)}
                for row in self.issues
            ],
            "primary": self.primary,
            "primary_type": self.primary_type,
            "probability": round(self.probability, 4),
            "confident": self.confident,
            "intent": self.intent,
            "flags": list(self.flags),
            "signs": list(self.signs),
            "slots": self.slots.as_dict(),
            "artefact": self.artefact,
        }


@dataclass(frozen=True, slots=True)
class _Reading:
    """What can be read without the classifier."""

    message: Normalised
    tokens: list[Token]
    signs: Signs
    slots: Slots


class Understander:
    """Understands messages with one artefact; keeps nothing between messages."""

    def __init__(self, artefact: Artefact, segmenter: Segmenter | None = None) -> None:
        """Shares the process's segmenter unless given another."""
        self.artefact = artefact
        self._classifier = artefact.classifier
        self._segmenter = segmenter or shared_segmenter()

    def understand(
        self, text: str, now: date | None = None, *, as_answer: bool = False
    ) -> Understanding:
        """What the text is about; relative days need `now`; never raises, whatever the text.

        `as_answer` tells what it means as an answer too, which costs a little more.
        """
        reading = self._read(text, now)
        intent = small_talk_intent(reading.tokens)
        names = name_features(reading.tokens) if as_answer or intent is None else []
        if intent is not None:
            understood = self._nothing(reading, intent)
        else:
            understood = self._judge(reading, self._classifier.predict(names))
        if not as_answer:
            return understood
        return replace(understood, meanings=self.artefact.answers.read(names))

    def explain(self, text: str) -> list[tuple[str, float]]:
        """The words that weighed most for the primary: how far its score falls without each.

        Numbers, and words that say nothing by themselves, are no reason that anybody could judge.
        Of a long text only the beginning is weighed, for every word costs a reading of the rest;
        empty when a rule decided.
        """
        reading = self._read(text[:EXPLAINED_CHARACTERS], None)
        tokens = reading.tokens
        if small_talk_intent(tokens) is not None:
            return []
        names = name_features(tokens)
        best = self._classifier.predict(names).primary
        full = self._classifier.primary_scores(names)[best]
        weights = [
            (token.text, round(full - self._score_without(tokens, at, best), 4))
            for at, token in enumerate(tokens)
            if is_telling(token)
        ]
        return sorted(weights, key=lambda row: -row[1])[:EXPLAINED_WORDS]

    def _score_without(self, tokens: list[Token], at: int, label: str) -> float:
        names = name_features(tokens[:at] + tokens[at + 1 :])
        return self._classifier.primary_scores(names)[label]

    def _read(self, text: str, now: date | None) -> _Reading:
        message = normalise(text)
        tokens = self._segmenter.segment(message.text)
        return _Reading(message, tokens, read_signs(message), extract(message, now))

    def _judge(self, reading: _Reading, prediction: Prediction) -> Understanding:
        primary = prediction.primary
        probability = prediction.primaries[primary]
        issues = self._classifier.assert_issues(prediction)
        others = self._classifier.alternatives(prediction, (issue for issue, _ in issues))
        wants_person = reading.signs.wants_human or (
            not reading.signs.spares_person and self._classifier.wants_person(prediction)
        )
        return self._understanding(
            reading,
            issues=_scored(issues),
            alternatives=_scored(others),
            primary=primary,
            probability=probability,
            confident=self._classifier.is_confident(prediction),
            intent=WANT_HUMAN if wants_person else prediction.intent,
            flags=self._flags(reading.signs, prediction),
        )

    def _nothing(self, reading: _Reading, intent: str) -> Understanding:
        """A message that names no matter, by rule."""
        return self._understanding(
            reading,
            issues=(),
            alternatives=(),
            primary=NONE,
            probability=1.0,
            confident=True,
            intent=WANT_HUMAN if reading.signs.wants_human else intent,
            flags=reading.signs.flags,
        )

    def _flags(self, signs: Signs, prediction: Prediction) -> tuple[str, ...]:
        """The rules' flags, and those of which the classifier is nearly certain."""
        thresholds = self._classifier.calibration.flag_thresholds
        added = {flag for flag, p in prediction.flags.items() if p >= thresholds.get(flag, NEVER)}
        return tuple(flag for flag in FLAGS if flag in added or flag in signs.flags)

    def _understanding(
        self,
        reading: _Reading,
        *,
        issues: tuple[IssueScore, ...],
        alternatives: tuple[IssueScore, ...],
        primary: str,
        probability: float,
        confident: bool,
        intent: str,
        flags: tuple[str, ...],
    ) -> Understanding:
        return Understanding(
            text=reading.message.original,
            tokens=tuple(token.text for token in reading.tokens),
            issues=issues,
            alternatives=alternatives,
            primary=primary,
            primary_type=TYPE_OF[primary],
            probability=probability,
            confident=confident,
            intent=intent,
            flags=flags,
            signs=reading.signs.signs,
            slots=reading.slots,
            artefact=self.artefact.id,
        )


def _scored(rows: Iterable[tuple[str, float]]) -> tuple[IssueScore, ...]:
    return tuple(IssueScore(issue, TYPE_OF[issue], probability) for issue, probability in rows)


def load_understander(home: Path) -> Understander:
    """An understander with the artefact in service; jieba's cache lives under the home."""
    return Understander(load_current(home), shared_segmenter(home / "cache"))

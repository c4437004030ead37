"""How a classifier is to be trained, read from a TOML file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

DEFAULT_CONFIG: Final = Path(__file__).parent / "configs" / "default.toml"


@dataclass(frozen=True)
class Config:
    """Each field is explained in configs/default.toml."""

    folds: int
    seed: int
    tolerance: float
    min_count: int
    word_weight: float
    flag_min_lines: int
    issue_share: float
    none_share: float
    type_precision: float
    answer_min_count: int
    flag_false_alarms: Mapping[str, float]
    penalty: Mapping[str, float]
    second: Mapping[str, float]


def load_config(path: Path = DEFAULT_CONFIG) -> Config:
    """The training configuration of a TOML file."""
    return Config(**tomllib.loads(path.read_text(encoding="utf-8")))

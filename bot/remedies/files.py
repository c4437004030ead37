"""What each file of a policy may hold, as types: also the source of the editors' JSON Schemas."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal

from pydantic import Field, field_validator

from bot.remedies.numbers import DAYS_AT_MOST, Day, Hours, HoursAhead, Plain, Sentence
from bot.remedies.rights import BETTER
from bot.remedies.rulebook import (
    Bargaining,
    Defaults,
    Escalations,
    Liability,
    Limits,
    Part,
    Rate,
    Recovery,
    Rule,
    Texts,
)
from bot.remedies.verdict import RemedyKind

MOST_OPTIONS: Final = 20  # more than anybody reads

# Hours, or the end of the shop's day.
Promised = HoursAhead | Literal["today"]


class ShopFile(Part):
    """What `shop.yaml` holds."""

    version: Annotated[str, Field(min_length=1, max_length=64)]
    valid_from: Day
    rule_files: tuple[str, ...]
    platform_files: tuple[str, ...] = ()
    max_options: Annotated[int, Field(ge=1, le=MOST_OPTIONS), Plain] = 3
    defaults: Defaults = Defaults()
    limits: Limits = Limits()
    bargaining: Bargaining = Bargaining()
    rates: Mapping[str, Rate]
    within: Mapping[str, Sentence]
    promised: Mapping[str, Promised] = {}
    after_return: Mapping[str, HoursAhead] = {}
    recovery: Recovery = Recovery()
    texts: Texts
    checked: Mapping[str, tuple[Sentence, ...]]
    kind_names: Mapping[RemedyKind, Sentence]
    escalations: Escalations = Escalations()
    patient_issues: tuple[str, ...] = ()
    defers: Mapping[str, tuple[str, ...]] = {}


class LiabilityFile(Part):
    """What `liability.yaml` holds."""

    causes: Mapping[str, Sentence]
    table: Mapping[str, Liability]


class RulesFile(Part):
    """What a file of rules holds."""

    rules: tuple[Rule, ...]


class PlatformFile(Part):
    """What a platform's file holds: figures and rules that can only better the shop's."""

    name: Sentence
    orders: Annotated[
        tuple[Sentence, ...], Field(min_length=1)
    ]  # values of the orders' `platform`
    source: Sentence
    checked_on: Day
    example: bool  # 示例: shown how; to be confirmed before it is relied on
    defaults: Mapping[str, Hours] = {}
    rates: Mapping[str, Rate] = {}
    rules: tuple[Rule, ...] = ()

    @field_validator("defaults")
    @classmethod
    def _known(cls, value: Mapping[str, float]) -> Mapping[str, float]:
        unknown = next((name for name in value if name not in BETTER), None)
        if unknown is not None:
            raise ValueError(f"unknown {unknown!r}; allowed: {', '.join(sorted(BETTER))}")
        for name, figure in value.items():
            if name.endswith("_days") and figure > DAYS_AT_MOST:
                raise ValueError(f"{name}: {figure:g} is more than {DAYS_AT_MOST} days")
        return value


SCHEMAS: Final[Mapping[str, type[Part]]] = {
    "shop": ShopFile,
    "liability": LiabilityFile,
    "rules": RulesFile,
    "platform": PlatformFile,
}


def json_schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema of that kind of file, for editors."""
    schema = SCHEMAS[name].model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}

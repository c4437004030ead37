"""The evaluation as a page that can be opened anywhere: pictures, tables, every error."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from typing import Final

from nlp.evaluation import Judged, Report
from nlp.labels import ISSUE_NAMES, NONE, PRIMARIES
from nlp.pictures import STYLE, Axis, Curve, Point, confusion, curves

PAGE: Final = "report.html"
DATA: Final = "report.json"
_NAMES: Final = {**ISSUE_NAMES, NONE: "非纠纷"}
_BINS: Final = 10
_THRESHOLDS: Final = [step / 20 for step in range(20)]
_FIGURES: Final = {
    "type_macro_f1": "大类宏平均 F1", "issue_macro_f1": "问题宏平均 F1",
    "issue_micro_f1": "多标签微平均 F1", "none_f1": "非纠纷 F1", "confident_share": "有把握的比例",
    "confident_type_precision": "有把握时大类正确率", "calibration_error": "校准误差",
}  # fmt: skip
_STYLE: Final = (
    STYLE
    + """
body { margin: 0 auto; max-width: 1120px; padding: 24px 16px 64px; background: var(--paper);
  color: var(--ink); font: 15px/1.6 "PingFang SC", "Noto Sans CJK SC", sans-serif; }
h1 { margin: 0; font-size: 24px; } h2 { margin: 40px 0 12px; font-size: 18px; }
p { margin: 4px 0; color: var(--ink-2); }
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(140px, 1fr)); gap: 10px;
  margin-top: 20px; }
.figures div, .card { padding: 12px 14px; border: 1px solid var(--line); border-radius: 12px;
  background: var(--surface); }
.figures dt { color: var(--ink-2); font-size: 13px; } .figures dd { margin: 0; font-size: 22px; }
.card { overflow-x: auto; } .card svg { display: block; max-width: none; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(360px, 100%), 1fr));
  gap: 16px; }
.pair svg { width: 100%; height: auto; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 5px 10px; border-bottom: 1px solid var(--line); text-align: start; }
td.number, th.number { text-align: end; white-space: nowrap; }
"""
)


def write_report(report: Report, source: str, folder: Path) -> Path:
    """Writes report.html and report.json into the folder; returns the page's path."""
    folder.mkdir(parents=True, exist_ok=True)
    data = {**report.as_dict(), "source": source, "errors": [_error(e) for e in _errors(report)]}
    text = json.dumps(data, ensure_ascii=False, indent=1)
    (folder / DATA).write_text(text + "\n", encoding="utf-8")
    page = folder / PAGE
    page.write_text(_page(report, source), encoding="utf-8")
    return page


def _errors(report: Report) -> list[Judged]:
    """What was read wrongly, the surest mistakes first."""
    wrong = [one for one in report.judged if not one.is_right]
    return sorted(wrong, key=lambda one: -one.seen.probability)


def _error(one: Judged) -> dict[str, object]:
    return {
        "text": one.row.text,
        "issues": list(one.row.issues) or [NONE],
        "primary": one.seen.primary,
        "probability": round(one.seen.probability, 4),
        "confident": one.seen.confident,
        "ambiguous": one.row.ambiguous,
    }


def _page(report: Report, source: str) -> str:
    figures = report.as_dict()
    shown = "".join(
        f"<div><dt>{name}</dt><dd>{figures[key]:.3f}</dd></div>" for key, name in _FIGURES.items()
    )
    errors = _errors(report)
    return f"""<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>识别评测 {escape(report.artefact)}</title><style>{_STYLE}</style></head><body>
<h1>识别评测</h1>
<p>模型 {escape(report.artefact)} · 数据 {escape(source)} · {report.all.rows} 条</p>
<dl class="figures">{shown}</dl>
<h2>可靠性与取舍</h2>
<div class="pair"><div class="card">{reliability(report.judged)}</div>
<div class="card">{tradeoff(report.judged)}</div></div>
<h2>混淆矩阵（行：应为；列：判为）</h2>
<div class="card">{_confusion(report.judged)}</div>
<h2>各类成绩</h2>
<div class="card">{_classes(report)}</div>
<h2>判错的 {len(errors)} 条（最有把握的在前）</h2>
<div class="card">{_error_table(errors)}</div>
</body></html>
"""


def reliability(judged: Sequence[Judged]) -> str:
    """The reliability curve: how often each claimed certainty is right, and how often claimed."""
    bins: list[list[Judged]] = [[] for _ in range(_BINS)]
    for one in judged:
        bins[min(int(one.seen.probability * _BINS), _BINS - 1)].append(one)
    points: list[Point] = []
    bars: list[Point] = []
    for rows in filter(None, bins):
        claimed = sum(one.seen.probability for one in rows) / len(rows)
        points.append((claimed, sum(one.is_right for one in rows) / len(rows)))
        bars.append((claimed, len(rows) / len(judged)))
    lines = [
        Curve("理想", [(0, 0), (1, 1)], "var(--ink-2)", dashed=True, dotted=False),
        Curve("实际正确率", points),
        Curve("该档占比（柱）", [], "var(--bar)"),
    ]
    return curves("可靠性曲线", Axis("模型声称的概率"), Axis("正确率"), lines, bars)


def tradeoff(judged: Sequence[Judged]) -> str:
    """The threshold curve: how many rows lie above each certainty, and how many are right."""
    coverage: list[Point] = []
    types: list[Point] = []
    issues: list[Point] = []
    for threshold in _THRESHOLDS:
        above = [one for one in judged if one.seen.probability >= threshold]
        coverage.append((threshold, len(above) / len(judged)))
        if above:
            right = sum(one.is_right_type for one in above) / len(above)
            types.append((threshold, right))
            issues.append((threshold, sum(one.is_right for one in above) / len(above)))
    lines = [
        Curve("覆盖率", coverage, "var(--accent)"),
        Curve("大类正确率", types),
        Curve("问题正确率", issues, "var(--brand)", dashed=True),
    ]
    return curves("阈值曲线", Axis("概率阈值"), Axis("比例"), lines)


def _confusion(judged: Iterable[Judged]) -> str:
    counts = Counter((one.row.primary, one.seen.primary) for one in judged)
    present = {label for pair in counts for label in pair}
    labels = [label for label in PRIMARIES if label in present]
    named = {(_NAMES[row], _NAMES[column]): count for (row, column), count in counts.items()}
    return confusion("混淆矩阵", [_NAMES[label] for label in labels], named)


def _classes(report: Report) -> str:
    rows = [
        (f"{_NAMES[label]} <small>{label}</small>", f"{s.precision:.2f}", f"{s.recall:.2f}",
         f"{s.f1:.2f}", str(s.rows))
        for label, s in report.all.classes.items()
    ]  # fmt: skip
    return _table(("问题", "精确率", "召回率", "F1", "条数"), rows, numbers=4)


def _error_table(errors: Sequence[Judged]) -> str:
    rows = [
        (
            escape(one.row.text),
            "、".join(_NAMES[issue] for issue in one.row.issues or (NONE,)),
            _NAMES[one.seen.primary],
            f"{one.seen.probability:.2f}",
        )
        for one in errors
    ]
    return _table(("原文", "应为", "判为", "概率"), rows, numbers=1)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: int) -> str:
    """A table whose last columns are numbers; the cells are HTML already."""
    first = len(head) - numbers

    def line(tag: str, cells: Sequence[str]) -> str:
        looks = ("" if at < first else ' class="number"' for at in range(len(cells)))
        return "".join(
            f"<{tag}{look}>{cell}</{tag}>" for look, cell in zip(looks, cells, strict=True)
        )

    body = "".join(f"<tr>{line('td', row)}</tr>" for row in rows)
    return f"<table><thead><tr>{line('th', head)}</tr></thead><tbody>{body}</tbody></table>"

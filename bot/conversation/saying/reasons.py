"""Why a person is needed (policy §4.3), in words that staff read; the page has the same."""

REASONS = {
    "E1": "人身安全", "E2": "食品安全", "E3": "监管或法律投诉", "E4": "媒体曝光",
    "E5": "需人工审批", "E6": "反复未解决", "E7": "情绪激动", "E8": "要求人工",
    "E9": "重点照顾的顾客", "E10": "隐私或诈骗风险", "E11": "疑似假货", "E12": "需人工核查",
    "E13": "机器人拿不准", "E14": "心理危机",
}  # fmt: skip


def reason_words(reason: str) -> str:
    """Return a reason in words, or the code itself where a newer release gave it."""
    return REASONS.get(reason, reason)

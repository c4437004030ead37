// Times and sums as people read them.

const MINUTE = 60_000;
const clock = new Intl.DateTimeFormat("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });

/** Return 14:05. */
export function clockTime(at) {
  return clock.format(new Date(at));
}

/** Return 今天 14:05, 昨天 14:05 or 11月3日 14:05. */
export function dayTime(at, now = new Date()) {
  const when = new Date(at);
  const days = Math.round((midnight(now) - midnight(when)) / (24 * 60 * MINUTE));
  const day = { 0: "今天", 1: "昨天" }[days] ?? monthDay(when, now);
  return `${day} ${clockTime(when)}`;
}

function midnight(when) {
  return new Date(when.getFullYear(), when.getMonth(), when.getDate()).getTime();
}

function monthDay(when, now) {
  const year = when.getFullYear() === now.getFullYear() ? "" : `${when.getFullYear()}年`;
  return `${year}${when.getMonth() + 1}月${when.getDate()}日`;
}

/** Return how long ago: 刚刚, 8分钟, 2小时5分, 3天. */
export function lasting(since, now = Date.now()) {
  const minutes = Math.floor((now - new Date(since).getTime()) / MINUTE);
  if (minutes < 1) return "刚刚";
  if (minutes < 60) return `${minutes}分钟`;
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)}小时${minutes % 60 ? `${minutes % 60}分` : ""}`;
  return `${Math.floor(minutes / (24 * 60))}天`;
}

/** Return integer fen as ¥1,234.50. */
export function yuan(fen) {
  const sum = Number(fen) || 0;
  const whole = Math.floor(Math.abs(sum) / 100).toLocaleString("en-US");
  return `${sum < 0 ? "-" : ""}¥${whole}.${String(Math.abs(sum) % 100).padStart(2, "0")}`;
}

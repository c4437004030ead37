// Times and sums as people read them; times are the shop's, as in the bot's own words.

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const parts = new Intl.DateTimeFormat("en-CA", {
  timeZone: "Asia/Shanghai", hourCycle: "h23",
  year: "numeric", month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit",
});

function inShop(at) {
  return Object.fromEntries(parts.formatToParts(new Date(at)).map(({ type, value }) => [type, value]));
}

function midnight({ year, month, day }) {
  return Date.UTC(Number(year), Number(month) - 1, Number(day));
}

/** Return 14:05. */
export function clockTime(at) {
  const { hour, minute } = inShop(at);
  return `${hour}:${minute}`;
}

/** Return 今天 14:05, 昨天 14:05 or 11月3日 14:05. */
export function dayTime(at, now = Date.now()) {
  const when = inShop(at);
  const today = inShop(now);
  const days = (midnight(today) - midnight(when)) / DAY;
  const year = when.year === today.year ? "" : `${when.year}年`;
  const day = { 0: "今天", 1: "昨天" }[days] ?? `${year}${Number(when.month)}月${Number(when.day)}日`;
  return `${day} ${when.hour}:${when.minute}`;
}

/** Return 14:05 for today and the day with it for any other. */
export function shortTime(at) {
  return dayTime(at).replace("今天 ", "");
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

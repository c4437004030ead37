// One way to call the server: a result, a Problem it explained, or Unreachable.

const PATIENCE = 20_000; // milliseconds for an ordinary call

const WORDS = {
  400: "内容有误，请检查后再试",
  401: "登录已失效，请重新登录",
  403: "没有权限做这个操作",
  404: "没有找到相应的内容",
  409: "情况有变化，请看最新内容后再试",
  413: "文件太大了，请换一张小一点的",
  415: "不支持这种文件，请换成照片",
  429: "操作有点频繁，请稍等片刻",
};

/** The server answered, but refused; `message` is for the reader. */
export class Problem extends Error {
  constructor(status, body, retryAfter) {
    super(inWords(status, body));
    this.status = status;
    this.body = body;
    this.retryAfter = retryAfter;
  }

  /** Whether the same call may succeed later. */
  get passing() {
    return this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

/** The server gave no answer. */
export class Unreachable extends Error {
  constructor() {
    super("网络没有连上，请稍后再试");
  }
}

function inWords(status, body) {
  const told = [body?.detail, body?.title].find((text) => typeof text === "string" && isChinese(text));
  return told ?? WORDS[status] ?? (status >= 500 ? "服务暂时不可用，请稍后再试" : `操作没有成功（${status}）`);
}

function isChinese(text) {
  return /[\u4e00-\u9fff]/.test(text);
}

/** Call the server; returns the JSON body (or the Response when `raw`), else throws. */
export async function call(method, path, options = {}) {
  const { body, form, token, signal, raw, patience = PATIENCE } = options;
  const headers = {};
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const limit = limited(patience, signal);
  let response;
  try {
    response = await fetch(path, {
      method,
      headers,
      body: form ?? (body === undefined ? undefined : JSON.stringify(body)),
      signal: limit.signal,
    });
    if (response.ok) return raw ? response : await readJson(response);
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Unreachable();
  } finally {
    limit.end();
  }
  throw new Problem(
    response.status,
    await readJson(response).catch(() => null),
    Number(response.headers.get("Retry-After")) || null,
  );
}

// AbortSignal.any and .timeout say it in a line, but phones' built-in browsers lack them for years.
function limited(patience, signal) {
  const controller = new AbortController();
  const stop = () => controller.abort();
  const timer = setTimeout(stop, patience);
  signal?.addEventListener("abort", stop);
  if (signal?.aborted) stop();
  return {
    signal: controller.signal,
    end() {
      clearTimeout(timer);
      signal?.removeEventListener("abort", stop);
    },
  };
}

async function readJson(response) {
  const text = await response.text();
  return text ? JSON.parse(text) : null;
}

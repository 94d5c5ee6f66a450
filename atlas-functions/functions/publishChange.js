/** @type {typeof import("../../protocol/signature.ts").TIMESTAMP_HEADER} */
const TIMESTAMP_HEADER = "mealcast-timestamp";
/** @type {typeof import("../../protocol/signature.ts").SIGNATURE_HEADER} */
const SIGNATURE_HEADER = "mealcast-signature";

// Atlas ends a function after 300 s and bills its time; a watched hub reads the document itself within a minute.
const GIVE_UP_AFTER_MS = 60000;
const ATTEMPT_MS = 10000;
const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 5000;

// The hook takes 1 MiB. Escapes make six characters of one, so a document of a fifth of that may be too long.
const LONGEST_BODY = 1000000;

/** Posts one change event to the hook. Atlas never runs a function again, so every second chance is given here. */
exports = async function publishChange(changeEvent) {
  const hook = hookOf(changeEvent);
  const body = bodyOf(changeEvent);
  const deadline = Date.now() + GIVE_UP_AFTER_MS;
  for (let attempt = 1; ; attempt++) {
    const answer = await post(hook, body, deadline);
    if (answer.status >= 200 && answer.status < 300) return;
    const delay = backOff(attempt) + answer.waitMs;
    if (!isPassing(answer.status) || Date.now() + delay >= deadline) {
      throw new Error(`${nameOf(changeEvent)} is lost after attempt ${attempt}: ${answer.text}`);
    }
    await sleep(delay);
  }
};

/** @param {AtlasChangeEvent} changeEvent */
function hookOf(changeEvent) {
  const url = context.values.get("hookUrl");
  const secret = context.values.get("hookSecret");
  if (typeof url !== "string" || typeof secret !== "string" || !url || !secret) {
    throw new Error(`${nameOf(changeEvent)} is lost: the values hookUrl and hookSecret must be set`);
  }
  return { url, secret };
}

/**
 * The event as text; without its document where that is too long: the hook then reads the document itself.
 * @param {AtlasChangeEvent} changeEvent
 */
function bodyOf(changeEvent) {
  const body = asciiJson(changeEvent);
  if (body.length <= LONGEST_BODY) return body;
  const { fullDocument: _, ...event } = changeEvent;
  return asciiJson({ ...event, documentOmitted: true });
}

/**
 * Nothing says in which encoding Atlas signs and sends text, so the text is kept to ASCII, where all of them agree.
 * @param {object} value
 */
function asciiJson(value) {
  return EJSON.stringify(value).replace(/[\u007f-\uffff]/g, (unit) => {
    return `\\u${`000${unit.charCodeAt(0).toString(16)}`.slice(-4)}`;
  });
}

/**
 * One attempt, with its own time of signing. Status 0 is "no answer".
 * @param {{ url: string, secret: string }} hook
 * @param {string} body
 * @param {number} deadline
 */
async function post(hook, body, deadline) {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = utils.crypto.hmac(`${timestamp}.${body}`, hook.secret, "sha256", "hex");
  const request = {
    url: hook.url,
    headers: {
      "Content-Type": ["application/json"],
      [TIMESTAMP_HEADER]: [timestamp],
      [SIGNATURE_HEADER]: [signature],
    },
    body,
  };
  try {
    const limitMs = Math.max(0, Math.min(ATTEMPT_MS, deadline - Date.now()));
    const answer = await within(limitMs, context.http.post(request));
    return {
      status: answer.statusCode,
      text: `status ${answer.statusCode}`,
      waitMs: retryAfter(answer.headers),
    };
  } catch (error) {
    console.log(`No answer from the hook: ${error}`);
    return { status: 0, text: "no answer", waitMs: 0 };
  }
}

/**
 * True where another attempt may succeed: a failed connection, 408, 429 and 5xx.
 * @param {number} status
 */
function isPassing(status) {
  return status === 0 || status === 408 || status === 429 || status >= 500;
}

/**
 * Exponential, with full jitter: functions that failed together must not come back together.
 * @param {number} attempt
 */
function backOff(attempt) {
  return Math.random() * Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * Math.pow(2, attempt - 1));
}

/**
 * Milliseconds that the hook asks us to wait: seconds or a date, in a header of any case.
 * @param {Record<string, string[]>} headers
 */
function retryAfter(headers) {
  const name = Object.keys(headers || {}).find((header) => header.toLowerCase() === "retry-after");
  const value = name ? headers[name][0] : "";
  const wait = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return wait > 0 ? wait : 0;
}

/**
 * @template T
 * @param {number} limitMs
 * @param {Promise<T>} promise
 * @returns {Promise<T>}
 */
function within(limitMs, promise) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`none within ${limitMs} ms`)), limitMs);
    promise.then(resolve, reject).then(() => clearTimeout(timer));
  });
}

/**
 * @param {number} delayMs
 * @returns {Promise<void>}
 */
function sleep(delayMs) {
  return new Promise((resolve) => {
    setTimeout(resolve, delayMs);
  });
}

/**
 * Names an event for the log, without anything that people wrote.
 * @param {AtlasChangeEvent} event
 */
function nameOf(event) {
  const key = EJSON.stringify(event.documentKey);
  return `The ${event.operationType} of ${key} in ${event.ns.db}.${event.ns.coll} (${event._id._data})`;
}

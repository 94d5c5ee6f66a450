import { createHmac } from "node:crypto";

import { EJSON, type Document, type ObjectId, Timestamp } from "bson";

import type { HookAnswer, OperationType } from "../../protocol/changeEvent.ts";
import { SIGNATURE_HEADER, signedText, TIMESTAMP_HEADER } from "../../protocol/signature.ts";
import { TEST_SECRETS } from "./stack.ts";

interface PostOptions {
  readonly secret?: string;
  /** Unix time of signing, in seconds. */
  readonly signedAt?: number;
}

/** Posts a body to the hook, signed as the Atlas function signs it. */
export function postHook(url: string, body: string, options: PostOptions = {}): Promise<Response> {
  const timestamp = String(options.signedAt ?? Math.floor(Date.now() / 1000));
  const secret = options.secret ?? TEST_SECRETS.ATLAS_HOOK_SECRET;
  const signature = createHmac("sha256", secret).update(signedText(timestamp, body)).digest("hex");
  return fetch(`${url}/api/hooks/atlas`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      [TIMESTAMP_HEADER]: timestamp,
      [SIGNATURE_HEADER]: signature,
    },
    body,
  });
}

/** Posts change events and answers their outcomes. */
export async function publish(url: string, events: readonly Document[]): Promise<string[]> {
  const response = await postHook(url, EJSON.stringify(events, { relaxed: false }));
  if (!response.ok) throw new Error(`The hook answered ${response.status}: ${await response.text()}`);
  const answer = (await response.json()) as HookAnswer;
  return answer.results.map(({ outcome }) => outcome);
}

interface EventOptions {
  readonly planId: ObjectId;
  readonly seconds: number;
  readonly increment?: number;
  readonly operationType?: OperationType;
  /** `undefined` leaves the field out, as a delete does. */
  readonly fullDocument?: Document | null;
}

/** A change event of a meal plan, with a token that carries its cluster time as Atlas's do. */
export function planEvent(options: EventOptions): Document {
  const { planId, seconds, increment = 1, operationType = "update", fullDocument } = options;
  const hex = [seconds, increment].map((part) => part.toString(16).padStart(8, "0")).join("");
  return {
    _id: { _data: `82${hex}2B042C0100296E5A1004`.toUpperCase() },
    operationType,
    clusterTime: new Timestamp({ t: seconds, i: increment }),
    ns: { db: "mealcast", coll: "mealplans" },
    documentKey: { _id: planId },
    ...(fullDocument !== undefined && { fullDocument }),
  };
}

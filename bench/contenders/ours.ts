import { processTree } from "../measure/processTree.ts";
import { ServerProcess } from "../ServerProcess.ts";
import type { Contender, PlanDocument } from "./Contender.ts";
import { postHook } from "./postHook.ts";

const MS_PER_SECOND = 1000;

/** Ahead of the database's clock, so that a reconcile never finds something newer; less than what counts as foreign. */
const AHEAD_SECONDS = 30;

/** Ours: a contender that also knows whose plan it is. */
export interface Ours extends Contender {
  readonly planId: string;
  readonly userId: string;
  readonly cookie: string;
  readonly server: ServerProcess;
}

/**
 * Starts our Worker and hub. Changes come through the signed hook, as from Atlas.
 * @param env Settings of `bench/servers/ours.ts`.
 */
export async function startOurs(mongoUri: string, env: Readonly<Record<string, string>> = {}): Promise<Ours> {
  const server = await ServerProcess.start("ours", { ...env, MONGODB_URI: mongoUri });
  const { port, details } = server.served;
  const { planId = "", userId = "", cookie = "" } = details;
  return {
    name: "ours",
    pids: () => processTree(server.pid),
    request: { port, path: `/api/mealplans/updates/${planId}`, headers: { cookie } },
    publish: (document) => postHook(port, changeEvent(planId, document)),
    stop: () => server.stop(),
    planId,
    userId,
    cookie,
    server,
  };
}

/** The change event as Atlas would post it. Ids other than the plan's are written as text, which the Worker takes as well. */
function changeEvent(planId: string, { seq, json }: PlanDocument): string {
  const seconds = Math.floor(Date.now() / MS_PER_SECOND) + AHEAD_SECONDS;
  const hex = [seconds, seq].map((part) => part.toString(16).padStart(8, "0")).join("");
  const event = {
    _id: { _data: `82${hex}2B042C0100296E5A1004` },
    operationType: "update",
    ns: { db: "mealcast", coll: "mealplans" },
    documentKey: { _id: { $oid: planId } },
    clusterTime: { $timestamp: { t: seconds, i: seq } },
    wallTime: { $date: { $numberLong: String(Date.now()) } },
  };
  // The document is JSON already; with another `_id` than its key's it would be another document.
  const document = json.replace(`"_id":"${planId}"`, `"_id":{"$oid":"${planId}"}`);
  return `${JSON.stringify(event).slice(0, -1)},"fullDocument":${document}}`;
}

/** What asks for the same stream over a WebSocket. The key is any: the bench does not check the answer to it. */
const UPGRADE = {
  accept: "*/*",
  connection: "Upgrade",
  upgrade: "websocket",
  "sec-websocket-version": "13",
  "sec-websocket-key": "bWVhbGNhc3QtYmVuY2gtLQ==",
};

/** The same, watched over WebSockets. */
export function overWebSocket(ours: Ours): Ours {
  const request = { ...ours.request, headers: { ...ours.request.headers, ...UPGRADE } };
  return { ...ours, name: "ours, WebSocket", request };
}

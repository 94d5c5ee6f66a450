import { Binary, Long } from "bson";
import { compose, elementsOf, encodeWithRaw } from "../bson/rawBson.ts";
import { toTimestamp } from "../oplog/clusterTime.ts";
import type { Store } from "../storage/Store.ts";
import type { CommandReply } from "./Command.ts";

/** There are no keys here to sign cluster times with; clients hand them back as they are. */
const UNSIGNED = { hash: new Binary(Buffer.alloc(20)), keyId: Long.ZERO };

/** The bytes of an answer: its fields, `ok`, and the time, which after a write is the time of that write. */
export function finishReply(store: Store, reply: CommandReply, ok: 0 | 1): Uint8Array {
  const latest = toTimestamp(store.clock.latest);
  return compose([
    elementsOf(encodeWithRaw(reply)),
    elementsOf(
      encodeWithRaw({
        ok,
        $clusterTime: { clusterTime: latest, signature: UNSIGNED },
        operationTime: latest,
      }),
    ),
  ]);
}

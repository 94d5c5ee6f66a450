import { Binary, Long } from "bson";
import { decodeDocument } from "../bson/BsonDocument.ts";
import { compose, elementsOf, encodeWithRaw } from "../bson/rawBson.ts";
import { toTimestamp } from "../oplog/clusterTime.ts";
import type { Store } from "../storage/Store.ts";
import type { Call } from "./Call.ts";
import type { CommandReply } from "./Command.ts";
import { writeConcernError } from "./writeConcernError.ts";

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

/** Adds to a finished answer that the write concern of the call was not met, where it was not. */
export function addWriteConcernError(answer: Uint8Array, call: Call): Uint8Array {
  const error = writeConcernError(call);
  return error === null ? answer : encodeWithRaw({ ...decodeDocument(answer), ...error });
}

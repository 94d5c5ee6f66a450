import { Binary, Timestamp } from "bson";
import { z } from "zod";
import type { BsonDocument } from "../bson/BsonDocument.ts";
import { fromTimestamp, type Time } from "../oplog/clusterTime.ts";
import { anything, count, databaseName, document, flag, number, parseArguments } from "./parseArguments.ts";

const timestamp = z.custom<Timestamp>((value) => value instanceof Timestamp, "timestamp");

const sessionId = z.object({ id: z.custom<Binary>((value) => value instanceof Binary, "binData") });

const readConcern = z.strictObject({
  level: z.enum(["local", "majority", "available", "linearizable", "snapshot"]).optional(),
  afterClusterTime: timestamp.optional(),
  atClusterTime: timestamp.optional(),
  provenance: anything.optional(),
});

const writeConcern = z.strictObject({
  w: z.union([z.string(), number]).optional(),
  j: flag.optional(),
  fsync: flag.optional(),
  wtimeout: number.optional(),
  wtimeoutMS: number.optional(),
  provenance: anything.optional(),
});

/** The fields that any command may have. They are taken out before the command sees its own. */
const genericSchema = z.object({
  $db: databaseName,
  $clusterTime: z.object({ clusterTime: timestamp }).optional(),
  $readPreference: anything.optional(),
  lsid: sessionId.optional(),
  txnNumber: anything.optional(),
  autocommit: flag.optional(),
  startTransaction: flag.optional(),
  stmtId: anything.optional(),
  stmtIds: anything.optional(),
  readConcern: readConcern.optional(),
  writeConcern: writeConcern.optional(),
  maxTimeMS: count.optional(),
  comment: anything.optional(),
  apiVersion: z.literal("1").optional(),
  apiStrict: flag.optional(),
  apiDeprecationErrors: flag.optional(),
});

const GENERIC_FIELDS: ReadonlySet<string> = new Set(Object.keys(genericSchema.shape));

/** What a command says about itself, whatever it is. */
export interface GenericArguments {
  readonly database: string;
  readonly session: { readonly id: string; readonly lsid: BsonDocument } | null;
  readonly txnNumber: { readonly value: number; readonly sent: unknown } | null;
  readonly isTransaction: boolean;
  readonly startsTransaction: boolean;
  readonly isSnapshot: boolean;
  /** The level of the read concern, `null` for the default. */
  readonly readLevel: ReadLevel | null;
  readonly afterClusterTime: Time | null;
  readonly atClusterTime: Time | null;
  readonly clusterTime: Time | null;
  readonly maxTimeMS: number | null;
  readonly writeConcern: WriteConcern | null;
}

/** How sure a read has to be. */
export type ReadLevel = NonNullable<z.infer<typeof readConcern>["level"]>;

/** How many members shall have a write. */
export type WriteConcern = z.infer<typeof writeConcern>;

/** Splits a command's body into the generic fields and its own. */
export function splitGenericArguments(body: BsonDocument): {
  readonly generic: GenericArguments;
  readonly own: BsonDocument;
} {
  const parsed = parseArguments(genericSchema, body);
  const own = Object.fromEntries(Object.entries(body).filter(([name]) => !GENERIC_FIELDS.has(name)));
  const concern = parsed.readConcern;
  return {
    own,
    generic: {
      database: parsed.$db,
      session: parsed.lsid === undefined ? null : toSession(parsed.lsid.id, body["lsid"]),
      txnNumber: parsed.txnNumber === undefined ? null : toTxnNumber(parsed.txnNumber),
      isTransaction: parsed.autocommit === false,
      startsTransaction: parsed.startTransaction === true,
      isSnapshot: concern?.level === "snapshot",
      readLevel: concern?.level ?? null,
      afterClusterTime: toTime(concern?.afterClusterTime),
      atClusterTime: toTime(concern?.atClusterTime),
      clusterTime: toTime(parsed.$clusterTime?.clusterTime),
      writeConcern: parsed.writeConcern ?? null,
      maxTimeMS: parsed.maxTimeMS === undefined || parsed.maxTimeMS === 0 ? null : parsed.maxTimeMS,
    },
  };
}

function toSession(id: Binary, lsid: unknown): GenericArguments["session"] {
  return { id: id.toString("hex"), lsid: parseArguments(document, lsid as BsonDocument) };
}

function toTxnNumber(sent: unknown): GenericArguments["txnNumber"] {
  return { value: count.parse(sent), sent };
}

function toTime(value: Timestamp | undefined): Time | null {
  return value === undefined ? null : fromTimestamp(value);
}

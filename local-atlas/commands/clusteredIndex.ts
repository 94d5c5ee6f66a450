import { z } from "zod";
import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { isNumeric, toNumber } from "../bson/numbers.ts";
import { CommandError } from "../errors/CommandError.ts";
import { document, flag, number, parseArguments } from "./parseArguments.ts";

const schema = z.strictObject({
  clusteredIndex: z.strictObject({
    key: document,
    unique: flag,
    name: z.string().min(1).optional(),
    v: number.optional(),
  }),
});

/**
 * The `clusteredIndex` of a `create` as it is kept, `undefined` for none; throws what the server says of one that it would
 * not make. `sent` are the fields of the `create`.
 */
export function clusteredIndexOf(sent: BsonDocument): BsonDocument | undefined {
  const { clusteredIndex: given, expireAfterSeconds } = sent;
  if (given === undefined || given === false) {
    if (expireAfterSeconds === undefined) return undefined;
    throw new CommandError(
      "InvalidOptions",
      "'expireAfterSeconds' is only supported on time-series collections or when the 'clusteredIndex' option is specified",
    );
  }
  if (given === true)
    throw new CommandError(5979703, "The clusteredIndex option must be an object for this collection");
  checkCompany(sent);
  const { clusteredIndex } = parseArguments(schema, { clusteredIndex: given });
  checkSpec(clusteredIndex);
  checkExpiry(expireAfterSeconds);
  return { v: 2, key: clusteredIndex.key, name: clusteredIndex.name ?? "_id_", unique: true };
}

/** Options that a clustered collection cannot have, by the code of their refusal. */
const REFUSED_OPTIONS: readonly (readonly [string, number])[] = [
  ["viewOn", 6026500],
  ["size", 6049200],
  ["max", 6049204],
  ["capped", 6127800],
];

function checkCompany(sent: BsonDocument): void {
  for (const [name, code] of REFUSED_OPTIONS) {
    if (sent[name] === undefined || sent[name] === false) continue;
    throw new CommandError(code, `The '${name}' option is not allowed with the 'clusteredIndex' option`);
  }
  if (sent["autoIndexId"] === false)
    throw new CommandError(6026501, "The 'clusteredIndex' option does not support {autoIndexId: false}");
}

function checkSpec({ key, unique, v }: z.infer<typeof schema>["clusteredIndex"]): void {
  if (!unique)
    throw new CommandError(5979700, "The clusteredIndex option requires unique: true to be specified");
  const names = Object.keys(key);
  if (names.join() !== "_id" || !isNumeric(key["_id"]) || toNumber(key["_id"]) !== 1) {
    throw new CommandError(
      "InvalidIndexSpecificationOption",
      "The clusteredIndex option is only supported for key: {_id: 1}",
    );
  }
  if (v !== undefined && v !== 2)
    throw new CommandError(5979704, "Invalid 'v' of the clusteredIndex option: only 2 is allowed");
}

function checkExpiry(seconds: unknown): void {
  if (seconds === undefined || (isNumeric(seconds) && toNumber(seconds) >= 0)) return;
  throw new CommandError(
    "InvalidOptions",
    "'expireAfterSeconds' cannot be negative or anything but a number",
  );
}

/** True for the key that a clustered index has. */
export function isIdKey(key: unknown): boolean {
  return isDocument(key) && Object.keys(key).join() === "_id" && Number(key["_id"]) === 1;
}

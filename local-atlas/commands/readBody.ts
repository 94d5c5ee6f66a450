import { type BsonDocument, decodeCommand, decodeDocument } from "../bson/BsonDocument.ts";
import { CommandError } from "../errors/CommandError.ts";
import { checkMessageNesting } from "../errors/checkNesting.ts";
import type { CommandMessage } from "../wire/message.ts";

/** The arrays whose documents are stored as they came, so they are not taken apart. */
const STORED_AS_SENT: Readonly<Record<string, readonly string[]>> = { insert: ["documents"] };
const FIRST_NAME = 5;

/** Reads a command's body and puts the documents that came beside it in their places. */
export function readBody(message: CommandMessage): BsonDocument {
  const raw = STORED_AS_SENT[commandName(message.body)] ?? [];
  checkMessageNesting(message.body);
  const body = raw.length === 0 ? decodeDocument(message.body) : decodeCommand(message.body, raw);
  for (const [name, documents] of message.sequences) {
    if (Object.hasOwn(body, name)) throw new CommandError("FailedToParse", `'${name}' is there twice`);
    for (const part of documents) checkMessageNesting(part);
    body[name] = raw.includes(name) ? documents : documents.map(decodeDocument);
  }
  return message.isLegacy ? { ...body, $db: "admin" } : body;
}

/** A command is named by its first field. */
function commandName(body: Uint8Array): string {
  const end = body.indexOf(0, FIRST_NAME);
  return Buffer.from(body.subarray(FIRST_NAME, end === -1 ? FIRST_NAME : end)).toString("utf8");
}

import { MAX_MESSAGE_SIZE } from "./limits.ts";

/** The kinds of message that we read. */
const OP_CODES = { reply: 1, query: 2004, msg: 2013 } as const;

/** Flags of an OP_MSG. The lower 16 bits must be understood, the upper ones need not. */
const FLAGS = { checksumPresent: 1 << 0, moreToCome: 1 << 1 } as const;
const REQUIRED_FLAGS = 0xffff;
const HEADER_SIZE = 16;
const CHECKSUM_SIZE = 4;
const MIN_DOCUMENT_SIZE = 5;

/** The header of every message. */
export interface MessageHeader {
  /** Of the whole message, in bytes. */
  readonly size: number;
  readonly requestId: number;
  readonly opCode: number;
}

/** A command as it came: its body, and the documents that were sent beside it. */
export interface CommandMessage {
  readonly requestId: number;
  /** The body's BSON. */
  readonly body: Uint8Array;
  /** Documents sent in sequences of their own, as BSON by the name of the field that they stand for. */
  readonly sequences: ReadonlyMap<string, readonly Uint8Array[]>;
  /** False when the client wants no answer. */
  readonly wantsReply: boolean;
  /** True for the old OP_QUERY, which is answered with the old OP_REPLY. */
  readonly isLegacy: boolean;
}

/** A message that cannot be read: the connection is closed, since nothing after it can be trusted. */
export class ProtocolError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "ProtocolError";
  }
}

/** Reads the header at the beginning of some bytes, `null` when they are too few. */
export function readHeader(bytes: Buffer): MessageHeader | null {
  if (bytes.length < HEADER_SIZE) return null;
  const size = bytes.readInt32LE(0);
  if (size < HEADER_SIZE || size > MAX_MESSAGE_SIZE) {
    throw new ProtocolError(`a message of ${size} bytes is not allowed`);
  }
  return { size, requestId: bytes.readInt32LE(4), opCode: bytes.readInt32LE(12) };
}

/** Reads a whole message; throws `ProtocolError`. */
export function readMessage(header: MessageHeader, message: Buffer): CommandMessage {
  if (header.opCode === OP_CODES.msg) return readMsg(header, message);
  if (header.opCode === OP_CODES.query) return readQuery(header, message);
  throw new ProtocolError(`op code ${header.opCode} is not supported`);
}

/** Writes an answer: OP_MSG, or OP_REPLY to who asked by OP_QUERY. */
export function writeReply(
  requestId: number,
  responseTo: number,
  isLegacy: boolean,
  body: Uint8Array,
): Buffer {
  const lead = isLegacy ? legacyReplyLead() : Buffer.alloc(5);
  const header = Buffer.alloc(HEADER_SIZE);
  header.writeInt32LE(HEADER_SIZE + lead.length + body.length, 0);
  header.writeInt32LE(requestId, 4);
  header.writeInt32LE(responseTo, 8);
  header.writeInt32LE(isLegacy ? OP_CODES.reply : OP_CODES.msg, 12);
  return Buffer.concat([header, lead, body]);
}

function legacyReplyLead(): Buffer {
  const lead = Buffer.alloc(20);
  lead.writeInt32LE(8, 0);
  lead.writeInt32LE(1, 16);
  return lead;
}

function readMsg(header: MessageHeader, message: Buffer): CommandMessage {
  if (message.length < HEADER_SIZE + 4) throw new ProtocolError("an OP_MSG is too short");
  const flags = message.readUInt32LE(HEADER_SIZE);
  if ((flags & REQUIRED_FLAGS & ~(FLAGS.checksumPresent | FLAGS.moreToCome)) !== 0) {
    throw new ProtocolError(`OP_MSG flags ${flags.toString(16)} are not known`);
  }
  const end = message.length - ((flags & FLAGS.checksumPresent) === 0 ? 0 : CHECKSUM_SIZE);
  const sections = readSections(message.subarray(HEADER_SIZE + 4, end));
  return {
    ...sections,
    requestId: header.requestId,
    wantsReply: (flags & FLAGS.moreToCome) === 0,
    isLegacy: false,
  };
}

function readSections(bytes: Buffer): Pick<CommandMessage, "body" | "sequences"> {
  const sequences = new Map<string, readonly Uint8Array[]>();
  let body: Uint8Array | null = null;
  let offset = 0;
  while (offset < bytes.length) {
    const kind = bytes.readUInt8(offset);
    const section = sizedAt(bytes, offset + 1);
    offset += 1 + section.length;
    if (kind === 0 && body === null) body = section;
    else if (kind === 1) addSequence(sequences, section);
    else throw new ProtocolError(`an OP_MSG section of kind ${kind} is not expected here`);
  }
  if (body === null) throw new ProtocolError("an OP_MSG has no body");
  return { body, sequences };
}

function addSequence(sequences: Map<string, readonly Uint8Array[]>, section: Buffer): void {
  const nameEnd = section.indexOf(0, 4);
  if (nameEnd === -1) throw new ProtocolError("a document sequence has no name");
  const name = section.toString("utf8", 4, nameEnd);
  if (sequences.has(name)) throw new ProtocolError(`the document sequence ${name} is there twice`);
  const documents: Buffer[] = [];
  let offset = nameEnd + 1;
  while (offset < section.length) {
    const document = sizedAt(section, offset);
    documents.push(document);
    offset += document.length;
  }
  sequences.set(name, documents);
}

/** What begins with its own size: a BSON document or a section. */
function sizedAt(bytes: Buffer, offset: number): Buffer {
  const size = offset + 4 <= bytes.length ? bytes.readInt32LE(offset) : 0;
  if (size < MIN_DOCUMENT_SIZE || offset + size > bytes.length) {
    throw new ProtocolError(`a part of ${size} bytes does not fit its message`);
  }
  return bytes.subarray(offset, offset + size);
}

/** The old form is only good for saying hello. */
function readQuery(header: MessageHeader, message: Buffer): CommandMessage {
  const nameEnd = message.indexOf(0, HEADER_SIZE + 4);
  if (nameEnd === -1) throw new ProtocolError("an OP_QUERY has no collection");
  if (!message.toString("utf8", HEADER_SIZE + 4, nameEnd).endsWith(".$cmd")) {
    throw new ProtocolError("OP_QUERY is supported for hello only");
  }
  return {
    requestId: header.requestId,
    body: sizedAt(message, nameEnd + 1 + 8),
    sequences: new Map(),
    wantsReply: true,
    isLegacy: true,
  };
}

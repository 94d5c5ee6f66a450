import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { deserialize, type Document, serialize } from "bson";

const OP_MSG = 2013;

/** A message of the wire protocol; `size` is what its header claims. */
export function frame(opCode: number, content: Uint8Array, size = 16 + content.length): Buffer {
  const header = Buffer.alloc(16);
  header.writeInt32LE(size, 0);
  header.writeInt32LE(77, 4);
  header.writeInt32LE(opCode, 12);
  return Buffer.concat([header, content]);
}

/** An OP_MSG of some sections. */
export function message(
  sections: readonly Uint8Array[],
  flags = 0,
  tail: Uint8Array = Buffer.alloc(0),
): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32LE(flags);
  return frame(OP_MSG, Buffer.concat([head, ...sections, tail]));
}

/** The section that holds a command. */
export function body(document: Document): Buffer {
  return Buffer.concat([Buffer.from([0]), serialize(document)]);
}

/** A section of documents beside the command. */
export function sequence(name: string, documents: readonly Document[]): Buffer {
  const content = Buffer.concat([
    Buffer.from(`${name}\0`),
    ...documents.map((document) => serialize(document)),
  ]);
  const head = Buffer.alloc(5);
  head.writeUInt8(1);
  head.writeInt32LE(content.length + 4, 1);
  return Buffer.concat([head, content]);
}

/** A connection to a port of this machine. */
export async function openSocket(port: number): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  return socket;
}

/** Reads one whole answer, of an OP_MSG or an OP_REPLY. */
export async function readAnswer(socket: Socket): Promise<Document> {
  let bytes = Buffer.alloc(0);
  while (bytes.length < 4 || bytes.length < bytes.readInt32LE(0)) {
    const [chunk] = (await once(socket, "data")) as [Buffer];
    bytes = Buffer.concat([bytes, chunk]);
  }
  return deserialize(bytes.subarray(bytes.readInt32LE(12) === 1 ? 36 : 21));
}

/** Sends bytes on a connection of their own and gives the answer. */
export async function ask(port: number, bytes: Buffer): Promise<Document> {
  const socket = await openSocket(port);
  socket.write(bytes);
  const reply = await readAnswer(socket);
  socket.destroy();
  return reply;
}

import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { z } from "zod";

/** Where a Worker sends its mails on this machine, and with which token. */
export interface MailCatcher extends AsyncDisposable {
  readonly url: string;
  readonly token: string;
}

const mailSchema = z.strictObject({
  to: z.string().regex(/^[^\r\n]+$/),
  subject: z.string().regex(/^[^\r\n]+$/),
  text: z.string(),
});

type Mail = z.output<typeof mailSchema>;

/**
 * Takes the mails that would be sent, and writes each to a file that a mail program can open.
 * @param folder absolute; it is made for the first mail. Files that are there already stay.
 */
export async function startMailCatcher(folder: string): Promise<MailCatcher> {
  const token = randomBytes(16).toString("hex");
  let count = 0;
  const server = createServer((request, response) => {
    accept(request, token, (mail) => write(folder, ++count, mail)).then(
      (status) => response.writeHead(status).end(),
      (error: unknown) => {
        console.error(`A mail could not be kept: ${String(error)}`);
        response.writeHead(500).end();
      },
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { url: `http://127.0.0.1:${portOf(server)}`, token, [Symbol.asyncDispose]: () => close(server) };
}

/** Answers the status of the answer. */
async function accept(
  request: IncomingMessage,
  token: string,
  keep: (mail: Mail) => Promise<void>,
): Promise<number> {
  if (request.headers.authorization !== `Bearer ${token}`) return 401;
  const { data } = mailSchema.safeParse(parseJson(await text(request)));
  if (!data) return 400;
  await keep(data);
  return 202;
}

async function write(folder: string, count: number, mail: Mail): Promise<void> {
  const now = new Date();
  const name = `${now.toISOString().replaceAll(/[:.]/g, "-")}-${count}.eml`;
  const head = [
    `Date: ${now.toUTCString()}`,
    `To: ${mail.to}`,
    `Subject: ${mail.subject}`,
    "Content-Type: text/plain; charset=utf-8",
  ];
  await mkdir(folder, { recursive: true });
  // Codes and links are in it.
  await writeFile(join(folder, name), `${head.join("\n")}\n\n${mail.text}`, { mode: 0o600, flag: "wx" });
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

async function close(server: Server): Promise<void> {
  server.close();
  server.closeAllConnections();
  await once(server, "close");
}

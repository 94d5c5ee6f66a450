import { DurableObject } from "cloudflare:workers";

import { KINDS } from "./openStream.ts";

const encoder = new TextEncoder();

/**
 * The bare limit: a Durable Object that writes what it is given to every open stream and does nothing else. No log, no
 * access, no heartbeat. `kind` in the address chooses the kind of stream, so that kinds can be compared.
 */
export class BareHub extends DurableObject {
  readonly #writes = new Set<(bytes: Uint8Array) => void>();
  #seq = 0;

  override async fetch(request: Request): Promise<Response> {
    if (request.method === "POST") return this.#publish(await request.text());
    const open = KINDS[new URL(request.url).searchParams.get("kind") ?? "sized"];
    if (!open) return new Response("no such kind", { status: 400 });
    const { body, write } = open(() => this.#writes.delete(write));
    this.#writes.add(write);
    write(encoder.encode("retry: 2000\n\n"));
    return new Response(body, { headers: { "content-type": "text/event-stream" } });
  }

  #publish(data: string): Response {
    const bytes = encoder.encode(`id: bare-${++this.#seq}\ndata: ${data}\n\n`);
    for (const write of this.#writes) write(bytes);
    return new Response(null, { status: 204 });
  }
}

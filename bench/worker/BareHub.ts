import { DurableObject } from "cloudflare:workers";

import { KINDS } from "./openStream.ts";
import { Tee } from "./Tee.ts";

const encoder = new TextEncoder();

/** How many are written to before the runtime gets to send it: what did best. */
const AT_ONCE = 100;

/**
 * The bare limit: a Durable Object that writes what it is given to every open stream and does nothing else. No log, no
 * access, no heartbeat. `kind` and `atOnce` in the address choose the kind of stream and the order of work, so that they can be compared.
 */
export class BareHub extends DurableObject {
  readonly #writes = new Set<(bytes: Uint8Array) => void>();
  #tee: Tee | null = null;
  #seq = 0;

  override async fetch(request: Request): Promise<Response> {
    const options = new URL(request.url).searchParams;
    if (request.method === "POST") {
      return this.#publish(await request.text(), Number(options.get("atOnce") ?? AT_ONCE));
    }
    return this.#open(options.get("kind") ?? "sized");
  }

  #open(kind: string): Response {
    const open = KINDS[kind];
    if (!open && kind !== "tee") return new Response("no such kind", { status: 400 });
    const stream = open?.(() => this.#writes.delete(stream.write)) ?? (this.#tee ??= new Tee()).open();
    this.#writes.add(stream.write);
    if (open) stream.write(encoder.encode("retry: 2000\n\n"));
    return new Response(stream.body, { headers: { "content-type": "text/event-stream" } });
  }

  #publish(data: string, atOnce: number): Response {
    const bytes = encoder.encode(`id: bare-${++this.#seq}\ndata: ${data}\n\n`);
    this.ctx.waitUntil(this.#writeAll(bytes, atOnce));
    return new Response(null, { status: 204 });
  }

  /** The runtime sends nothing while this works: whoever is first would wait for the last one's turn. */
  async #writeAll(bytes: Uint8Array, atOnce: number): Promise<void> {
    let written = 0;
    for (const write of this.#writes) {
      write(bytes);
      if (++written % atOnce === 0) await scheduler.wait(0);
    }
  }
}

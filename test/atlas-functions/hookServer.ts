import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** How the hook treats one request: a status, a connection cut without a word, or silence. */
export type Treatment =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  | "cut"
  | "silence";

export interface Post {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A real hook on loopback that treats its requests as told, then accepts all that follow. */
export interface HookServer extends AsyncDisposable {
  readonly url: string;
  readonly posts: readonly Post[];
  /** Resolves when that many requests have come. */
  received(count: number): Promise<void>;
}

/** @param onSilence is told of each request that gets no answer. */
export async function startHookServer(
  treatments: readonly Treatment[] = [],
  onSilence: () => void = () => undefined,
): Promise<HookServer> {
  const posts: Post[] = [];
  const waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  const server = createServer((request, response) => void serve(request, response));

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const treatment = treatments[posts.length] ?? { status: 200 };
    posts.push({ headers: request.headers, body: await text(request) });
    if (treatment === "silence") onSilence();
    else if (treatment === "cut") request.socket.destroy();
    else response.writeHead(treatment.status, treatment.headers).end();
    for (const waiter of waiting) if (posts.length >= waiter.count) waiter.resolve();
  }

  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/hooks/atlas`,
    posts,
    received(count) {
      if (posts.length >= count) return Promise.resolve();
      return new Promise((resolve) => {
        waiting.push({ count, resolve });
      });
    },
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => {
        server.close(resolve);
      });
      // Afterwards: a connection that came in between would be waited for.
      server.closeAllConnections();
      await closed;
    },
  };
}

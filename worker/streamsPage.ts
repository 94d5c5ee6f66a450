import { html } from "hono/html";

import type { LiveRequest } from "./appContext.ts";
import type { ListedStream } from "./listedStream.ts";

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 46rem; margin: 3rem auto; padding: 0 1.25rem; }
h1 { font-size: 1.6rem; margin-bottom: 0.25rem; }
section { border: 1px solid color-mix(in srgb, currentColor 18%, transparent); border-radius: 10px; padding: 1rem 1.25rem; margin: 1.25rem 0; }
h2 { font-size: 1.15rem; margin: 0; display: flex; gap: 0.75rem; align-items: baseline; }
h2 small { font-weight: 400; opacity: 0.7; font-size: 0.875rem; }
pre { overflow-x: auto; padding: 0.75rem 1rem; border-radius: 6px; background: color-mix(in srgb, currentColor 7%, transparent); font-size: 0.875rem; }
dt { font-weight: 600; }
dd { margin: 0 0 0.5rem; }
`;

/** The page of the streams, for a developer who opens it first. It needs no script. */
export async function streamsPage(
  c: LiveRequest,
  streams: readonly ListedStream[],
  referencePath: string | null,
): Promise<Response> {
  const { origin } = new URL(c.req.url);
  const nonce = crypto.randomUUID();
  c.header(
    "content-security-policy",
    `default-src 'none'; style-src 'nonce-${nonce}'; frame-ancestors 'none'`,
  );
  c.header("vary", "Accept, Cookie");
  return c.html(
    html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width" />
          <title>Streams</title>
          <style nonce="${nonce}">
            ${STYLE}
          </style>
        </head>
        <body>
          <h1>Streams</h1>
          <p>What you may watch here. Each address answers server-sent events, a WebSocket, or JSON.</p>
          ${
            referencePath === null
              ? ""
              : html`<p>
                  Their events, and the rest of the API: <a href="${referencePath}">the reference</a>.
                </p>`
          }
          ${streams.length === 0 ? html`<p>None, as long as you are not signed in.</p>` : ""}
          ${streams.map((stream) => section(stream, origin))}
        </body>
      </html>`,
  );
}

function section({ name, kind, url, variables, accepts, watchers }: ListedStream, origin: string) {
  const names = Object.keys(variables);
  return html`<section>
    <h2>${name} <small>${kind}, ${watchers} watching</small></h2>
    <pre>curl -N '${origin}${url}'</pre>
    <dl>
      ${
        names.length > 0
          ? html`<dt>Variables</dt>
              <dd>${names.join(", ")}</dd>`
          : ""
      }
      ${
        accepts
          ? html`<dt>Takes</dt>
              <dd><code>POST</code> of ${JSON.stringify(accepts)}</dd>`
          : ""
      }
    </dl>
  </section>`;
}

import type { Subscription } from "../protocol/subscription.ts";
import { isPublic } from "../streams/declare/readers.ts";
import type { Stream } from "../streams/declare/Stream.ts";
import type { LiveRequest } from "./appContext.ts";
import { unwrap } from "./errors.ts";
import { etagOf, isKnown } from "./etag.ts";
import { askHub } from "./hubClient.ts";

/** Answers with what a topic holds now, `{"id", "items"}`; 304 when that is what the client has already. */
export async function contentsResponse(
  c: LiveRequest,
  stream: Stream,
  topic: string,
  subscription: Subscription,
): Promise<Response> {
  const { id, items } = unwrap(await askHub(c.env, topic, async (hub) => hub.contents(subscription)));
  const body = `{"id":${JSON.stringify(id)},"items":${items}}`;
  const headers = {
    etag: await etagOf(body),
    "cache-control": isPublic(stream) ? "public, no-cache" : "private, no-cache",
    vary: "Accept, Cookie",
  };
  if (isKnown(c.req.header("if-none-match"), headers.etag))
    return new Response(null, { status: 304, headers });
  return new Response(body, { headers: { ...headers, "content-type": "application/json" } });
}

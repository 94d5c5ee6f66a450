import * as z from "zod";

import { METRICS_NAMES } from "../protocol/metricsName.ts";
import type { Stream } from "../streams/declare/Stream.ts";
import type { TopicRule } from "../streams/declare/topics.ts";
import type { Accounts } from "./Accounts.ts";
import type { LiveRequest } from "./appContext.ts";
import type { ListedStream } from "./listedStream.ts";
import { streamsPage } from "./streamsPage.ts";

/** Answers with the streams that the caller may open: as JSON, or as a page for whoever browses. */
export async function listStreams(
  c: LiveRequest,
  streams: readonly Stream[],
  accounts: Accounts,
  referencePath: string | null,
): Promise<Response> {
  const [identity, watchers] = await Promise.all([accounts.identify(c), watchersOf(c)]);
  const listed = streams
    .filter((stream) => mayOpen(stream, identity !== null))
    .map((stream) => describe(stream, watchers.get(stream.name) ?? 0));
  const wantsPage = c.req.header("accept")?.includes("text/html") ?? false;
  return wantsPage ? streamsPage(c, listed, referencePath) : c.json(listed);
}

/** Which of a stream's topics somebody may open is for their hubs to say. */
function mayOpen({ readers }: Stream, isSignedIn: boolean): boolean {
  return readers.some(({ by }) => by === "anyone" || (isSignedIn && by !== "shareLinks"));
}

function describe({ name, kind, topic, variables, accepts }: Stream, watchers: number): ListedStream {
  return {
    name,
    kind,
    url: `/api/streams/${name}${keyPlace(topic)}`,
    variables: z.toJSONSchema(variables, { unrepresentable: "any", io: "input" }).properties ?? {},
    accepts: accepts && z.toJSONSchema(accepts, { unrepresentable: "any", io: "input" }),
    watchers,
  };
}

function keyPlace(topic: TopicRule): string {
  if (topic.by === "everything") return "";
  return topic.by === "id" ? "/{_id}" : `/{${topic.field}}`;
}

async function watchersOf(c: LiveRequest): Promise<ReadonlyMap<string, number>> {
  const shards = await Promise.all(METRICS_NAMES.map((name) => c.env.METRICS.getByName(name).watchers()));
  const sums = new Map<string, number>();
  for (const { stream, watchers } of shards.flat()) sums.set(stream, (sums.get(stream) ?? 0) + watchers);
  return sums;
}

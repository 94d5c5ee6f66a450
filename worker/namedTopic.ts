import type { Stream } from "../streams/declare/Stream.ts";
import { EVERYTHING_KEY } from "../streams/declare/topics.ts";
import type { LiveRequest } from "./appContext.ts";
import { ProblemError } from "./errors.ts";

/** A topic of a declared stream. */
export interface NamedTopic {
  readonly stream: Stream;
  readonly key: string;
}

/** The topic that the path `/:name/:key?` names. @throws ProblemError `not-found`, `invalid-id`. */
export function namedTopic(c: LiveRequest, streams: readonly Stream[]): NamedTopic {
  const stream = streams.find(({ name }) => name === c.req.param("name"));
  if (!stream) throw new ProblemError("not-found");
  return { stream, key: keyIn(stream, c.req.param("key")) };
}

function keyIn({ topic }: Stream, text: string | undefined): string {
  if (topic.by === "everything") {
    if (text === undefined || text === EVERYTHING_KEY) return EVERYTHING_KEY;
    throw new ProblemError("not-found");
  }
  const key = text === undefined ? null : topic.key.parse(text);
  if (key === null) throw new ProblemError("invalid-id", { detail: "The key of the topic is none" });
  return key;
}

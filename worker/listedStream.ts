import type { StreamKind } from "../streams/declare/Stream.ts";

/** A stream as `GET /api/streams` lists it. */
export interface ListedStream {
  readonly name: string;
  readonly kind: StreamKind;
  /** Where its topics are; `{…}` stands for the key of one. */
  readonly url: string;
  /** What may be asked for in the query, as JSON Schema by name. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** What may be posted to a topic, as JSON Schema; `null` for nothing. */
  readonly accepts: unknown;
  /** Streams that are open now, over all its topics. */
  readonly watchers: number;
}

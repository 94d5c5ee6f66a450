import type { Stream } from "./Stream.ts";

/** The name of a topic, and so of its hub: `<stream>/<key>`. */
export function topicName(stream: Stream, key: string): string {
  return `${stream.name}/${key}`;
}

/** Finds the stream and the key in the name of a topic; `null` when no such stream is declared. */
export function parseTopicName(
  streams: readonly Stream[],
  topic: string,
): { readonly stream: Stream; readonly key: string } | null {
  const slash = topic.indexOf("/");
  const stream = streams.find(({ name }) => name === topic.slice(0, slash));
  return stream ? { stream, key: topic.slice(slash + 1) } : null;
}

import type { Stream } from "../streams/declare/Stream.ts";
import { shownUri } from "./shownUri.ts";

/** A document to insert. */
type Sample = Readonly<Record<string, unknown>>;

/** What to try in a terminal, for whoever has started an example. */
export function exampleWelcome(
  streams: readonly Stream[],
  sample: Sample,
  mongodbUri: string,
  origin: string,
): string {
  const collections = new Set(streams.map(({ collection }) => collection));
  return [
    `The page: ${origin}`,
    `The streams: ${origin}/api/streams`,
    `The database: ${shownUri(mongodbUri)}`,
    "",
    "In other terminals, watch",
    "",
    ...streams.map((stream) => `  curl -N ${topicUrl(stream, sample, origin)}`),
    "",
    "insert into the database",
    "",
    ...[...collections].map((collection) => mongoshLine(collection, sample, mongodbUri)),
    "",
    "or through the stream's own route",
    "",
    ...streams.filter(({ accepts }) => accepts).map((stream) => postLine(stream, sample, origin)),
    "",
    "Ctrl-C stops everything.",
  ].join("\n");
}

function mongoshLine(collection: string, sample: Sample, mongodbUri: string): string {
  return `  npm run mongosh -- "${shownUri(mongodbUri)}" --eval 'db.${collection}.insertOne(${JSON.stringify(sample)})'`;
}

/** The field that names the topic is in the address, and not in what is posted. */
function postLine(stream: Stream, sample: Sample, origin: string): string {
  const { topic } = stream;
  const posted = Object.entries(sample).filter(([field]) => topic.by !== "field" || topic.field !== field);
  const json = JSON.stringify(Object.fromEntries(posted));
  return `  curl -H 'content-type: application/json' ${topicUrl(stream, sample, origin)} -d '${json}'`;
}

function topicUrl({ name, topic }: Stream, sample: Sample, origin: string): string {
  const url = `${origin}/api/streams/${name}`;
  if (topic.by === "everything") return url;
  return topic.by === "field" ? `${url}/${String(sample[topic.field])}` : `${url}/<_id>`;
}

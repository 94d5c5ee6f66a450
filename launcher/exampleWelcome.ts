import type { Stream } from "../streams/declare/Stream.ts";
import { shownUri } from "./shownUri.ts";

/** What to try in a terminal, for whoever has started an example. @param sample A document to insert. */
export function exampleWelcome(
  streams: readonly Stream[],
  sample: object,
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
    ...streams.map(({ name }) => `  curl -N ${origin}/api/streams/${name}`),
    "",
    "insert into the database",
    "",
    ...[...collections].map((collection) => mongoshLine(collection, sample, mongodbUri)),
    "",
    "or through the stream's own route",
    "",
    ...streams.filter(({ accepts }) => accepts).map(({ name }) => postLine(name, sample, origin)),
    "",
    "Ctrl-C stops everything.",
  ].join("\n");
}

function mongoshLine(collection: string, sample: object, mongodbUri: string): string {
  return `  npm run mongosh -- "${shownUri(mongodbUri)}" --eval 'db.${collection}.insertOne(${JSON.stringify(sample)})'`;
}

function postLine(name: string, sample: object, origin: string): string {
  return `  curl -H 'content-type: application/json' ${origin}/api/streams/${name} -d '${JSON.stringify(sample)}'`;
}

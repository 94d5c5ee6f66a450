import { contentHash } from "./contentHash.ts";

/** Few, because each holds connections of its own; more than one, because each works alone. */
const DATABASE_OBJECTS = 2;

/** The name of the `Database` object that serves a key (a user's, household's or plan's id). */
export function databaseName(key: string): string {
  return `database-${Number.parseInt(contentHash(key).slice(-4), 16) % DATABASE_OBJECTS}`;
}

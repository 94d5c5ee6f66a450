import { contentHash } from "./contentHash.ts";

/** Few, because each holds connections of its own; more than one, because each works alone. */
const DATABASE_OBJECTS = 2;

/** What finds a `Database` object: a namespace of objects, and where new ones are to be. */
interface DatabaseBindings<Stub, Location extends string> {
  readonly DATABASES: {
    getByName(name: string, options?: { readonly locationHint?: Location }): Stub;
  };
  /** A location hint near the cluster; the platform chooses when it is not set. */
  readonly DATABASE_LOCATION?: string;
}

/** The `Database` object that serves a key: the id of the user, household or plan that a query is about. */
export function databaseFor<Stub, Location extends string>(
  { DATABASES, DATABASE_LOCATION }: DatabaseBindings<Stub, Location>,
  key: string,
): Stub {
  const number = Number.parseInt(contentHash(key).slice(-4), 16) % DATABASE_OBJECTS;
  // Operators copy the hint from Cloudflare's list, which is longer than the one that the types know.
  return DATABASES.getByName(
    `database-${number}`,
    DATABASE_LOCATION ? { locationHint: DATABASE_LOCATION as Location } : {},
  );
}

import { resolve } from "node:path";
import { z } from "zod";

/** 0 takes any free port. */
const port = z.coerce.number("must be a port").int("must be a port").min(0).max(65_535);

const schema = z.object({
  MONGODB_PORT: port.default(27017),
  DATA_DIR: z.string().min(1, "must be a folder").default(".data/database"),
});

/** Where the database listens, and the folder that holds its data (absolute). */
export interface Settings {
  readonly port: number;
  readonly dataDir: string;
}

/** Why the database cannot start, in one sentence that says what to do. */
export class StartError extends Error {
  override readonly name = "StartError";
}

/** Reads the environment; a relative DATA_DIR starts at `root`. Throws `StartError` that names what is wrong. */
export function readSettings(env: Readonly<Record<string, string | undefined>>, root: string): Settings {
  const parsed = schema.safeParse(env);
  if (parsed.success) {
    return { port: parsed.data.MONGODB_PORT, dataDir: resolve(root, parsed.data.DATA_DIR) };
  }
  const issues = parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  throw new StartError(`The environment is wrong: ${issues.join("; ")}.`);
}

/** What Node or SQLite says when it cannot start, as a sentence that says what to do. */
export function explainFailure(error: unknown, { port: taken, dataDir }: Settings): unknown {
  const code = error instanceof Error && "code" in error ? error.code : null;
  const message = error instanceof Error ? error.message : "";
  if (code === "EADDRINUSE") {
    return new StartError(
      `Port ${taken} is taken: stop what listens there, or choose another one with MONGODB_PORT.`,
    );
  }
  if (code === "EACCES")
    return new StartError(`Port ${taken} or the folder ${dataDir} is not allowed to us.`);
  if (message.includes("database is locked")) {
    return new StartError(
      `The data in ${dataDir} are in use: stop the other database, or choose another folder with DATA_DIR.`,
    );
  }
  if (code === "ERR_SQLITE_ERROR" || code === "ENOTDIR" || code === "EEXIST")
    return new StartError(`The folder ${dataDir} cannot hold the data: ${message}.`);
  return error;
}

import { join, resolve } from "node:path";
import { z } from "zod";
import { StartError } from "./StartError.ts";

const port = z.coerce.number("must be a port").int().min(1).max(65_535);
const seconds = z.coerce.number("must be a number of seconds").positive().max(86_400);

const schema = z.object({
  PORT: port.default(8787),
  MONGODB_PORT: port.default(27017),
  DATA_DIR: z.string().min(1).optional(),
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\/[^/?]+/, "must be a MongoDB connection string")
    .optional(),
  TRIGGERS: z.enum(["on", "off"]).default("on"),
  HEARTBEAT_SECONDS: seconds.default(20),
  RECONCILE_SECONDS: seconds.default(60),
  ALLOWED_ORIGINS: z.string().default(""),
});

/** What `npm start` or `npm run example` was asked for. */
export interface Settings {
  readonly port: number;
  /** Absolute. */
  readonly dataDir: string;
  /** The database's connection string; it names the database in its path. */
  readonly mongodbUri: string;
  /** The port of the database that we start; `null` where the database is somebody else's. */
  readonly mongodbPort: number | null;
  readonly triggers: boolean;
  readonly heartbeatSeconds: number;
  readonly reconcileSeconds: number;
  /** Whose pages may read what is public or shared: origins between spaces or commas. */
  readonly allowedOrigins: string;
}

/** What holds for an app where no variable says otherwise. */
export interface AppDefaults {
  /** The name of the database. */
  readonly database: string;
  /** Where it keeps what it has to keep, relative to the project. */
  readonly dataDir: string;
}

/**
 * Reads the environment.
 * @param root what a relative DATA_DIR starts at.
 * @param app says what holds where a variable says nothing.
 * @throws StartError that names each variable which is wrong.
 */
export function readSettings(
  env: Readonly<Record<string, string | undefined>>,
  root: string,
  app: AppDefaults,
): Settings {
  const parsed = schema.safeParse(env);
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
    throw new StartError(`The environment is wrong: ${issues.join("; ")}.`);
  }
  const given = parsed.data;
  return {
    port: given.PORT,
    dataDir: resolve(root, given.DATA_DIR ?? app.dataDir),
    mongodbUri: withDatabase(given.MONGODB_URI ?? localUri(given.MONGODB_PORT), app.database),
    mongodbPort: given.MONGODB_URI === undefined ? given.MONGODB_PORT : null,
    triggers: given.TRIGGERS === "on",
    heartbeatSeconds: given.HEARTBEAT_SECONDS,
    reconcileSeconds: given.RECONCILE_SECONDS,
    allowedOrigins: given.ALLOWED_ORIGINS,
  };
}

/** Where the mails lie that would be sent. */
export function mailFolder({ dataDir }: Pick<Settings, "dataDir">): string {
  return join(dataDir, "mail");
}

/** The hosts of a connection string, without what signs in to them. */
export function hostsOf(mongodbUri: string): string {
  return /^mongodb(?:\+srv)?:\/\/(?:[^@/]*@)?([^/?]*)/.exec(mongodbUri)?.[1] ?? "";
}

/** True when every host is this machine: data may be made up there. */
export function isLoopback(mongodbUri: string): boolean {
  const hosts = hostsOf(mongodbUri).split(",");
  return hosts.every((host) => /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i.test(host));
}

function localUri(mongodbPort: number): string {
  return `mongodb://127.0.0.1:${mongodbPort}?replicaSet=rs0`;
}

function withDatabase(uri: string, database: string): string {
  const [, server = "", name = "", query = ""] = /^([^/]+\/\/[^/?]+)\/?([^?]*)(.*)$/.exec(uri) ?? [];
  return `${server}/${name || database}${query}`;
}

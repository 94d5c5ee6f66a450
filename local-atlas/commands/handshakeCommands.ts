import { Int32, Long } from "bson";
import { z } from "zod";
import { isDocument } from "../bson/BsonDocument.ts";
import { incrementOf, secondsOf, toTimestamp } from "../oplog/clusterTime.ts";
import { MAX_BSON_SIZE, MAX_MESSAGE_SIZE, MAX_WIRE_VERSION, MAX_WRITE_BATCH } from "../wire/limits.ts";
import { defineCommand, type Command, type CommandReply } from "./Command.ts";
import type { CommandContext } from "./CommandContext.ts";
import { CommandError } from "../errors/CommandError.ts";
import { anything } from "./parseArguments.ts";

/** The version whose behaviour we follow. */
const VERSION = "7.0.0";
const REPLICA_SET = "rs0";
const TERM = Long.fromInt(1);
const ANY_FIELDS = z.record(z.string(), anything);
const OTHER = { kind: "other", inTransaction: false } as const;

/** Saying hello, and what tools ask about the server. They take any field: none changes their answers. */
export const HANDSHAKE_COMMANDS: Readonly<Record<string, Command>> = {
  hello: defineCommand(OTHER, ANY_FIELDS, (context, fields) => hello(context, fields, "isWritablePrimary")),
  isMaster: defineCommand(OTHER, ANY_FIELDS, (context, fields) => hello(context, fields, "ismaster")),
  ismaster: defineCommand(OTHER, ANY_FIELDS, (context, fields) => hello(context, fields, "ismaster")),
  ping: defineCommand(OTHER, ANY_FIELDS, () => ({})),
  buildInfo: defineCommand(OTHER, ANY_FIELDS, () => buildInfo()),
  buildinfo: defineCommand(OTHER, ANY_FIELDS, () => buildInfo()),
  getParameter: defineCommand(OTHER, ANY_FIELDS, (_context, fields) => getParameter(fields)),
  getCmdLineOpts: defineCommand(OTHER, ANY_FIELDS, () => ({ argv: ["local-atlas"], parsed: {} })),
  connectionStatus: defineCommand(OTHER, ANY_FIELDS, () => ({
    authInfo: { authenticatedUsers: [], authenticatedUserRoles: [], authenticatedUserPrivileges: [] },
  })),
  whatsmyuri: defineCommand(OTHER, ANY_FIELDS, ({ connectionId }) => ({ you: `connection:${connectionId}` })),
  hostInfo: defineCommand(OTHER, ANY_FIELDS, (context) => ({
    system: { currentTime: new Date(context.store.now()), hostname: context.address() },
    os: { type: process.platform, name: process.platform, version: process.version },
  })),
  serverStatus: defineCommand(OTHER, ANY_FIELDS, (context) => serverStatus(context)),
  replSetGetStatus: defineCommand(OTHER, ANY_FIELDS, (context) => replicaSetStatus(context)),
  getLog: defineCommand(OTHER, ANY_FIELDS, (_context, fields) =>
    fields["getLog"] === "*" ? { names: ["global", "startupWarnings"] } : { totalLinesWritten: 0, log: [] },
  ),
  saslStart: defineCommand(OTHER, ANY_FIELDS, () => {
    throw new CommandError(
      "AuthenticationFailed",
      "Authentication failed: this server has no users, connect without",
    );
  }),
};

function hello(
  context: CommandContext,
  fields: Readonly<Record<string, unknown>>,
  primaryField: "isWritablePrimary" | "ismaster",
): CommandReply {
  const name = applicationName(fields["client"]);
  if (name !== null) context.clientNames.note(context.connectionId, name, context.closed);
  const now = new Date(context.store.now());
  const optime = { ts: toTimestamp(context.store.oplog.latest()), t: TERM };
  return {
    helloOk: fields["helloOk"] === true,
    [primaryField]: true,
    secondary: false,
    setName: REPLICA_SET,
    setVersion: 1,
    hosts: [context.address()],
    primary: context.address(),
    me: context.address(),
    lastWrite: { opTime: optime, lastWriteDate: now, majorityOpTime: optime, majorityWriteDate: now },
    maxBsonObjectSize: new Int32(MAX_BSON_SIZE),
    maxMessageSizeBytes: new Int32(MAX_MESSAGE_SIZE),
    maxWriteBatchSize: new Int32(MAX_WRITE_BATCH),
    localTime: now,
    logicalSessionTimeoutMinutes: 30,
    connectionId: context.connectionId,
    minWireVersion: 0,
    maxWireVersion: MAX_WIRE_VERSION,
    readOnly: false,
  };
}

/** What a client calls itself: `{client: {application: {name}}}` of its first hello. */
function applicationName(client: unknown): string | null {
  const application = isDocument(client) ? client["application"] : null;
  const name = isDocument(application) ? application["name"] : null;
  return typeof name === "string" ? name : null;
}

function buildInfo(): CommandReply {
  return {
    version: VERSION,
    versionArray: VERSION.split(".").map(Number).concat(0),
    gitVersion: "mealcast-local-atlas",
    modules: [],
    sysInfo: "deprecated",
    bits: 64,
    debug: false,
    maxBsonObjectSize: new Int32(MAX_BSON_SIZE),
    storageEngines: ["sqlite"],
  };
}

const PARAMETERS: Readonly<Record<string, unknown>> = {
  featureCompatibilityVersion: { version: VERSION.slice(0, 3) },
  authenticationMechanisms: [],
  enableTestCommands: true,
};

function getParameter(fields: Readonly<Record<string, unknown>>): CommandReply {
  if (fields["getParameter"] === "*") return { ...PARAMETERS };
  const asked = Object.keys(PARAMETERS).filter((name) => Object.hasOwn(fields, name));
  if (asked.length === 0) throw new CommandError("InvalidOptions", "no option found to get");
  return Object.fromEntries(asked.map((name) => [name, PARAMETERS[name]]));
}

function serverStatus(context: CommandContext): CommandReply {
  const uptime = Math.floor((context.store.now() - context.startedAt) / 1000);
  return {
    host: context.address(),
    version: VERSION,
    process: "local-atlas",
    pid: process.pid,
    uptime,
    localTime: new Date(context.store.now()),
    connections: { current: context.connections(), available: 1000 },
    metrics: { cursor: { open: { total: context.cursors.size } } },
    repl: {
      setName: REPLICA_SET,
      isWritablePrimary: true,
      hosts: [context.address()],
      me: context.address(),
    },
    storageEngine: { name: "sqlite", supportsCommittedReads: true, persistent: true },
  };
}

function replicaSetStatus(context: CommandContext): CommandReply {
  const time = context.store.oplog.latest();
  const optime = { ts: toTimestamp(time), t: TERM };
  return {
    set: REPLICA_SET,
    date: new Date(context.store.now()),
    myState: 1,
    term: TERM,
    optimes: { lastCommittedOpTime: optime, appliedOpTime: optime, durableOpTime: optime },
    members: [
      { _id: 0, name: context.address(), health: 1, state: 1, stateStr: "PRIMARY", optime, self: true },
    ],
    lastStableRecoveryTimestamp: { seconds: secondsOf(time), increment: incrementOf(time) },
  };
}

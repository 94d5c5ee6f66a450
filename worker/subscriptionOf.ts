import type { Filter } from "../protocol/filter.ts";
import { addressHolder } from "../protocol/holder.ts";
import type { Reader } from "../protocol/reader.ts";
import type { Subscription } from "../protocol/subscription.ts";
import { isPublic } from "../streams/declare/readers.ts";
import { asksForRoles } from "../streams/declare/roles.ts";
import type { Stream } from "../streams/declare/Stream.ts";
import { topicName } from "../streams/declare/topicName.ts";
import type { Accounts } from "./Accounts.ts";
import { addressOf } from "./address.ts";
import type { Identity, LiveRequest } from "./appContext.ts";
import { databaseOf } from "./database.ts";
import { ProblemError, unwrap } from "./errors.ts";
import type { NamedTopic } from "./namedTopic.ts";
import { parseWith } from "./parseWith.ts";
import { commonQuerySchema, variablesIn } from "./schemas/subscription.ts";
import { sha256Hex } from "./sha256.ts";
import { guestOf } from "./shareToken.ts";

/** More than any event id has. The hub keeps what is asked for as long as the stream is open. */
const MOST_OF_EVENT_ID = 64;

/** What survives with a sleeping socket is bounded by the platform, and a filter is part of it. */
const LONGEST_FILTER = 4096;

/**
 * What a request asks of a topic, and for whom.
 * @param identify how it is known who asks: `identify` or `claimed` of the app's accounts.
 * @throws ProblemError `signed-out`, `not-found`, `invalid-query`, `database-unavailable`.
 */
export async function subscriptionOf(
  c: LiveRequest,
  identify: Accounts["identify"],
  { stream, key }: NamedTopic,
): Promise<Subscription> {
  const query = parseWith(commonQuerySchema(stream), c.req.query(), "invalid-query");
  const wanted = {
    filter: filterOf(c, stream),
    lastEventId: lastEventIdOf(c),
    since: query.since ?? null,
    mismatch: query.mismatch !== undefined,
    heartbeat: query.heartbeat,
  };
  const nobody = { name: null, sessionId: null, expiresAt: null };
  const guest = await guestIn(c, { stream, key });
  if (guest) return { ...wanted, ...nobody, reader: guest, holder: await holderOf(c) };
  const identity = isPublic(stream) ? null : await identify(c);
  if (!identity) return { ...wanted, ...nobody, reader: anonymous(stream), holder: null };
  const { userId: holder, name, sessionId, expiresAt } = identity;
  return { ...wanted, name, sessionId, expiresAt, holder, reader: await userOf(c, stream, identity) };
}

async function guestIn(c: LiveRequest, { stream, key }: NamedTopic): Promise<Reader | null> {
  if (c.req.query("share") === undefined) return null;
  if (!stream.readers.some(({ by }) => by === "shareLinks")) throw new ProblemError("not-found");
  return guestOf(c, topicName(stream, key));
}

/** The address itself is nobody's business later on. */
async function holderOf(c: LiveRequest): Promise<string> {
  return addressHolder((await sha256Hex(addressOf(c))).slice(0, 32));
}

function anonymous({ readers }: Stream): Reader {
  if (readers.some(({ by }) => by === "anyone")) return { kind: "anonymous" };
  throw new ProblemError("signed-out");
}

async function userOf(c: LiveRequest, stream: Stream, { userId }: Identity): Promise<Reader> {
  if (!asksForRoles(stream)) return { kind: "user", userId, roles: [] };
  const roles = unwrap(await databaseOf(c, userId).topics.roles([userId]));
  return { kind: "user", userId, roles: roles[userId] ?? [] };
}

function filterOf(c: LiveRequest, { variables, filter }: Stream): Filter | null {
  const given = variablesIn(c.req.query());
  // Whoever names none wants everything, unless they have values of their own.
  const isNone = Object.keys(given).length === 0 && !variables.safeParse({}).success;
  const values = isNone ? {} : parseWith(variables, given, "invalid-query");
  if (!filter || Object.keys(values).length === 0) return null;
  const made = filter(values);
  if (JSON.stringify(made).length > LONGEST_FILTER)
    throw new ProblemError("invalid-query", { detail: "The variables are too long" });
  return made;
}

/** What the browser sends on its own is newer than what the page put into the address. An empty one is none. */
function lastEventIdOf(c: LiveRequest): string | null {
  const id = c.req.header("last-event-id") || c.req.query("lastEventId");
  return id ? id.slice(0, MOST_OF_EVENT_ID) : null;
}

import type { Change } from "../protocol/change.ts";
import type { EventOutcome } from "../protocol/changeEvent.ts";
import type { Placement } from "../protocol/placement.ts";
import type { Grant, Update } from "../protocol/update.ts";
import type { Version } from "../protocol/version.ts";
import { placeItems } from "../durable-objects/placeItems.ts";
import type { Stream } from "../streams/declare/Stream.ts";
import { topicName } from "../streams/declare/topicName.ts";
import { toGrants, toUpdate, type StreamUpdate } from "../streams/declare/toUpdate.ts";
import { ProblemError } from "./errors.ts";
import { askHub } from "./hubClient.ts";
import { describeError, logLine } from "../protocol/logLine.ts";

/** What finds hubs, and the directory of their items. */
type PublishBindings = Pick<Env, "HUBS" | "DIRECTORIES">;

type Outcome = Exclude<EventOutcome, "ignored">;

/** What became of a change, stream by stream; none for one that concerns no stream. */
export type Outcomes = ReadonlyMap<Change, readonly Outcome[]>;

/** Something for one hub. `change` is what it came of, `null` where nobody asks what became of it. */
type Parcel = { readonly topic: string; readonly change: Change | null } & (
  | { readonly update: Update }
  | { readonly version: Version }
  | { readonly grant: Grant }
);

/**
 * Tells all hubs that a change concerns, in whatever streams. Telling them again is harmless. One call per hub; when one
 * of them fails the others have dropped nothing, and the whole is to be sent again.
 * @throws ProblemError `hub-unavailable`, `database-unavailable`.
 */
export async function publishChanges(
  env: PublishBindings,
  streams: readonly Stream[],
  changes: readonly Change[],
): Promise<Outcomes> {
  const parcels = [
    // The rights first: whoever has just lost them must not get what comes after.
    ...changes.flatMap((change) => grantParcels(streams, change)),
    ...noticeParcels(streams, changes),
    ...(await updateParcels(env, streams, changes)),
  ];
  const outcomes = new Map<Change, Outcome[]>();
  await Promise.all(
    [...Map.groupBy(parcels, ({ topic }) => topic)].map(async ([topic, group]) => {
      for (const [change, outcome] of await deliver(env, topic, group)) {
        outcomes.set(change, [...(outcomes.get(change) ?? []), outcome]);
      }
    }),
  );
  return outcomes;
}

function grantParcels(streams: readonly Stream[], change: Change): readonly Parcel[] {
  return toGrants(streams, change).map(({ topic, grant }) => ({ topic, grant, change: null }));
}

function noticeParcels(streams: readonly Stream[], changes: readonly Change[]): readonly Parcel[] {
  return concerned(streams, changes, "changes").flatMap(([stream, change]): Parcel[] => {
    const found = toUpdate(stream, change);
    if (!found?.key) return [];
    return [{ topic: topicName(stream, found.key), version: change.version, change }];
  });
}

async function updateParcels(
  env: PublishBindings,
  streams: readonly Stream[],
  changes: readonly Change[],
): Promise<readonly Parcel[]> {
  const found = concerned(streams, changes, "documents").flatMap(([stream, change]) => {
    const update = toUpdate(stream, change);
    return update ? [{ ...update, change }] : [];
  });
  const groups = await Promise.all(
    [...Map.groupBy(found, ({ stream }) => stream)].map(([stream, group]) => placed(env, stream, group)),
  );
  return groups.flat();
}

type Found = StreamUpdate & { readonly change: Change };

/** An item's topic stands in it, or the directory knows; and where it was before has to hear that it has left. */
async function placed(
  env: PublishBindings,
  stream: Stream,
  found: readonly Found[],
): Promise<readonly Parcel[]> {
  if (stream.topic.by !== "field") {
    return found.flatMap(({ key, update, change }) =>
      key === null ? [] : [{ topic: topicName(stream, key), update, change }],
    );
  }
  const placements = found.map(({ key, update: { id, version } }): Placement => ({ id, key, version }));
  const answers = await askDirectory(env, stream, placements);
  return found.flatMap(({ update, change }, index) => {
    const answer = answers[index];
    if (!answer) return [];
    const { current, former } = answer;
    const parcels: Parcel[] = [];
    // Old news otherwise: the item has moved on since.
    if (current.key !== null && current.version === update.version) {
      parcels.push({ topic: topicName(stream, current.key), update, change });
    }
    if (former !== null) {
      const left = { ...update, version: current.version, data: null, access: null };
      const counted = current.key === null ? change : null;
      parcels.push({ topic: topicName(stream, former), update: left, change: counted });
    }
    return parcels;
  });
}

async function askDirectory(env: PublishBindings, stream: Stream, placements: readonly Placement[]) {
  try {
    return await placeItems(env, stream.name, placements);
  } catch (error) {
    logLine("error", "directory-unavailable", { stream: stream.name, ...describeError(error) });
    throw new ProblemError("hub-unavailable", { headers: { "retry-after": "2" } });
  }
}

function concerned(
  streams: readonly Stream[],
  changes: readonly Change[],
  kind: Stream["kind"],
): readonly (readonly [Stream, Change])[] {
  return changes.flatMap((change) =>
    streams
      .filter((stream) => stream.collection === change.collection && stream.kind === kind)
      .map((stream) => [stream, change] as const),
  );
}

async function deliver(
  env: PublishBindings,
  topic: string,
  parcels: readonly Parcel[],
): Promise<readonly (readonly [Change, Outcome])[]> {
  return askHub(env, topic, async (hub) => {
    for (const parcel of parcels) if ("grant" in parcel) await hub.takeGrant(parcel.grant);
    const updates = parcels.filter((parcel) => "update" in parcel);
    const notices = parcels.filter((parcel) => "version" in parcel);
    const published = updates.length > 0 ? await hub.publish(updates.map(({ update }) => update)) : [];
    const noticed = notices.length > 0 ? await hub.notice(notices.map(({ version }) => version)) : null;
    if (noticed && !noticed.ok) throw new ProblemError(noticed.code, { headers: { "retry-after": "2" } });
    return [...pair(updates, published), ...pair(notices, noticed?.value ?? [])];
  });
}

function pair(
  parcels: readonly Parcel[],
  outcomes: readonly Outcome[],
): readonly (readonly [Change, Outcome])[] {
  return parcels.flatMap(({ change }, index) => {
    const outcome = outcomes[index];
    return change && outcome ? [[change, outcome] as const] : [];
  });
}

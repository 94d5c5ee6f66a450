import * as z from "zod";

/** How much a topic of many items may hold. */
export interface TopicBounds {
  readonly items: number;
  /** Of wire JSON, all items together. */
  readonly characters: number;
}

/** What an operator can set. Times in milliseconds. */
export interface HubSettings {
  readonly heartbeatMs: number;
  readonly reconcileMs: number;
  /** The longest life of a stream; the shortest is half of it. */
  readonly streamMs: number;
  readonly maxStreams: number;
  readonly maxStreamsPerUser: number;
  /** Of one account, on all hubs together. */
  readonly maxStreamsPerAccount: number;
  /** Of all guests from one address, on all hubs together. */
  readonly maxStreamsPerAddress: number;
  readonly bounds: TopicBounds;
}

const MEGABYTE = 1024 * 1024;

const settingsSchema = z.object({
  HEARTBEAT_SECONDS: z.coerce.number().positive().default(20),
  RECONCILE_SECONDS: z.coerce.number().positive().default(60),
  STREAM_SECONDS: z.coerce.number().positive().default(1800),
  MAX_STREAMS_PER_HUB: z.coerce.number().int().positive().default(5000),
  MAX_STREAMS_PER_USER: z.coerce.number().int().positive().default(1000),
  MAX_STREAMS_PER_ACCOUNT: z.coerce.number().int().positive().default(2000),
  MAX_STREAMS_PER_ADDRESS: z.coerce.number().int().positive().default(5000),
  MAX_TOPIC_ITEMS: z.coerce.number().int().positive().default(10_000),
  MAX_TOPIC_MEGABYTES: z.coerce.number().positive().max(24).default(16),
});

/** Reads the settings of a hub from the environment. @throws ZodError that names the variable. */
export function hubSettings(env: Env): HubSettings {
  const settings = settingsSchema.parse(env);
  return {
    heartbeatMs: settings.HEARTBEAT_SECONDS * 1000,
    reconcileMs: settings.RECONCILE_SECONDS * 1000,
    streamMs: settings.STREAM_SECONDS * 1000,
    maxStreams: settings.MAX_STREAMS_PER_HUB,
    maxStreamsPerUser: settings.MAX_STREAMS_PER_USER,
    // What one hub allows, all of them together allow as well.
    maxStreamsPerAccount: Math.max(settings.MAX_STREAMS_PER_ACCOUNT, settings.MAX_STREAMS_PER_USER),
    maxStreamsPerAddress: Math.max(settings.MAX_STREAMS_PER_ADDRESS, settings.MAX_STREAMS_PER_HUB),
    bounds: { items: settings.MAX_TOPIC_ITEMS, characters: settings.MAX_TOPIC_MEGABYTES * MEGABYTE },
  };
}

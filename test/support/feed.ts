import { onTestFinished } from "vitest";

import { HookRelay, type Fate } from "./HookRelay.ts";
import { temporaryFolder } from "./temporaryFolder.ts";
import { runTriggers, type Triggers } from "./triggers.ts";

interface FeedOptions {
  readonly mongoUri: string;
  /** The address of the Worker. */
  readonly url: string;
  readonly functionsDir?: string;
  readonly secret?: string;
}

/** The feed from the database to the hook, with a relay in between. */
export interface RelayedFeed {
  readonly relay: HookRelay;
  readonly triggers: Triggers;
}

/** Runs the triggers, which post to the Worker, until the test is over. */
export async function startFeed({ url, ...options }: FeedOptions): Promise<Triggers> {
  const folder = await temporaryFolder();
  const triggers = await runTriggers({
    ...options,
    hookUrl: `${url}/api/hooks/atlas`,
    stateDir: folder.path,
  });
  onTestFinished(async () => {
    await triggers.stop();
    await folder[Symbol.asyncDispose]();
  });
  return triggers;
}

/** Runs the triggers until the test is over, with a relay between the function and the hook that decides on each post. */
export async function startRelayedFeed(
  options: FeedOptions,
  fate: (body: string) => Fate,
): Promise<RelayedFeed> {
  const relay = await HookRelay.start(options.url, fate);
  onTestFinished(() => relay.stop());
  return { relay, triggers: await startFeed({ ...options, url: relay.url }) };
}

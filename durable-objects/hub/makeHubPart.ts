import { databaseFor } from "../../protocol/databaseFor.ts";
import type { Position } from "../../protocol/position.ts";
import type { Update } from "../../protocol/update.ts";
import type { Stream } from "../../streams/declare/Stream.ts";
import { changeHub } from "./ChangeHub.ts";
import { documentHub } from "./DocumentHub.ts";
import type { HubPart, HubPartOptions } from "./HubPart.ts";
import type { HubSettings } from "./hubSettings.ts";
import { Registrar } from "./Registrar.ts";

interface MakeHubPartOptions extends HubPartOptions {
  readonly env: Env;
  readonly settings: HubSettings;
  readonly stream: Stream;
  /** Takes in that an item has gone meanwhile. */
  readonly publish: (updates: readonly Update[]) => void;
}

/** Makes what a hub is made of, by the kind of its stream. Its source is a `Database` object. */
export function makeHubPart(options: MakeHubPartOptions): HubPart {
  const { ctx, env, stream, key, settings, publish } = options;
  const { name } = stream;
  const topics = () => databaseFor(env, key).topics;
  if (stream.kind === "changes") {
    const source = {
      now: () => topics().now(name),
      recordsSince: (position: Position) => topics().recordsSince(name, key, position),
    };
    return changeHub({ ...options, source });
  }
  const { bounds } = settings;
  const registrar = new Registrar({ env, stream, key, publish });
  const source = {
    snapshot: () => topics().snapshot(name, key, bounds),
    changesSince: (position: Position) => topics().changesSince(name, key, position),
  };
  const onFound = (updates: readonly Update[]) => ctx.waitUntil(registrar.register(updates));
  return documentHub({ ...options, bounds, source, onFound });
}

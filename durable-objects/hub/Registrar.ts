import { describeError, logLine } from "../../protocol/logLine.ts";
import type { Placement } from "../../protocol/placement.ts";
import type { Update } from "../../protocol/update.ts";
import type { Stream } from "../../streams/declare/Stream.ts";
import { topicName } from "../../streams/declare/topicName.ts";
import { placeItems } from "../placeItems.ts";

interface RegistrarOptions {
  readonly env: Env;
  readonly stream: Stream;
  readonly key: string;
  /** Takes in that an item has gone meanwhile. */
  readonly publish: (updates: readonly Update[]) => void;
}

/**
 * Tells the directory which items this topic holds that no event told of: a later event of their deletion names no
 * topic.
 */
export class Registrar {
  readonly #options: RegistrarOptions;

  constructor(options: RegistrarOptions) {
    this.#options = options;
  }

  /** Registers items. What can't be registered is found again by a reconcile once it is gone. */
  async register(updates: readonly Update[]): Promise<void> {
    const { env, stream, key, publish } = this.#options;
    if (stream.topic.by !== "field") return;
    const there = updates.filter(({ data }) => data !== null);
    const placements = there.map(({ id, version }): Placement => ({ id, key, version }));
    try {
      const placed = await placeItems(env, stream.name, placements);
      const gone = there.flatMap((update, index): Update[] => {
        const current = placed[index]?.current;
        if (!current || current.key === key) return [];
        return [{ ...update, version: current.version, data: null, access: null }];
      });
      if (gone.length > 0) publish(gone);
    } catch (error) {
      logLine("warn", "register-failed", { topic: topicName(stream, key), ...describeError(error) });
    }
  }
}

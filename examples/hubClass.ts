import { TopicHub } from "../durable-objects/hub/TopicHub.ts";
import type { Stream } from "../streams/declare/Stream.ts";

/** The class of an example's hubs. */
export function hubClass(streams: readonly Stream[]) {
  return class ExampleHub extends TopicHub {
    constructor(ctx: DurableObjectState, env: Env) {
      super(ctx, env, streams);
    }
  };
}

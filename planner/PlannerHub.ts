import type { ObjectEnvironment } from "../durable-objects/environment.ts";
import { TopicHub } from "../durable-objects/hub/TopicHub.ts";
import { streams } from "../streams/index.ts";

/** The hub of a topic of the planner's streams. */
export class PlannerHub extends TopicHub {
  constructor(ctx: DurableObjectState, env: ObjectEnvironment) {
    super(ctx, env, streams);
  }
}

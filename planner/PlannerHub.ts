import { TopicHub } from "../durable-objects/hub/TopicHub.ts";
import { streams } from "../streams/index.ts";

/** The hub of a topic of the planner's streams. */
export class PlannerHub extends TopicHub {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env, streams);
  }
}

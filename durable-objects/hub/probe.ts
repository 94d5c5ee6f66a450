import { SseSubscriber } from "./SseSubscriber.ts";
import type { Topic } from "./Topic.ts";

/**
 * The second half of a heartbeat's probe. The first write to a client that is gone only provokes its machine's refusal;
 * it is the next write that fails, and so tells. A socket's client is known by its own pings.
 */
export function probe({ subscribers }: Topic): void {
  for (const subscriber of subscribers) {
    if (subscriber instanceof SseSubscriber && subscriber.hasRoom()) subscriber.sendProbe();
  }
}

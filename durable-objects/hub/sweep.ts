import type { HubSettings } from "./hubSettings.ts";
import { SocketSubscriber } from "./SocketSubscriber.ts";
import { SseSubscriber } from "./SseSubscriber.ts";
import type { Farewell, Subscriber } from "./Subscriber.ts";
import type { Topic } from "./Topic.ts";

/** Heartbeats at which a stream may take nothing before it is given up. */
const STREAM_PATIENCE = 2;

/** Heartbeats for which a socket may be silent: its client pings at each, and a ping may be late. */
const SOCKET_PATIENCE = 1.25;

/**
 * What every heartbeat does: closes the streams whose time has come and pings the others. The ping is also the first half
 * of a probe: writing is how the platform finds out that a client left without saying so.
 */
export function sweep(topic: Topic, settings: HubSettings, now: number): void {
  const { subscribers } = topic;
  for (const subscriber of subscribers) {
    const farewell = farewellOf(subscriber, settings, now);
    if (farewell) subscribers.close(subscriber, farewell);
    else subscribers.checkRight(subscriber);
    // Harmless for one that has just been closed.
    pingOne(topic, subscriber);
  }
}

function pingOne(topic: Topic, subscriber: Subscriber): void {
  topic.subscribers.catchUp(subscriber);
  if (subscriber.hasRoom()) subscriber.sendPing(topic.pingFor(subscriber));
}

function farewellOf(subscriber: Subscriber, settings: HubSettings, now: number): Farewell | null {
  const { expiresAt } = subscriber.subscription;
  if (expiresAt !== null && expiresAt <= now) return { event: "reauth", reason: "session-expired" };
  if (subscriber.retireAt <= now) return { event: "bye", reason: "retired" };
  if (subscriber instanceof SseSubscriber && isStalled(subscriber))
    return { event: "bye", reason: "stalled" };
  if (subscriber instanceof SocketSubscriber && isSilent(subscriber, settings, now)) {
    return { event: "bye", reason: "silent" };
  }
  return null;
}

function isStalled(subscriber: SseSubscriber): boolean {
  subscriber.missedHeartbeats = subscriber.hasRoom() ? 0 : subscriber.missedHeartbeats + 1;
  return subscriber.missedHeartbeats >= STREAM_PATIENCE;
}

/** A client that never pings is left alone until it has no room: only then can nobody tell whether it still listens. */
function isSilent(subscriber: SocketSubscriber, settings: HubSettings, now: number): boolean {
  if (subscriber.lastSign === 0) return !subscriber.hasRoom();
  return now - subscriber.lastSign > SOCKET_PATIENCE * settings.heartbeatMs;
}

import { EVENT_NAMES, receivedEvent } from "./receivedEvent.ts";
import type { OpenTransport } from "./transport.ts";

/**
 * Server-sent events, by the browser's own EventSource. It would reconnect by itself, but all clients after the same
 * pause and with the state hidden; so the first error ends it and the connection decides.
 */
export const openSse: OpenTransport = (url, listener) => {
  const source = new EventSource(url.href);
  for (const name of EVENT_NAMES) {
    source.addEventListener(name, ({ data, lastEventId }: MessageEvent<string>) => {
      // lastEventId repeats the previous id for events that had none; those that never have one leave it out.
      const event = receivedEvent(name, data, lastEventId);
      if (event) listener.onEvent(event);
    });
  }
  source.addEventListener("error", () => {
    const ending = source.readyState === EventSource.CLOSED ? "refused" : "lost";
    source.close();
    listener.onEnd(ending);
  });
  return { close: () => source.close() };
};

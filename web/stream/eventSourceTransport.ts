import { EVENT_NAMES, type OpenTransport } from "./transport.ts";

/**
 * The browser's own EventSource. It would reconnect by itself, but all clients after the same pause and with the state
 * hidden; so the first error ends it and the connection decides.
 */
export const openEventSource: OpenTransport = (url, listener) => {
  const source = new EventSource(url.href);
  for (const name of EVENT_NAMES) {
    source.addEventListener(name, (event: MessageEvent<string>) => {
      // lastEventId repeats the previous id for events that had none; only these two move the cursor.
      const moves = (name === "message" || name === "removed") && event.lastEventId !== "";
      listener.onFrame({ event: name, data: event.data, ...(moves ? { id: event.lastEventId } : {}) });
    });
  }
  source.addEventListener("error", () => {
    const ending = source.readyState === EventSource.CLOSED ? "refused" : "lost";
    source.close();
    listener.onEnd(ending);
  });
  return { close: () => source.close() };
};

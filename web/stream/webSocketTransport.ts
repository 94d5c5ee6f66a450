import { CLOSE_CODES } from "../../protocol/streamEvents.ts";
import { receivedEvent, type ReceivedEvent } from "./receivedEvent.ts";
import type { Ending, OpenTransport } from "./transport.ts";

/** A WebSocket on the stream's address, for those who prefer it: the same events, as JSON `{id, event, data}`. */
export const openWebSocket: OpenTransport = (url, listener) => {
  const address = new URL(url);
  address.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  const socket = new WebSocket(address);
  const closing = new AbortController();
  const { signal } = closing;
  let opened = false;

  socket.addEventListener("open", () => void (opened = true), { signal });
  socket.addEventListener("close", (event) => listener.onEnd(endingOf(event.code, opened)), { signal });
  socket.addEventListener(
    "message",
    (message: MessageEvent<unknown>) => {
      const event = eventOf(message.data);
      if (event) listener.onEvent(event);
    },
    { signal },
  );
  return {
    close: () => {
      closing.abort();
      socket.close();
    },
    ping: () => {
      if (socket.readyState === WebSocket.OPEN) socket.send("ping");
    },
  };
};

function endingOf(code: number, opened: boolean): Ending {
  if (code === CLOSE_CODES.revoked) return "access-ended";
  if (code === CLOSE_CODES.reauth) return "session-ended";
  return opened ? "lost" : "refused";
}

/** The platform's automatic "pong" counts as a heartbeat. `null` for what this release does not know. */
function eventOf(text: unknown): ReceivedEvent | null {
  if (text === "pong") return { event: "ping", data: "{}" };
  if (typeof text !== "string") return null;
  try {
    const message: unknown = JSON.parse(text);
    if (message === null || typeof message !== "object" || !("event" in message)) return null;
    const data = JSON.stringify("data" in message ? message.data : null);
    return receivedEvent(message.event, data, "id" in message ? message.id : undefined);
  } catch {
    // Not a message of ours; if one was lost, the heartbeat's self-check finds it.
    return null;
  }
}

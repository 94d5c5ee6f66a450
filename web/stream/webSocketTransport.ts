import { CLOSE_CODES } from "../../protocol/streamEvents.ts";
import { EVENT_NAMES, type Ending, type Frame, type OpenTransport } from "./transport.ts";

/** A WebSocket on the stream's address, for those who prefer it: the same events, as JSON `{id, event, data}`. */
export const openWebSocket: OpenTransport = (url, listener) => {
  const address = new URL(url);
  address.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  const socket = new WebSocket(address);
  const closing = new AbortController();
  const { signal } = closing;
  let opened = false;

  function end(ending: Ending): void {
    closing.abort();
    socket.close();
    listener.onEnd(ending);
  }

  socket.addEventListener("open", () => void (opened = true), { signal });
  socket.addEventListener("close", (event) => end(endingOf(event.code, opened)), { signal });
  socket.addEventListener(
    "message",
    (event: MessageEvent<unknown>) => {
      const frame = frameOf(event.data);
      if (frame === null) end("lost");
      else listener.onFrame(frame);
    },
    { signal },
  );
  return {
    close: () => {
      closing.abort();
      socket.close();
    },
    beat: () => {
      if (socket.readyState === WebSocket.OPEN) socket.send("ping");
    },
  };
};

function endingOf(code: number, opened: boolean): Ending {
  if (code === CLOSE_CODES.revoked) return "access-ended";
  if (code === CLOSE_CODES.reauth) return "session-ended";
  return opened ? "lost" : "refused";
}

/** `null` for what no server of ours sends. The runtime's automatic "pong" counts as a heartbeat. */
function frameOf(data: unknown): Frame | null {
  if (data === "pong") return { event: "ping", data: "{}" };
  if (typeof data !== "string") return null;
  try {
    const message: unknown = JSON.parse(data);
    if (message === null || typeof message !== "object" || !("event" in message)) return null;
    const event = EVENT_NAMES.find((name) => name === message.event);
    if (event === undefined) return null;
    const id = "id" in message && typeof message.id === "string" ? { id: message.id } : {};
    return { event, data: JSON.stringify("data" in message ? message.data : null), ...id };
  } catch {
    return null;
  }
}

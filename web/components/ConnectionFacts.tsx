import { clockText } from "../store/dates.ts";
import type { Transport, WatchedStream } from "../store/WatchedStream.ts";
import type { Closing } from "../stream/health.ts";

const TRANSPORTS: Readonly<Record<Transport, string>> = {
  sse: "Event stream",
  websocket: "WebSocket",
};

const CLOSINGS: Readonly<Record<Closing, string>> = {
  cut: "It broke off.",
  silent: "Nothing came for too long.",
  unreachable: "The server could not be reached.",
  busy: "The server asked to come back later.",
  retired: "The server renewed it, as it does now and then.",
  stalled: "This page was too slow for it.",
  "too-large": "There is too much to send.",
  mismatch: "This page had something else than the server, and read it all again.",
  "session-ended": "Your session ended.",
  "access-ended": "You may no longer see this.",
  "not-found": "There is nothing at this address.",
};

/** When and how a server was heard, and why it was not. */
export function ConnectionFacts({ stream }: { readonly stream: WatchedStream }) {
  const { heardAt, closing } = stream.health.value;
  return (
    <dl>
      <dt>Last heard</dt>
      <dd>{heardAt === null ? "Nothing yet" : clockText(heardAt)}</dd>
      <dt>Transport</dt>
      <dd>{TRANSPORTS[stream.transport]}</dd>
      <dt>Last closed</dt>
      <dd>{closing === null ? "Not since this page was opened." : CLOSINGS[closing]}</dd>
    </dl>
  );
}

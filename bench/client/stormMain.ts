import { reconnectDelay } from "../../web/stream/backoff.ts";
import { clock } from "../mark.ts";
import { type StreamRequest, StreamSocket } from "./StreamSocket.ts";

// Many clients that come back as the page's own client does: by its back-off, with the id of the last event.

/** What the storm's clients saw; moments in milliseconds of the shared clock. */
export interface StormLog {
  /** When each attempt to connect was made. */
  readonly attempts: readonly number[];
  /** When each client was live again. */
  readonly live: readonly number[];
  readonly lost: readonly number[];
}

/** What the bench asks. `begin` opens the clients, `report` tells what happened since. */
export type StormRequest =
  | { readonly ask: "begin"; readonly request: StreamRequest; readonly count: number }
  | { readonly ask: "report" };

const log = { attempts: [] as number[], live: [] as number[], lost: [] as number[] };
let began: (() => void) | null = null;
let waitingFor = 0;

function follow(request: StreamRequest): void {
  let attempt = 0;
  let lastId = "";
  let isLive = false;
  const open = (): void => {
    const query = lastId === "" ? "" : `?lastEventId=${encodeURIComponent(lastId)}`;
    log.attempts.push(clock());
    isLive = false;
    void new StreamSocket(
      { ...request, path: request.path + query },
      {
        onOpen: () => {},
        onMark: () => {},
        onBody: (text) => {
          const [, id] = /^id: (.+)$/m.exec(text) ?? [];
          if (id !== undefined) lastId = id;
          if (!isLive && text.includes("event: live\n")) {
            isLive = true;
            attempt = 0;
            log.live.push(clock());
            if (--waitingFor === 0) began?.();
          }
        },
        onEnd: () => {
          if (isLive) log.lost.push(clock());
          isLive = false;
          setTimeout(open, reconnectDelay(attempt++, Math.random()));
        },
      },
    );
  };
  open();
}

async function begin(request: StreamRequest, count: number): Promise<void> {
  waitingFor = count;
  const all = new Promise<void>((resolve) => {
    began = resolve;
  });
  for (let client = 0; client < count; client++) follow(request);
  await all;
  for (const moments of Object.values(log)) moments.length = 0;
}

process.on("message", (message: StormRequest) => {
  if (message.ask === "report") process.send?.(log satisfies StormLog);
  else void begin(message.request, message.count).then(() => process.send?.("begun"));
});
process.on("disconnect", () => process.exit(0));
process.on("SIGINT", () => {});

import { readTabMessage, type TabMessage } from "./tabMessage.ts";

/** Where the tabs of one name talk to each other. Closed, it neither hears nor says anything. */
export class TabChannel {
  readonly #name: string;
  readonly #onMessage: (message: TabMessage) => void;
  #channel: BroadcastChannel | null = null;

  constructor(name: string, onMessage: (message: TabMessage) => void) {
    this.#name = name;
    this.#onMessage = onMessage;
  }

  open(): void {
    if (this.#channel) return;
    this.#channel = new BroadcastChannel(this.#name);
    this.#channel.addEventListener("message", (event: MessageEvent<unknown>) => {
      const message = readTabMessage(event.data);
      if (message) this.#onMessage(message);
    });
  }

  say(message: TabMessage): void {
    this.#channel?.postMessage(message);
  }

  close(): void {
    this.#channel?.close();
    this.#channel = null;
  }
}

import type { Reader } from "../../protocol/reader.ts";
import type { Access, Grant } from "../../protocol/update.ts";
import { grantOf, kindOf } from "../../streams/declare/readers.ts";
import type { Stream } from "../../streams/declare/Stream.ts";

const GRANT = "grant";

interface RightsOptions {
  readonly stream: Stream;
  readonly storage: DurableObjectStorage;
  readonly now: () => number;
}

/** Who may read what of a topic: by the declaration, the items, and the document that grants the topic. */
export class Rights {
  readonly #options: RightsOptions;
  #grant: Grant | null;

  constructor(options: RightsOptions) {
    this.#options = options;
    this.#grant = options.storage.kv.get<Grant>(GRANT) ?? null;
  }

  /** Whether the topic is granted by another document, which has yet to be heard of. */
  get lacksGrant(): boolean {
    return this.#grant === null && grantOf(this.#options.stream) !== null;
  }

  /** What kind of reader somebody is to an item; `null` when he may not read it. */
  kindOf(reader: Reader, access: Access | null): string | null {
    const { stream, now } = this.#options;
    return kindOf(stream, reader, access, this.#grant?.memberIds ?? null, now());
  }

  /** Whether somebody may watch a topic of many items at all, whichever of them he may then read. */
  mayOpen(reader: Reader): boolean {
    const byItem = this.#options.stream.readers.some(({ by }) => by === "members");
    return (byItem && reader.kind === "user") || this.kindOf(reader, null) !== null;
  }

  /** Takes in what the granting document says. Answers whether that is news. */
  takeGrant(grant: Grant): boolean {
    const held = this.#grant;
    if (held && grant.version <= held.version) return false;
    this.#grant = grant;
    this.#options.storage.kv.put(GRANT, grant);
    return held === null || held.memberIds.join() !== grant.memberIds.join();
  }

  /** Lets any version count as newer than what is held: another cluster's clock rules now. */
  distrust(): void {
    if (this.#grant) this.#grant = { ...this.#grant, version: "" };
  }

  /** Forgets what was granted. */
  forget(): void {
    this.#grant = null;
  }
}

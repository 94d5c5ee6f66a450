/** What clients call themselves in their first `hello`, by connection, while they are connected. */
export class ClientNames {
  readonly #names = new Map<number, string>();

  /** Remembers a name until the connection is closed. */
  note(connectionId: number, name: string, closed: AbortSignal): void {
    this.#names.set(connectionId, name);
    closed.addEventListener("abort", () => this.#names.delete(connectionId), { once: true });
  }

  /** The name of a connection's client; `null` when it gave none. */
  of(connectionId: number): string | null {
    return this.#names.get(connectionId) ?? null;
  }
}

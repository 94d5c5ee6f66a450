/** A command that has not been answered yet. */
export interface RunningCommand {
  /** Its `opid`. */
  readonly id: number;
  readonly name: string;
  readonly namespace: string;
  readonly connectionId: number;
  readonly appName: string | null;
  /** By `performance.now()`. */
  readonly arrivedAt: number;
  /** Ends it, as far as it looks whether it shall end. */
  readonly kill: () => void;
}

/** The commands that run now. */
export class RunningCommands {
  readonly #running = new Map<number, RunningCommand>();
  #nextId = 1;

  /** Notes a command; the answer forgets it. */
  add(command: Omit<RunningCommand, "id">): () => void {
    const id = this.#nextId++;
    this.#running.set(id, { ...command, id });
    return () => this.#running.delete(id);
  }

  all(): readonly RunningCommand[] {
    return [...this.#running.values()];
  }

  /** Ends a command; false when there is none of that id. */
  kill(id: number): boolean {
    const command = this.#running.get(id);
    command?.kill();
    return command !== undefined;
  }
}

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
}

/** What the command itself needs of its entry. */
interface Entry {
  /** Whether somebody has asked to end it. */
  readonly isKilled: () => boolean;
  readonly forget: () => void;
}

/** The commands that run now. */
export class RunningCommands {
  readonly #running = new Map<number, RunningCommand>();
  readonly #killed = new Set<number>();
  #nextId = 1;

  /** Notes a command until it is forgotten. */
  add(command: Omit<RunningCommand, "id">): Entry {
    const id = this.#nextId++;
    this.#running.set(id, { ...command, id });
    return {
      isKilled: () => this.#killed.has(id),
      forget: () => {
        this.#running.delete(id);
        this.#killed.delete(id);
      },
    };
  }

  all(): readonly RunningCommand[] {
    return [...this.#running.values()];
  }

  /** Asks a command to end; it does at its next stop. */
  kill(id: number): void {
    if (this.#running.has(id)) this.#killed.add(id);
  }
}

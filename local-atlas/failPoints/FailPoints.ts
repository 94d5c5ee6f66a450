import type { FailCommand, FailPointMode, FailTransactionalWrite } from "./failPointSchema.ts";

interface Armed<Data> {
  readonly data: Data;
  /** How often it still fires. */
  left: number;
  /** How often it first lets a command pass. */
  toSkip: number;
}

/** What a fail point is asked about: one command as it came. */
export interface Candidate {
  readonly name: string;
  readonly namespace: string;
  /** What the client calls itself. */
  readonly appName: string | null;
}

/** The faults that a test has asked this server for. They are not kept over a restart. */
export class FailPoints {
  #command: Armed<FailCommand> | null = null;
  #write: Armed<FailTransactionalWrite> | null = null;
  #fired = 0;

  /** Sets or unsets `failCommand`; gives how often fail points have fired before. */
  setCommand(mode: FailPointMode, data: FailCommand): number {
    this.#command = arm(mode, data);
    return this.#fired;
  }

  /** The same for `onPrimaryTransactionalWrite`. */
  setTransactionalWrite(mode: FailPointMode, data: FailTransactionalWrite): number {
    this.#write = arm(mode, data);
    return this.#fired;
  }

  /** What shall go wrong with a command; `null` for nothing. */
  ofCommand(candidate: Candidate): FailCommand | null {
    const armed = this.#command;
    if (armed === null || !concerns(armed.data, candidate)) return null;
    if (!this.#fires(armed)) return null;
    return armed.data;
  }

  /** What shall go wrong with a numbered write. */
  ofTransactionalWrite(): FailTransactionalWrite | null {
    const armed = this.#write;
    return armed !== null && this.#fires(armed) ? armed.data : null;
  }

  #fires(armed: Armed<unknown>): boolean {
    if (armed.toSkip > 0) {
      armed.toSkip--;
      return false;
    }
    if (armed.left === 0) return false;
    armed.left--;
    this.#fired++;
    return true;
  }
}

function arm<Data>(mode: FailPointMode, data: Data): Armed<Data> | null {
  if (mode === "off") return null;
  if (mode === "alwaysOn") return { data, left: Infinity, toSkip: 0 };
  return "times" in mode
    ? { data, left: mode.times, toSkip: 0 }
    : { data, left: Infinity, toSkip: mode.skip };
}

function concerns(data: FailCommand, candidate: Candidate): boolean {
  if (!data.failCommands.includes(candidate.name)) return false;
  if (data.appName !== undefined && data.appName !== candidate.appName) return false;
  return data.namespace === undefined || data.namespace === candidate.namespace;
}

/** An error that a fail point makes. */
export class InjectedError extends Error {
  readonly code: number;
  /** `null` for the labels that the code has by itself. */
  readonly labels: readonly string[] | null;

  constructor(code: number, labels: readonly string[] | null) {
    super("Failing command via 'failCommand' failpoint");
    this.name = "InjectedError";
    this.code = code;
    this.labels = labels;
  }
}

/** A fail point closes the connection without an answer. Never reaches a client. */
export class ConnectionCut extends Error {
  constructor() {
    super("a fail point closes the connection");
    this.name = "ConnectionCut";
  }
}

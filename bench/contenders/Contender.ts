import type { StreamRequest } from "../client/StreamSocket.ts";

/** One design under measurement, running in processes of its own. */
export interface Contender {
  readonly name: string;
  /** The processes that serve, the runtime included; not the bench, its clients or the database. */
  readonly pids: () => readonly number[];
  readonly request: StreamRequest;
  /** Changes the document: the body is the new one. Resolves when the server has answered. */
  publish(document: PlanDocument): Promise<void>;
  stop(): Promise<void>;
}

/** The document that every contender sends: a meal plan in the form in which clients get it. */
export interface PlanDocument {
  readonly seq: number;
  /** When it was made; milliseconds of the shared clock. It is in the document's mark as well. */
  readonly sentAt: number;
  readonly json: string;
}

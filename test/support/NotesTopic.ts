import { ObjectId } from "bson";
import type { Collection } from "mongodb";

import { ChangeTap } from "./ChangeTap.ts";
import { DatabaseView } from "./databaseView.ts";
import { heldField } from "./heldItems.ts";
import { publish } from "./hook.ts";
import type { Stack } from "./stack.ts";
import { untilClients } from "./status.ts";
import type { ReceivedEvent, StreamReader } from "./streamReader.ts";
import { openTopic, readTopic, startStreamsStack } from "./streamsStack.ts";

/** A document of the stream `notes`. */
export interface Note {
  readonly _id: ObjectId;
  readonly text: string;
  readonly tags: readonly string[];
}

/** The stream `notes`, one topic of many items that anybody may read, on a stack of its own. */
export class NotesTopic {
  readonly stack: Stack;
  readonly notes: Collection<Note>;
  /** The changes of the database. */
  readonly tap: ChangeTap;
  readonly #view: DatabaseView;

  private constructor(stack: Stack, view: DatabaseView, tap: ChangeTap) {
    this.stack = stack;
    this.notes = view.db.collection("notes");
    this.#view = view;
    this.tap = tap;
  }

  /** Starts the stack, whose hubs have a quick heartbeat. */
  static async start(vars: Readonly<Record<string, string>> = {}): Promise<NotesTopic> {
    const stack = await startStreamsStack({ HEARTBEAT_SECONDS: "0.5", ...vars });
    const view = new DatabaseView(stack.mongoUri);
    return new NotesTopic(stack, view, await ChangeTap.open(view.db));
  }

  /** Deletes all notes, and waits until nobody watches: the first who comes then makes the hub look at the database. */
  async empty(): Promise<void> {
    await this.notes.deleteMany({});
    await this.tap.skip();
    await untilClients(this.stack.url, 0);
  }

  /** Opens the topic until the test is over. */
  open(query = "", headers: Record<string, string> = {}): Promise<StreamReader> {
    return openTopic(this.stack, `notes${query}`, headers);
  }

  /** What the topic holds, as JSON. */
  contents(headers: Record<string, string> = {}): Promise<Response> {
    return readTopic(this.stack, "notes", headers);
  }

  /** Posts the next changes of the database to the hook, as the trigger does. Answers what became of each. */
  async tell(count: number): Promise<string[]> {
    return publish(this.stack.url, await this.tap.take(count));
  }

  async stop(): Promise<void> {
    await this.tap.close();
    await this.#view.close();
    await this.stack.stop();
  }
}

/** Makes a note, to be inserted. */
export function note(text: string, ...tags: string[]): Note {
  return { _id: new ObjectId(), text, tags };
}

/** The texts of the notes that a client holds, in their order. */
export function textsOf(reader: { readonly events: readonly ReceivedEvent[] }): unknown[] {
  return heldField(reader.events, "text");
}

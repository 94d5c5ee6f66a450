import { ClientProcess } from "../ClientProcess.ts";
import type { Opened } from "../client/messages.ts";
import type { Contender } from "../contenders/Contender.ts";
import { HOUSEHOLD_ID, PlanWriter } from "../planDocument.ts";

const SOMEBODY = { planId: HOUSEHOLD_ID, userId: HOUSEHOLD_ID };

/** A contender with clients that watch it. */
export class Watched {
  readonly contender: Contender;
  readonly opened: Opened;
  readonly clients: ClientProcess;
  readonly writer: PlanWriter;

  private constructor(contender: Contender, clients: ClientProcess, writer: PlanWriter, opened: Opened) {
    this.contender = contender;
    this.clients = clients;
    this.writer = writer;
    this.opened = opened;
  }

  /** Opens so many streams of a contender. The writer goes on where the contender's last one stopped. */
  static async open(contender: Contender, count: number): Promise<Watched> {
    const clients = new ClientProcess();
    const opened = await clients.open(contender.request, count);
    return new Watched(contender, clients, writerOf(contender), opened);
  }

  /** Closes the streams. */
  async close(): Promise<void> {
    await this.clients.close();
    await this.clients.stop();
  }
}

const writers = new WeakMap<Contender, PlanWriter>();

/** One writer per contender: the numbers of its changes must rise from bench to bench. */
function writerOf(contender: Contender): PlanWriter {
  const known = writers.get(contender);
  if (known) return known;
  const owner = "planId" in contender ? (contender as Contender & typeof SOMEBODY) : SOMEBODY;
  const writer = new PlanWriter(owner);
  writers.set(contender, writer);
  return writer;
}

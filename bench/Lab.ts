import { startBareLimit } from "./contenders/bareLimit.ts";
import { startBetterSse } from "./contenders/betterSse.ts";
import type { Contender } from "./contenders/Contender.ts";
import { startNchan } from "./contenders/nchan.ts";
import { type Ours, overWebSocket, startOurs } from "./contenders/ours.ts";
import { startTutorial } from "./contenders/tutorial.ts";
import { ServerProcess } from "./ServerProcess.ts";

/** Everything under measurement, started once: all contenders run side by side on the same machine. */
export class Lab {
  readonly mongoUri: string;
  readonly ours: Ours;
  readonly contenders: readonly Contender[];
  readonly #database: ServerProcess;

  private constructor(
    database: ServerProcess,
    mongoUri: string,
    ours: Ours,
    contenders: readonly Contender[],
  ) {
    this.#database = database;
    this.mongoUri = mongoUri;
    this.ours = ours;
    this.contenders = contenders;
  }

  /** Starts the database and every contender that this machine has. */
  static async open(): Promise<Lab> {
    const database = await ServerProcess.start("database");
    const mongoUri = `mongodb://127.0.0.1:${database.served.port}/mealcast?replicaSet=rs0`;
    const ours = await startOurs(mongoUri);
    const nchan = await startNchan();
    if (!nchan) console.log("nchan is not installed here (Debian: libnginx-mod-nchan): it is left out");
    const webSocket = overWebSocket(await startOurs(mongoUri));
    const others = [webSocket, await startBareLimit(), await startBetterSse(), await startTutorial(mongoUri)];
    return new Lab(database, mongoUri, ours, [ours, ...others, ...(nchan ? [nchan] : [])]);
  }

  /** The TCP port of the database. */
  get databasePort(): number {
    return this.#database.served.port;
  }

  /** Ends everything. */
  async close(): Promise<void> {
    await Promise.all(this.contenders.map((contender) => contender.stop()));
    await this.#database.stop();
  }
}

import { EJSON } from "bson";
import { type ClientSession, type Db, MongoClient } from "mongodb";

/** The database as somebody else's client sees it. */
export class DatabaseView {
  readonly #client: MongoClient;

  constructor(uri: string) {
    this.#client = new MongoClient(uri);
  }

  get db(): Db {
    return this.#client.db();
  }

  /** All that is stored, as one text: equal texts mean that nothing changed. */
  async everything(): Promise<string> {
    const collections = await this.db.listCollections().toArray();
    const names = collections.map(({ name }) => name).toSorted();
    const contents = names.map(async (name) => {
      const documents = await this.db.collection(name).find().sort({ _id: 1 }).toArray();
      return EJSON.stringify({ [name]: documents }, { relaxed: false });
    });
    return (await Promise.all(contents)).join("\n");
  }

  /** Does several things at one cluster time. */
  async transact(work: (session: ClientSession) => Promise<void>): Promise<void> {
    await this.#client.withSession((session) => session.withTransaction(() => work(session)));
  }

  async close(): Promise<void> {
    await this.#client.close();
  }
}

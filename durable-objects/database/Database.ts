import { DurableObject } from "cloudflare:workers";

import { good } from "../../protocol/answer.ts";
import type { Stream } from "../../streams/declare/Stream.ts";
import type { DatabaseClient, OpenDatabase } from "./DatabaseClient.ts";
import { TopicQueries } from "./TopicQueries.ts";

/**
 * One of the few objects that talk to MongoDB. A Worker may not share a socket between requests and a connection for
 * each request is slow, so Workers and hubs ask here. An app that has queries of its own extends it by them.
 */
export abstract class Database extends DurableObject<Env> {
  readonly #client: DatabaseClient<OpenDatabase>;
  readonly #topics: TopicQueries;

  constructor(
    ctx: DurableObjectState,
    env: Env,
    client: DatabaseClient<OpenDatabase>,
    streams: readonly Stream[],
  ) {
    super(ctx, env);
    this.#client = client;
    this.#topics = new TopicQueries(client, streams);
  }

  get topics(): TopicQueries {
    return this.#topics;
  }

  /** Whether the database answers. */
  async ping(): Promise<boolean> {
    const answer = await this.#client.run("ping", async ({ client }) => {
      await client.db("admin").command({ ping: 1 });
      return good(true);
    });
    return answer.ok;
  }
}

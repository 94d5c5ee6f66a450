import { RpcTarget } from "cloudflare:workers";
import { type ClientSession, type Document, ObjectId } from "mongodb";
import * as z from "zod";

import { TIMED } from "../durable-objects/database/timed.ts";
import { isDuplicateKey } from "../durable-objects/database/databaseErrors.ts";
import { inTransaction } from "../durable-objects/database/transactions.ts";
import { type Answer, good, refused } from "../protocol/answer.ts";
import type { Passkey, User } from "../protocol/user.ts";
import type { PlannerClient, Store } from "./Store.ts";
import type { StoredPasskey } from "./storedDocuments.ts";
import { userOf } from "./userOf.ts";
import { wireOf } from "./wire.ts";

/** A passkey to keep: what proves who has it. `credentialId` and `publicKey` are base64url. */
export interface NewPasskey {
  readonly name: string;
  readonly credentialId: string;
  readonly publicKey: string;
  /** How often the authenticator has signed, as far as it counts. */
  readonly counter: number;
  readonly transports: readonly string[];
}

/** A passkey with whose it is. */
export interface KnownPasskey {
  readonly user: User;
  readonly credentialId: string;
  readonly publicKey: string;
  readonly counter: number;
}

/** What a browser needs to know to make no second passkey on one authenticator. */
export type Credential = Pick<NewPasskey, "credentialId" | "transports">;

const MOST_PASSKEYS = 20;

const listed = z.object({
  _id: z.string(),
  name: z.string().catch(""),
  createdAt: z.string().catch(""),
  lastUsedAt: z.string().nullable().catch(null),
});

const credential = z.object({ credentialId: z.string(), transports: z.array(z.string()).catch([]) });

const known = z.object({ credentialId: z.string(), publicKey: z.string(), counter: z.number() });

/** The queries about passkeys. Each is a document of its own: an authenticator's id belongs to one account only. */
export class Passkeys extends RpcTarget {
  readonly #client: PlannerClient;

  constructor(client: PlannerClient) {
    super();
    this.#client = client;
  }

  /** Somebody's passkeys, the oldest first. */
  list(userId: string): Promise<Answer<readonly Passkey[]>> {
    return this.#client.run("passkeys.list", async (store) =>
      good((await passkeysOf(store, userId)).map(passkeyOf)),
    );
  }

  /** The credentials of somebody's passkeys. */
  credentials(userId: string): Promise<Answer<readonly Credential[]>> {
    return this.#client.run("passkeys.credentials", async (store) =>
      good((await passkeysOf(store, userId)).map((document) => credential.parse(wireOf(document)))),
    );
  }

  /** Keeps a passkey. Refuses `limit-reached`, `signed-out`, and `conflict` for one that is kept already. */
  add(userId: string, passkey: NewPasskey, now: Date): Promise<Answer<Passkey>> {
    const document: StoredPasskey = {
      _id: new ObjectId(),
      userId: new ObjectId(userId),
      ...passkey,
      createdAt: now,
      lastUsedAt: null,
    };
    return this.#client.run("passkeys.add", async (store) => {
      try {
        return await store.client.withSession((session) =>
          inTransaction(session, () => insert(store, document, session)),
        );
      } catch (error) {
        if (isDuplicateKey(error)) return refused("conflict", "This passkey is known already");
        throw error;
      }
    });
  }

  /** Forgets a passkey. Refuses `not-found`. */
  remove(userId: string, passkeyId: string): Promise<Answer<null>> {
    return this.#client.run("passkeys.remove", async ({ passkeys }) => {
      const own = { _id: new ObjectId(passkeyId), userId: new ObjectId(userId) };
      const { deletedCount } = await passkeys.deleteOne(own);
      return deletedCount === 1 ? good(null) : refused("not-found");
    });
  }

  /** The passkey of a credential, with its user. Refuses `wrong-passkey` for one that nobody has. */
  find(credentialId: string): Promise<Answer<KnownPasskey>> {
    return this.#client.run("passkeys.find", async ({ passkeys, users }) => {
      const document = await passkeys.findOne({ credentialId }, TIMED);
      const user = document && (await users.findOne({ _id: document["userId"] }, TIMED));
      if (!document || !user) return refused("wrong-passkey");
      return good({ ...known.parse(wireOf(document)), user: userOf(user) });
    });
  }

  /**
   * Notes that a passkey was used. Refuses `wrong-passkey` when it was removed meanwhile, or its counter is not the one
   * any more that was checked.
   */
  noteUse(passkey: KnownPasskey, counter: number, now: Date): Promise<Answer<null>> {
    return this.#client.run("passkeys.noteUse", async ({ passkeys }) => {
      const filter = {
        credentialId: passkey.credentialId,
        userId: new ObjectId(passkey.user._id),
        counter: passkey.counter,
      };
      const { matchedCount } = await passkeys.updateOne(filter, { $set: { counter, lastUsedAt: now } });
      return matchedCount === 1 ? good(null) : refused("wrong-passkey");
    });
  }
}

function passkeysOf({ passkeys }: Store, userId: string): Promise<readonly Document[]> {
  return passkeys
    .find({ userId: new ObjectId(userId) }, TIMED)
    .sort({ _id: 1 })
    .toArray();
}

/** The account is written as well: of several at a time none overlooks the others, nor a deletion of the account. */
async function insert(
  { users, passkeys }: Store,
  document: StoredPasskey,
  session: ClientSession,
): Promise<Answer<Passkey>> {
  const { userId } = document;
  const account = await users.updateOne({ _id: userId }, { $inc: { passkeysAdded: 1 } }, { session });
  if (account.matchedCount === 0) return refused("signed-out");
  const count = await passkeys.countDocuments({ userId }, { ...TIMED, session });
  if (count >= MOST_PASSKEYS) return refused("limit-reached", `At most ${MOST_PASSKEYS} passkeys`);
  await passkeys.insertOne(document, { session });
  return good(passkeyOf(document));
}

function passkeyOf(document: Document): Passkey {
  return listed.parse(wireOf(document));
}

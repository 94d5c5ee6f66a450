import { RpcTarget } from "cloudflare:workers";
import { type ClientSession, ObjectId } from "mongodb";

import { isDuplicateKey } from "../durable-objects/database/databaseErrors.ts";
import { inTransaction } from "../durable-objects/database/transactions.ts";
import { type Answer, good, refused } from "../protocol/answer.ts";
import { isObjectId } from "../protocol/objectId.ts";
import type { PlannerClient, Store } from "./Store.ts";
import type { StoredEmailToken, StoredUser } from "./storedDocuments.ts";
import type { NewUser } from "./Users.ts";

/** A link in a mail. */
export interface NewEmailLink {
  /** SHA-256 in hex. */
  readonly tokenHash: string;
  readonly expiresAt: Date;
}

/** The queries about proving that an address is one's own. Of tokens only hashes are kept. */
export class Emails extends RpcTarget {
  readonly #client: PlannerClient;

  constructor(client: PlannerClient) {
    super();
    this.#client = client;
  }

  /** Keeps an account that begins when its address is proved. Nobody is asked whether there is one already. */
  askForRegistration(account: NewUser, link: NewEmailLink): Promise<Answer<null>> {
    return this.#keep({ email: account.email, account, userId: null }, link);
  }

  /** Keeps that somebody wants to prove an address: the one that they have, or the one that they want. */
  askForAddress(userId: string, email: string, link: NewEmailLink): Promise<Answer<null>> {
    return this.#keep({ email, account: null, userId: new ObjectId(userId) }, link);
  }

  /**
   * Takes an address as proved: an account begins, or has it from now on. Answers the address. Refuses `gone` for a link
   * that was used, has expired or was never sent, and `email-taken`.
   */
  prove(tokenHash: string, now: Date): Promise<Answer<string>> {
    return this.#client.run("emails.prove", async (store) => {
      try {
        return await store.client.withSession((session) =>
          inTransaction(session, () => useUp(store, tokenHash, now, session)),
        );
      } catch (error) {
        if (isDuplicateKey(error)) return refused("email-taken");
        throw error;
      }
    });
  }

  #keep(
    wanted: Pick<StoredEmailToken, "email" | "account" | "userId">,
    { tokenHash, expiresAt }: NewEmailLink,
  ): Promise<Answer<null>> {
    return this.#client.run("emails.keep", async ({ emailTokens }) => {
      const document: StoredEmailToken = { _id: new ObjectId(), tokenHash, ...wanted, expiresAt };
      await emailTokens.insertOne(document);
      return good(null);
    });
  }
}

async function useUp(
  store: Store,
  tokenHash: string,
  now: Date,
  session: ClientSession,
): Promise<Answer<string>> {
  const open = { tokenHash, expiresAt: { $gt: now } };
  // Written by this class only.
  const token = (await store.emailTokens.findOneAndDelete(open, { session })) as StoredEmailToken | null;
  if (!token) return refused("gone");
  const isDone = token.account
    ? await begin(store, token.account, now, session)
    : await setAddress(store, token, session);
  return isDone ? good(token.email) : refused("gone", "The account is gone, or wants another address by now");
}

async function begin(
  { users }: Store,
  account: NewUser,
  now: Date,
  session: ClientSession,
): Promise<boolean> {
  const document: StoredUser = {
    _id: new ObjectId(),
    ...account,
    verifiedEmail: account.email,
    createdAt: now,
  };
  await users.insertOne(document, { session });
  return true;
}

async function setAddress(
  { users }: Store,
  { userId, email }: StoredEmailToken,
  session: ClientSession,
): Promise<boolean> {
  const id = String(userId);
  if (!isObjectId(id)) return false;
  const own = { _id: new ObjectId(id) };
  const proved = { $set: { verifiedEmail: email } };
  if ((await users.updateOne({ ...own, email }, proved, { session })).matchedCount === 1) return true;
  const moved = { $set: { email, verifiedEmail: email, pendingEmail: null } };
  return (await users.updateOne({ ...own, pendingEmail: email }, moved, { session })).matchedCount === 1;
}

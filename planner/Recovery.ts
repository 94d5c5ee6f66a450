import { RpcTarget } from "cloudflare:workers";
import { type Document, ObjectId } from "mongodb";

import { TIMED } from "../durable-objects/database/timed.ts";
import { type Answer, good, refused } from "../protocol/answer.ts";
import { mayInHousehold, roleIn } from "../protocol/roles.ts";
import { seenBy } from "./householdMembers.ts";
import { recoverAccount } from "./recoverAccount.ts";
import type { PlannerClient, Store } from "./Store.ts";
import type { StoredPassword, StoredRecoveryLink } from "./storedDocuments.ts";
import { householdOf } from "./wire.ts";

/** A code that is good for a while. */
export interface NewRecoveryLink {
  /** SHA-256 in hex. */
  readonly hash: string;
  readonly expiresAt: Date;
}

/** Who vouches for whom, and by which household. */
export interface Vouching {
  readonly householdId: string;
  readonly memberId: string;
  readonly userId: string;
}

/** Of those that are made and not used the newest are kept. */
const MOST_LINKS = 5;

/** The queries about getting into an account without its password. Of codes only hashes are kept. */
export class Recovery extends RpcTarget {
  readonly #client: PlannerClient;

  constructor(client: PlannerClient) {
    super();
    this.#client = client;
  }

  /** Puts new codes in place of the old. Refuses `conflict` when the password is not the one any more that was checked. */
  replaceCodes(userId: string, checked: StoredPassword, hashes: readonly string[]): Promise<Answer<null>> {
    return this.#client.run("recovery.replaceCodes", async ({ users }) => {
      const filter = { _id: new ObjectId(userId), "password.hash": checked.hash };
      const { matchedCount } = await users.updateOne(filter, { $set: { recoveryCodes: hashes } });
      return matchedCount === 1 ? good(null) : refused("conflict");
    });
  }

  /**
   * Keeps a code that an owner gives to another member. Refuses `not-found`, and `forbidden` to whoever is no owner, or
   * vouches for himself: that would be a way past his own password. Answers the household's name.
   */
  vouch({ householdId, memberId, userId }: Vouching, link: NewRecoveryLink): Promise<Answer<string>> {
    return this.#client.run("recovery.vouch", async (store) => {
      const stored = await store.households.findOne(seenBy(householdId, userId), TIMED);
      const household = stored && householdOf(stored);
      if (!household || roleIn(household, memberId) === null) return refused("not-found");
      if (memberId === userId) return refused("forbidden", "Nobody vouches for themselves");
      if (!mayInHousehold(household, userId, "vouch"))
        return refused("forbidden", "Only an owner vouches for a member");
      const by = { householdId: new ObjectId(householdId), userId: new ObjectId(userId) };
      const isKept = await keepLink(store, memberId, { ...link, by });
      return isKept ? good(household.name) : refused("not-found");
    });
  }

  /** Keeps a code that is sent to the account's own address. Refuses `not-found`. */
  mail(userId: string, link: NewRecoveryLink): Promise<Answer<null>> {
    return this.#client.run("recovery.mail", async (store) => {
      const isKept = await keepLink(store, userId, { ...link, by: null });
      return isKept ? good(null) : refused("not-found");
    });
  }

  /**
   * Sets a password by a code, which is used up, and with it all codes that were good for a while. Answers the user's id.
   * Refuses `wrong-code`, whatever is wrong.
   */
  recover(email: string, codeHash: string, password: StoredPassword, now: Date): Promise<Answer<string>> {
    return this.#client.run("recovery.recover", (store) =>
      recoverAccount(store, { email, codeHash, password }, now),
    );
  }
}

async function keepLink({ users }: Store, userId: string, link: StoredRecoveryLink): Promise<boolean> {
  const update: Document = { $push: { recoveryLinks: { $each: [link], $slice: -MOST_LINKS } } };
  const { matchedCount } = await users.updateOne({ _id: new ObjectId(userId) }, update);
  return matchedCount === 1;
}

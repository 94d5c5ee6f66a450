import { RpcTarget } from "cloudflare:workers";
import { type Document, ObjectId } from "mongodb";
import * as z from "zod";

import { type Answer, good, refused } from "../protocol/answer.ts";
import type { User } from "../protocol/user.ts";
import type { PlannerClient } from "./Store.ts";
import { isDuplicateKey } from "../durable-objects/database/databaseErrors.ts";
import type { StoredPassword, StoredUser } from "./storedDocuments.ts";
import { userOf } from "./userOf.ts";
import { wireOf } from "./wire.ts";
import { TIMED } from "../durable-objects/database/timed.ts";

/** What an account starts with. `email` is normalized. */
export interface NewUser {
  readonly email: string;
  readonly name: string;
  readonly password: StoredPassword;
}

/** An account with what its password is checked against; `null` when that was damaged by hand. */
export interface Credentials {
  readonly user: User;
  readonly password: StoredPassword | null;
}

/** More work than this is no password of ours, and the runtime would refuse it. */
const MOST_WORK = 2 ** 20;

const storedPassword = z
  .object({
    algorithm: z.literal("scrypt"),
    cost: z.int().positive(),
    blockSize: z.int().positive(),
    parallelization: z.int().positive(),
    salt: z.base64(),
    hash: z.base64().min(40),
  })
  .refine(({ cost, blockSize, parallelization }) => cost * blockSize * parallelization <= MOST_WORK);

/** The queries about accounts. */
export class Users extends RpcTarget {
  readonly #client: PlannerClient;

  constructor(client: PlannerClient) {
    super();
    this.#client = client;
  }

  /** Makes an account. Refuses `email-taken`. */
  register(user: NewUser, now: Date): Promise<Answer<User>> {
    return this.#client.run("users.register", async ({ users }) => {
      const document: StoredUser = { _id: new ObjectId(), ...user, createdAt: now };
      try {
        await users.insertOne(document);
      } catch (error) {
        if (isDuplicateKey(error)) return refused("email-taken");
        throw error;
      }
      return good(userOf(document));
    });
  }

  /** The account of a normalized email, `null` when there is none. */
  credentials(email: string): Promise<Answer<Credentials | null>> {
    return this.#client.run("users.credentials", async ({ users }) => {
      const document = await users.findOne({ email }, TIMED);
      return good(document && credentialsIn(document));
    });
  }

  /** The account of an id with its password. Refuses `not-found`. */
  credentialsOf(userId: string): Promise<Answer<Credentials>> {
    return this.#client.run("users.credentialsOf", async ({ users }) => {
      const document = await users.findOne({ _id: new ObjectId(userId) }, TIMED);
      return document ? good(credentialsIn(document)) : refused("not-found");
    });
  }

  /**
   * Puts a password in place of the one that was checked. Whoever fears that somebody else has been at the account does
   * this: codes that were given out, and an address that it is to have, are worth nothing any more. Refuses `conflict`
   * when that is not the stored one any more.
   */
  setPassword(userId: string, checked: StoredPassword, next: StoredPassword): Promise<Answer<null>> {
    return this.#client.run("users.setPassword", async ({ users }) => {
      const filter = { _id: new ObjectId(userId), "password.hash": checked.hash };
      const { matchedCount } = await users.updateOne(filter, {
        $set: { password: next, recoveryLinks: [] },
        $unset: { pendingEmail: "" },
      });
      return matchedCount === 1 ? good(null) : refused("conflict");
    });
  }

  /** The account of an id. Refuses `not-found`. */
  read(userId: string): Promise<Answer<User>> {
    return this.#client.run("users.read", async ({ users }) => {
      const document = await users.findOne({ _id: new ObjectId(userId) }, TIMED);
      return document ? good(userOf(document)) : refused("not-found");
    });
  }
}

function credentialsIn(document: Document): Credentials {
  return { user: userOf(document), password: passwordOf(document) };
}

function passwordOf(document: Document): StoredPassword | null {
  return storedPassword.safeParse(wireOf(document)["password"]).data ?? null;
}

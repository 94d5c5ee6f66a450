import { RpcTarget } from "cloudflare:workers";

import type { Answer } from "../protocol/answer.ts";
import type { ChangeText } from "../protocol/change.ts";
import { changeProfile, type ProfileChange, type ProfilePatch } from "./changeProfile.ts";
import {
  type ExportHead,
  exportHead,
  type ExportPage,
  exportPage,
  type ExportPlace,
} from "./exportAccount.ts";
import { type Removal, removeAccount } from "./removeAccount.ts";
import type { PlannerClient } from "./Store.ts";
import type { StoredPassword } from "./storedDocuments.ts";

/** What people do with their own account. */
export class Profiles extends RpcTarget {
  readonly #client: PlannerClient;

  constructor(client: PlannerClient) {
    super();
    this.#client = client;
  }

  /**
   * Changes the given fields, and the name in all households. Refuses `email-taken`, and `conflict` when the password is
   * not the one any more that was checked.
   */
  change(
    account: { readonly userId: string; readonly password: StoredPassword },
    patch: ProfilePatch,
    now: Date,
  ): Promise<Answer<ProfileChange>> {
    return this.#client.run("profiles.change", (store) => changeProfile(store, account, patch, now));
  }

  /** Deletes the account. Answers what is to be published. Refuses `sole-owner`, `conflict`. */
  remove(removal: Removal, now: Date): Promise<Answer<readonly ChangeText[]>> {
    return this.#client.run("profiles.remove", (store) => removeAccount(store, removal, now));
  }

  /** What is about the account itself. Refuses `not-found`. */
  exportHead(userId: string): Promise<Answer<ExportHead>> {
    return this.#client.run("profiles.exportHead", (store) => exportHead(store, userId));
  }

  /** A part of what the user's households have. */
  exportPage(userId: string, place: ExportPlace): Promise<Answer<ExportPage>> {
    return this.#client.runLong("profiles.exportPage", userId, (store) => exportPage(store, userId, place));
  }
}

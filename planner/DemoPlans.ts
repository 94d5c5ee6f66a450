import { RpcTarget } from "cloudflare:workers";
import { type Document, ObjectId } from "mongodb";

import { type Answer, good, refused } from "../protocol/answer.ts";
import type { ChangeText } from "../protocol/change.ts";
import type { Week } from "../protocol/week.ts";
import { either } from "../durable-objects/database/either.ts";
import { TIMED } from "../durable-objects/database/timed.ts";
import { writePlan } from "./planAccess.ts";
import { planOfWeek } from "./planOfWeek.ts";
import type { StoredShare } from "./storedDocuments.ts";
import type { PlannerClient, Store } from "./Store.ts";

/** The plan that visitors may look at, whose it is, and what is to be published when it was made just now. */
export interface FoundDemo {
  readonly planId: string;
  readonly userId: string;
  readonly changes: readonly ChangeText[];
}

/** The link by which they do. */
export interface DemoLink extends Omit<FoundDemo, "changes"> {
  /** SHA-256 in hex. */
  readonly tokenHash: string;
  readonly expiresAt: Date;
}

/** The queries about the plan that visitors without an account see. */
export class DemoPlans extends RpcTarget {
  readonly #client: PlannerClient;

  constructor(client: PlannerClient) {
    super();
    this.#client = client;
  }

  /**
   * Finds the week of an account's first household, or makes it. Refuses `not-found` where there is no such account, or
   * where it has no household. @param email Normalized.
   */
  find(email: string, week: Week, now: Date): Promise<Answer<FoundDemo>> {
    return this.#client.run("demoPlans.find", async (store) => {
      const user = await store.users.findOne({ email }, { ...TIMED, projection: { _id: 1 } });
      const userId = user?._id.toString() ?? "";
      const household = user && (await firstHousehold(store, userId));
      if (!household) return refused("not-found");
      const plan = await planOfWeek(store, { householdId: String(household["_id"]), week, userId }, now);
      if (!plan.ok) return plan;
      const { _id: planId } = JSON.parse(plan.value.data) as { readonly _id: string };
      return good({ planId, userId, changes: plan.value.changes });
    });
  }

  /** Sees to it that a link leads to the plan. Called again, it changes nothing. Answers what is to be published. */
  share({ planId, userId, ...link }: DemoLink, now: Date): Promise<Answer<readonly ChangeText[]>> {
    return this.#client.run("demoPlans.share", async (store) => {
      const share: StoredShare = {
        _id: new ObjectId(),
        ...link,
        createdBy: new ObjectId(userId),
        createdAt: now,
      };
      const notYet = { _id: new ObjectId(planId), "shares.tokenHash": { $ne: link.tokenHash } };
      const written = await writePlan(store, notYet, { $push: { shares: share } }, now);
      return good(written?.changes ?? []);
    });
  }
}

function firstHousehold({ households }: Store, userId: string): Promise<Document | null> {
  return households.findOne(
    { "members.userId": either(userId) },
    { ...TIMED, sort: { _id: 1 }, projection: { _id: 1 } },
  );
}

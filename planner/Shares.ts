import { RpcTarget } from "cloudflare:workers";
import { type Document, ObjectId } from "mongodb";
import * as z from "zod";

import { type Answer, good, refused } from "../protocol/answer.ts";
import type { Share } from "../protocol/mealPlan.ts";
import type { ChangeText } from "../protocol/change.ts";
import { QUOTAS } from "../protocol/quotas.ts";
import type { PlannerClient, Store } from "./Store.ts";
import { either } from "../durable-objects/database/either.ts";
import { visiblePlan, writePlan, type WrittenPlan } from "./planAccess.ts";
import type { StoredShare } from "./storedDocuments.ts";
import { wireOf } from "./wire.ts";
import { TIMED } from "../durable-objects/database/timed.ts";

/** A link to keep: whoever has the token of this hash may read the plan until it expires. */
export interface ShareToAdd {
  /** SHA-256 in hex. */
  readonly tokenHash: string;
  readonly expiresAt: Date | null;
}

/** A link that was made, and what is to be published. */
export interface AddedShare {
  readonly share: Share;
  readonly changes: readonly ChangeText[];
}

const storedShare = z.object({
  _id: z.string(),
  expiresAt: z.iso.datetime().nullable().catch(null),
  createdAt: z.string().catch(""),
});

/** The queries about the read-only links to a plan. They are kept on the plan: revoking one is a change of it. */
export class Shares extends RpcTarget {
  readonly #client: PlannerClient;

  constructor(client: PlannerClient) {
    super();
    this.#client = client;
  }

  /** Keeps a link. Refuses `not-found`, `limit-reached`. */
  add(planId: string, share: ShareToAdd, userId: string, now: Date): Promise<Answer<AddedShare>> {
    const document: StoredShare = {
      _id: new ObjectId(),
      ...share,
      createdBy: new ObjectId(userId),
      createdAt: now,
    };
    const visible = visiblePlan(planId, userId);
    return this.#client.run("shares.add", async (store) => {
      const written =
        (await push(store, visible, document, now)) ?? (await pushAgain(store, visible, document, now));
      if (written) return good({ share: shareOf(document), changes: written.changes });
      const plan = await store.mealPlans.findOne(visible, { ...TIMED, projection: { _id: 1 } });
      return plan
        ? refused("limit-reached", `At most ${QUOTAS.linksOfPlan} links to a plan`)
        : refused("not-found");
    });
  }

  /** The links that are still good, the oldest first. Refuses `not-found`. */
  list(planId: string, userId: string, now: Date): Promise<Answer<readonly Share[]>> {
    return this.#client.run("shares.list", async ({ mealPlans }) => {
      const plan = await mealPlans.findOne(visiblePlan(planId, userId), {
        ...TIMED,
        projection: { shares: 1 },
      });
      return plan ? good(sharesOf(plan).filter((share) => isGood(share, now))) : refused("not-found");
    });
  }

  /** Revokes a link. Refuses `not-found`. */
  remove(planId: string, shareId: string, userId: string, now: Date): Promise<Answer<readonly ChangeText[]>> {
    const held = { ...visiblePlan(planId, userId), "shares._id": either(shareId) };
    return this.#client.run("shares.remove", async (store) => {
      const written = await writePlan(store, held, { $pull: { shares: { _id: either(shareId) } } }, now);
      return written ? good(written.changes) : refused("not-found");
    });
  }
}

function push(store: Store, visible: Document, share: StoredShare, now: Date): Promise<WrittenPlan | null> {
  const room = { ...visible, [`shares.${QUOTAS.linksOfPlan - 1}`]: { $exists: false } };
  return writePlan(store, room, { $push: { shares: share } }, now);
}

/** Links that have run out make room for another. */
async function pushAgain(
  store: Store,
  visible: Document,
  share: StoredShare,
  now: Date,
): Promise<WrittenPlan | null> {
  const swept = await writePlan(store, visible, { $pull: { shares: { expiresAt: { $lte: now } } } }, now);
  return swept && push(store, visible, share, now);
}

function shareOf(document: Document): Share {
  return storedShare.parse(wireOf(document));
}

function sharesOf(plan: Document): readonly Share[] {
  const shares = wireOf(plan)["shares"];
  if (!Array.isArray(shares)) return [];
  return shares.map((share) => storedShare.safeParse(share).data).filter((share) => share !== undefined);
}

function isGood({ expiresAt }: Share, now: Date): boolean {
  return expiresAt === null || Date.parse(expiresAt) > now.getTime();
}

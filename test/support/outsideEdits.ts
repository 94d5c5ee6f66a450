import { ObjectId } from "bson";
import type { Db } from "mongodb";

/** Somebody at a shell of the database, who knows nothing of the Worker. */
export class OutsideEdits {
  readonly #db: Db;
  readonly #planId: ObjectId;

  constructor(db: Db, planId: string) {
    this.#db = db;
    this.#planId = new ObjectId(planId);
  }

  /** Sets the note of the plan. */
  async note(note: string): Promise<void> {
    const { matchedCount } = await this.#db
      .collection("mealplans")
      .updateOne({ _id: this.#planId }, { $set: { note } });
    if (matchedCount !== 1) throw new Error("There is no such plan");
  }

  /** Sets the note again and again, to `<word> 1`, `<word> 2`, … */
  async notes(word: string, count: number): Promise<void> {
    for (let number = 1; number <= count; number++) await this.note(`${word} ${number}`);
  }

  /** Removes the plan. */
  async remove(): Promise<void> {
    await this.#db.collection("mealplans").deleteOne({ _id: this.#planId });
  }
}

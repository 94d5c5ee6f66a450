import { ObjectId } from "bson";
import type { ChangeStreamDocument, Db } from "mongodb";

import type { ChangeTap } from "../ChangeTap.ts";
import { fieldsOf, TAG } from "./taskFields.ts";
import type { Task, TasksModel } from "./TasksModel.ts";

/** What becomes of one task. `which` counts round those that there are. */
export interface TaskAct {
  readonly what: "insert" | "edit" | "retag" | "move" | "delete" | "bring-back";
  readonly which: number;
}

/** Something that was written, and the event of it. */
export interface Written {
  /** Of the task or the project. */
  readonly id: string;
  readonly place: number;
  readonly event: ChangeStreamDocument;
}

interface TaskWriterOptions {
  readonly db: Db;
  readonly tap: ChangeTap;
  readonly model: TasksModel;
  readonly projects: readonly [string, string];
}

/** Writes tasks and projects into the real database, and into the model. */
export class TaskWriter {
  readonly #options: TaskWriterOptions;

  constructor(options: TaskWriterOptions) {
    this.#options = options;
  }

  /** Makes a project that has no members. */
  async makeProject(project: string): Promise<void> {
    const { db, tap } = this.#options;
    await db.collection("projects").insertOne({ _id: new ObjectId(project), memberIds: [] });
    await tap.take(1);
  }

  /** Adds somebody to a project, or takes him out of it. */
  async turnMember(project: string, userId: string): Promise<Written> {
    const { db, model } = this.#options;
    const before = model.members(project);
    const memberIds = before.includes(userId) ? before.filter((id) => id !== userId) : [...before, userId];
    const place = model.nextPlace();
    const fields = { memberIds: memberIds.map((id) => new ObjectId(id)) };
    await db.collection("projects").updateOne({ _id: new ObjectId(project) }, { $set: fields });
    model.changeMembers(project, place, memberIds);
    return this.#written(project, place);
  }

  /** Does something to a task, if there is one to do it to. `padding` makes its text longer. */
  async write(act: TaskAct, padding = ""): Promise<readonly Written[]> {
    const { model } = this.#options;
    const before = this.#before(act);
    if (!before) return [];
    const place = model.nextPlace();
    const after = act.what === "delete" ? null : { ...this.#after(act, before), number: place, padding };
    await this.#store(act.what, before.id, after);
    model.changeTask(before.id, place, after);
    return [await this.#written(before.id, place)];
  }

  /** The task that something is to be done to, or that is to be made. */
  #before({ what, which }: TaskAct): Task | null {
    const { model, projects } = this.#options;
    const tags = which % 3 === 0 ? [] : [TAG];
    const made = { project: projects[which % 2] ?? projects[0], tags, number: 0, padding: "" };
    if (what === "insert") return { ...made, id: new ObjectId().toHexString() };
    const id = model.deleted[which % model.deleted.length];
    if (what === "bring-back") return id === undefined ? null : { ...made, id };
    return model.tasks[which % model.tasks.length] ?? null;
  }

  #after({ what }: TaskAct, task: Task): Task {
    const [one, other] = this.#options.projects;
    if (what === "retag") return { ...task, tags: task.tags.length > 0 ? [] : [TAG] };
    return what === "move" ? { ...task, project: task.project === one ? other : one } : task;
  }

  async #store(what: TaskAct["what"], id: string, task: Task | null): Promise<void> {
    const collection = this.#options.db.collection("tasks");
    const _id = new ObjectId(id);
    if (!task) return void (await collection.deleteOne({ _id }));
    const fields = { ...fieldsOf(task), project: new ObjectId(task.project) };
    if (what === "insert" || what === "bring-back") await collection.insertOne({ _id, ...fields });
    else if (what === "edit") await collection.replaceOne({ _id }, fields);
    else await collection.updateOne({ _id }, { $set: fields });
  }

  async #written(id: string, place: number): Promise<Written> {
    const [event] = await this.#options.tap.take(1);
    if (!event) throw new Error("unreachable");
    return { id, place, event };
  }
}

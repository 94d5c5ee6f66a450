import { ObjectId } from "bson";
import { expect } from "vitest";

import { topicName } from "../../../streams/declare/topicName.ts";
import type { ChangeTap } from "../ChangeTap.ts";
import { crashHub } from "../crashHub.ts";
import type { DatabaseView } from "../databaseView.ts";
import { itemIdIn } from "../heldItems.ts";
import { publish } from "../hook.ts";
import type { Person } from "../people.ts";
import { expectProblem } from "../problems.ts";
import type { Stack } from "../stack.ts";
import type { ReceivedEvent } from "../streamReader.ts";
import { readTopic } from "../streamsStack.ts";
import { tasks } from "../streamsWorker/declarations.ts";
import { type Held, ModelPage } from "./ModelPage.ts";
import { FLOOD } from "./pageSteps.ts";
import { fits, numberIn, TAG, wireText } from "./taskFields.ts";
import { type TaskAct, TaskWriter, type Written } from "./TaskWriter.ts";
import { type Task, TasksModel } from "./TasksModel.ts";
import type { Seat, World } from "./World.ts";

const TASKS_AT_FIRST = 6;

/** As much of a task as a message quotes. */
const LEGIBLE = 150;

/** When the hubs are told of something: at once, or by `deliver`, or only by what they read themselves. */
export type Telling = "at-once" | "later" | "never";

/** One thing that happens to tasks, to projects, or to what is told of them. */
export type TaskChange =
  | {
      readonly kind: "write";
      readonly acts: readonly TaskAct[];
      readonly told: Telling;
      readonly reversed: boolean;
    }
  | {
      readonly kind: "member";
      readonly project: number;
      readonly who: number;
      readonly told: Telling;
    }
  | { readonly kind: "deliver"; readonly reversed: boolean }
  | { readonly kind: "repeat"; readonly back: number }
  | { readonly kind: "look" | "flood" };

/** Those who may appear in a schedule. */
export interface TaskPeople {
  readonly members: readonly [Person, Person];
  /** May read everything, with all fields. */
  readonly editor: Person;
  readonly stranger: Person;
}

interface TaskSeat extends Seat {
  readonly project: string;
  readonly tag: string | null;
  readonly person: Person;
}

interface TasksWorldOptions {
  readonly stack: Stack;
  readonly view: DatabaseView;
  readonly tap: ChangeTap;
  readonly people: TaskPeople;
}

/** Topics of many items: the tasks of two projects, in the real database, whose events a test posts as it likes. */
export class TasksWorld implements World<TaskChange> {
  readonly seats: readonly TaskSeat[];
  readonly #options: TasksWorldOptions;
  readonly #projects = [new ObjectId().toHexString(), new ObjectId().toHexString()] as const;
  readonly #model = new TasksModel();
  readonly #writer: TaskWriter;
  /** What the hubs are to be told later. */
  #waiting: readonly Written[] = [];
  readonly #posted: Written[] = [];
  /** Whose right to their present stream was taken, if only for a while. */
  readonly #mayBeRevoked = new Set<Seat>();

  constructor(options: TasksWorldOptions) {
    this.#options = options;
    const { view, tap } = options;
    this.#writer = new TaskWriter({ db: view.db, tap, model: this.#model, projects: this.#projects });
    const [one, other] = this.#projects;
    const { members, editor } = options.people;
    this.seats = [
      this.#seat(one, members[0], null),
      this.#seat(one, members[1], TAG),
      this.#seat(one, editor, null),
      this.#seat(other, members[0], TAG),
      this.#seat(other, members[1], null),
    ];
  }

  /** Puts projects and tasks into the database, where hubs read them before their first subscribers. */
  async prepare(): Promise<void> {
    const { tap, people } = this.#options;
    await tap.skip();
    for (const project of this.#projects) {
      await this.#writer.makeProject(project);
      for (const { user } of people.members) await this.#writer.turnMember(project, user._id);
    }
    for (let which = 0; which < TASKS_AT_FIRST; which++) await this.#writer.write({ what: "insert", which });
    this.#model.tellAll();
  }

  async play(change: TaskChange): Promise<void> {
    switch (change.kind) {
      case "write":
        return this.#writeAll(change.acts, change.told, change.reversed);
      case "member":
        return this.#changeMember(change.project, change.who, change.told);
      case "deliver":
        return this.#deliver(change.reversed);
      case "repeat":
        return this.#repeat(change.back);
      case "look":
        return this.#look();
      case "flood":
        return this.#flood();
    }
  }

  playSmall(): Promise<void> {
    return this.#writeAll([{ what: "edit", which: 0 }], "at-once", false);
  }

  lets(seat: Seat): boolean | null {
    const { project, person } = this.#own(seat);
    this.#mayBeRevoked.delete(seat);
    if (person === this.#options.people.editor) return true;
    const { certain, is, may } = this.#model.membership(project, person.user._id);
    // What the hubs have yet to hear may take a right away for a moment that is over.
    if (!certain) this.#mayBeRevoked.add(seat);
    if (is) return true;
    return may ? null : false;
  }

  get isTold(): boolean {
    return this.#model.isTold;
  }

  async tell(): Promise<void> {
    await this.#deliver(false);
    // What nobody will tell, the hubs find when they look.
    if (!this.isTold) await this.#look();
  }

  faultOf(seat: Seat): string | null {
    const { page, project, person, tag } = this.#own(seat);
    if (page.farewell === "revoked") return this.#mayBeRevoked.has(seat) ? null : "was sent away";
    const isEditor = person === this.#options.people.editor;
    if (!isEditor && !this.#model.members(project).includes(person.user._id)) return "should not be here";
    const due = this.#model.tasks
      .filter((task) => task.project === project && fits(task, tag))
      .map((task) => [JSON.stringify(task.id), wireText(task, isEditor)] as const);
    return differenceOf(page.held, new Map(due));
  }

  async crash(): Promise<void> {
    for (const project of this.#projects) await crashHub(this.#options.stack, topicName(tasks, project));
  }

  /** I3, I4 and I10: nothing twice, nothing older than before, and nothing that is not for this reader. */
  check(seat: Seat, events: readonly ReceivedEvent[]): void {
    const { person, project, tag } = this.#own(seat);
    const isEditor = person === this.#options.people.editor;
    let newest = new Map<string, number>();
    for (const { event, data } of events) {
      if (event === "reset") newest = new Map();
      if (event !== "message") continue;
      const task = JSON.parse(data) as Task & { readonly text: string; readonly remark?: string };
      const number = numberIn(task.text);
      expect(number).toBeGreaterThan(newest.get(itemIdIn(data)) ?? 0);
      newest.set(itemIdIn(data), number);
      expect(task.project).toBe(project);
      expect(fits(task, tag)).toBe(true);
      expect("remark" in task).toBe(isEditor);
      expect(isEditor || this.#model.mayHaveSeen(person.user._id, number), `sees ${number}`).toBe(true);
    }
  }

  #seat(project: string, person: Person, tag: string | null): TaskSeat {
    const query = tag === null ? "" : `?tag=${tag}`;
    const url = `${this.#options.stack.url}/api/streams/tasks/${project}${query}`;
    return { page: new ModelPage(), url, cookie: person.cookie, project, person, tag };
  }

  #own(seat: Seat): TaskSeat {
    const own = this.seats.find((other) => other === seat);
    if (!own) throw new Error("This seat is of another schedule");
    return own;
  }

  async #writeAll(acts: readonly TaskAct[], told: Telling, reversed: boolean): Promise<void> {
    const written: Written[] = [];
    for (const act of acts) written.push(...(await this.#writer.write(act)));
    await this.#announce(reversed ? written.toReversed() : written, told);
  }

  async #changeMember(number: number, who: number, told: Telling): Promise<void> {
    const { members } = this.#options.people;
    const person = members[who % members.length] ?? members[0];
    const project = this.#projects[number % this.#projects.length] ?? this.#projects[0];
    const written = await this.#writer.turnMember(project, person.user._id);
    for (const seat of this.seats) {
      if (seat.project === project && seat.person === person) this.#mayBeRevoked.add(seat);
    }
    await this.#announce([written], told);
  }

  async #announce(news: readonly Written[], told: Telling): Promise<void> {
    if (told === "at-once") await this.#post(news);
    if (told === "later") this.#waiting = [...this.#waiting, ...news];
  }

  async #deliver(reversed: boolean): Promise<void> {
    const news = this.#waiting;
    this.#waiting = [];
    await this.#post(reversed ? news.toReversed() : news);
  }

  /** I3: what was told before is news to nobody. */
  async #repeat(back: number): Promise<void> {
    const [told] = this.#posted.slice(-1 - back);
    if (told) expect(await publish(this.#options.stack.url, [told.event])).not.toContain("published");
  }

  async #post(news: readonly Written[]): Promise<void> {
    if (news.length === 0) return;
    await publish(
      this.#options.stack.url,
      news.map(({ event }) => event),
    );
    for (const { id, place } of news) this.#model.tell(id, place);
    this.#posted.push(...news);
  }

  /** Somebody who may not read asks: before a hub refuses, it reads what the database holds. */
  async #look(): Promise<void> {
    const { stack, people } = this.#options;
    for (const project of this.#projects) {
      const answer = await readTopic(stack, `tasks/${project}`, { cookie: people.stranger.cookie });
      await expectProblem(answer, "not-found");
    }
    this.#model.tellAll();
  }

  async #flood(): Promise<void> {
    const padding = "x".repeat(FLOOD.kilobytes * 1024);
    for (let count = 0; count < FLOOD.changes; count++) {
      await this.#announce(await this.#writer.write({ what: "edit", which: 0 }, padding), "at-once");
    }
  }
}

/** In which items a page shows something else than what is due; `null` for none. */
function differenceOf(held: Held, due: Held): string | null {
  const wrong = [...new Set([...held.keys(), ...due.keys()])].filter((id) => held.get(id) !== due.get(id));
  if (wrong.length === 0) return null;
  return wrong
    .map((id) => `shows ${held.get(id)?.slice(0, LEGIBLE)} for ${due.get(id)?.slice(0, LEGIBLE)}`)
    .join("; ");
}

import { Beliefs } from "./Beliefs.ts";

/** A task as it is at one moment: each has a number of its own, which rises. */
export interface Task {
  readonly id: string;
  readonly project: string;
  readonly tags: readonly string[];
  readonly number: number;
  readonly padding: string;
}

/** Which tasks there are, who may read them, and what of that the hubs may not know yet. */
export class TasksModel {
  readonly #tasks = new Map<string, Beliefs<Task | null>>();
  readonly #members = new Map<string, Beliefs<readonly string[]>>();
  /** Who may ever have been shown which number. */
  readonly #shown = new Set<string>();
  #place = 0;

  /** A place in the order of the database, after all others; it also serves as the number of a task. */
  nextPlace(): number {
    return ++this.#place;
  }

  /** The tasks that there are. */
  get tasks(): readonly Task[] {
    return [...this.#tasks.values()].flatMap(({ truth }) => truth ?? []);
  }

  /** The ids of tasks that were deleted. */
  get deleted(): readonly string[] {
    return [...this.#tasks].flatMap(([id, { truth }]) => (truth === null ? id : []));
  }

  members(project: string): readonly string[] {
    return this.#membersOf(project).truth;
  }

  /** Whether somebody is a member, may count as one for a hub, and counts as one for every hub. */
  membership(project: string, member: string): Record<"is" | "may" | "certain", boolean> {
    const { truth, possible } = this.#membersOf(project);
    const is = truth.includes(member);
    const may = possible.some((members) => members.includes(member));
    return { is, may, certain: possible.every((members) => members.includes(member)) };
  }

  /** Whether the hubs know all. */
  get isTold(): boolean {
    return [...this.#tasks.values(), ...this.#members.values()].every(({ isCertain }) => isCertain);
  }

  /** Something became of a task; `null` when it was deleted. */
  changeTask(id: string, place: number, task: Task | null): void {
    const beliefs = this.#tasks.get(id) ?? new Beliefs<Task | null>(null);
    this.#tasks.set(id, beliefs);
    beliefs.change(place, task);
    this.#noteShown();
  }

  /** A project has other members. */
  changeMembers(project: string, place: number, members: readonly string[]): void {
    this.#membersOf(project).change(place, members);
    this.#noteShown();
  }

  /** The hubs were told of what became of a task or of a project at a place. */
  tell(id: string, place: number): void {
    this.#tasks.get(id)?.tell(place);
    this.#members.get(id)?.tell(place);
  }

  /** The hubs have read everything. */
  tellAll(): void {
    for (const beliefs of [...this.#tasks.values(), ...this.#members.values()]) beliefs.tellTruth();
  }

  /** I10: whether a member may ever have been shown a task with this number. */
  mayHaveSeen(member: string, number: number): boolean {
    return this.#shown.has(`${member} ${number}`);
  }

  #membersOf(project: string): Beliefs<readonly string[]> {
    const beliefs = this.#members.get(project) ?? new Beliefs<readonly string[]>([]);
    this.#members.set(project, beliefs);
    return beliefs;
  }

  #noteShown(): void {
    const possible = [...this.#tasks.values()].flatMap((beliefs) => beliefs.possible);
    for (const task of possible) {
      if (!task) continue;
      for (const member of this.#membersOf(task.project).possible.flat())
        this.#shown.add(`${member} ${task.number}`);
    }
  }
}

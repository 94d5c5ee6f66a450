import type { Task } from "./TasksModel.ts";

/** The one tag that there is. */
export const TAG = "x";

/** Whether a task is for who asked for a tag; `null` for who asked for none. */
export function fits({ tags }: Pick<Task, "tags">, tag: string | null): boolean {
  return tag === null || tags.includes(tag);
}

/** The fields of a task's document, but for its `_id`. */
export function fieldsOf({ project, tags, number, padding }: Task) {
  return { project, tags, text: `text ${number} ${padding}`, remark: `remark ${number}` };
}

/** The number of a task by its text. */
export function numberIn(text: string): number {
  return Number(/^text (\d+)/.exec(text)?.[1]);
}

/** A task as its readers get it. */
export function wireText(task: Task, isEditor: boolean): string {
  const { remark, ...fields } = fieldsOf(task);
  return JSON.stringify({ _id: task.id, ...fields, ...(isEditor && { remark }) });
}

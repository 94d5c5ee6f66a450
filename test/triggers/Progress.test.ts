import { expect, test } from "vitest";
import { Progress } from "../../trigger-runner/Progress.ts";

function tracked(): { readonly progress: Progress<number>; readonly kept: readonly number[] } {
  const kept: number[] = [];
  return { progress: new Progress((token) => kept.push(token)), kept };
}

test("the place that is kept never passes an event that is still in hand", () => {
  const { progress, kept } = tracked();
  const [first, second, third] = [1, 2, 3].map((token) => progress.begin(token));
  third?.();
  second?.();
  expect(kept).toEqual([]);
  first?.();
  expect(kept).toEqual([3]);
});

test("an idle stream moves the place on, but not past an event that is still in hand", () => {
  const { progress, kept } = tracked();
  progress.reach(1);
  const finish = progress.begin(2);
  progress.reach(3);
  expect(kept).toEqual([1]);
  finish();
  expect(kept).toEqual([1, 3]);
});

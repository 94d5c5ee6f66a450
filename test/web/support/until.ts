import { effect } from "@preact/signals";

/** Waits until a condition over signals holds. */
export async function until(condition: () => boolean): Promise<void> {
  const holds = Promise.withResolvers<void>();
  const stop = effect(() => {
    if (condition()) holds.resolve();
  });
  await holds.promise;
  stop();
}

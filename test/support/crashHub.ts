import type { CrashableHubs } from "./crashableWorker.ts";
import type { Stack } from "./stack.ts";

/** Kills a hub, with everything that it has in memory. The stack has to be one whose hubs can be told to. */
export async function crashHub({ harness }: Stack, topic: string): Promise<void> {
  const { HUBS } = (await harness.getWorker().getEnv()) as CrashableHubs;
  // Whoever asks an object to die gets no answer from it.
  await HUBS.getByName(topic)
    .crash()
    .catch(() => undefined);
}

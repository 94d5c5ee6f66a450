import type { Stack } from "./stack.ts";

/** A hub that tells when its alarm will go off. */
interface AlarmedHubs {
  readonly HUBS: { getByName(name: string): { alarmAt(): Promise<number | null> } };
}

/** When the alarm of a hub of the streams' stack will go off, in milliseconds since 1970; `null` without one. */
export async function alarmOf({ harness }: Stack, topic: string): Promise<number | null> {
  const { HUBS } = (await harness.getWorker().getEnv()) as AlarmedHubs;
  return HUBS.getByName(topic).alarmAt();
}

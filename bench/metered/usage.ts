/** What one class of objects was asked to do, as the platform would bill it. */
export interface Usage {
  /** Requests: fetches, RPC calls, alarms and events of sockets. */
  requests: number;
  /** Milliseconds in which at least one of them ran, over all objects of the class. */
  activeMs: number;
  /** Rows written to storage; setting an alarm is one. */
  rows: number;
}

/** Of all classes since the start, by name. */
export const usage: Record<string, Usage> = {};

const running = new Map<object, { count: number; since: number }>();

/** Notes that an object begins to work on a request. The answer notes its end. */
export function begin(name: string, object: object): () => void {
  const used = usageOf(name);
  used.requests++;
  const now = running.get(object) ?? { count: 0, since: Date.now() };
  if (now.count === 0) now.since = Date.now();
  now.count++;
  running.set(object, now);
  return () => {
    now.count--;
    if (now.count === 0) used.activeMs += Date.now() - now.since;
  };
}

/** Notes rows that were written. */
export function wrote(name: string, rows: number): void {
  usageOf(name).rows += rows;
}

function usageOf(name: string): Usage {
  return (usage[name] ??= { requests: 0, activeMs: 0, rows: 0 });
}

import { wrote } from "./usage.ts";

const owners = new WeakMap<object, string>();
let isMetered = false;

/** Counts the rows that an object's storage writes, under the name of its class. Doing it twice is harmless. */
export function meterStorage(name: string, storage: DurableObjectStorage): void {
  owners.set(storage, name);
  owners.set(storage.sql, name);
  if (isMetered) return;
  isMetered = true;
  meterRows(Object.getPrototypeOf(storage.sql) as SqlStorage);
  meterAlarms(Object.getPrototypeOf(storage) as DurableObjectStorage);
}

/** The prototypes are shared by the objects of all classes, so each is changed once. */
function meterRows(prototype: SqlStorage): void {
  const { exec } = prototype;
  prototype.exec = function countedExec(this: SqlStorage, ...args: Parameters<typeof exec>) {
    const cursor = exec.apply(this, args);
    wrote(owners.get(this) ?? "unknown", cursor.rowsWritten);
    return cursor;
  } as typeof exec;
}

function meterAlarms(prototype: DurableObjectStorage): void {
  const { setAlarm } = prototype;
  prototype.setAlarm = function countedSetAlarm(
    this: DurableObjectStorage,
    ...args: Parameters<typeof setAlarm>
  ) {
    wrote(owners.get(this) ?? "unknown", 1);
    return setAlarm.apply(this, args);
  };
}

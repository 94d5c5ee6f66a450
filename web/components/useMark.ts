import { useSignal, type ReadonlySignal } from "@preact/signals";

interface Mark {
  /** Which of them is marked; -1 for none. */
  readonly index: ReadonlySignal<number>;
  /** Marks none, or the one that is most likely meant. */
  readonly set: (index: number) => void;
  /** Follows the arrow keys: round and round, and through none. @returns true for a key that is one. */
  readonly follow: (key: string, count: number) => boolean;
}

/** Among suggestions, the one that Enter takes. */
export function useMark(): Mark {
  const index = useSignal(-1);
  return {
    index,
    set: (next) => (index.value = next),
    follow: (key, count) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[key];
      if (step === undefined || count === 0) return false;
      index.value = ((index.value + step + 1 + count + 1) % (count + 1)) - 1;
      return true;
    },
  };
}

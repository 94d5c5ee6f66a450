import type { BurstRow } from "../benches/burst.ts";
import type { CostFigures } from "../benches/cost.ts";
import type { FanoutRow } from "../benches/fanout.ts";
import type { ItemsFigures } from "../benches/items.ts";
import type { ScreenRow } from "../benches/screen.ts";
import type { Storm } from "../benches/storm.ts";
import type { WatchingRow } from "../benches/watching.ts";

/** All that was measured, each bench's newest figures. */
export interface Results {
  readonly machine?: Machine;
  readonly fanout?: readonly FanoutRow[];
  readonly kinds?: readonly FanoutRow[];
  readonly burst?: readonly BurstRow[];
  readonly watching?: readonly WatchingRow[];
  readonly items?: ItemsFigures;
  readonly screen?: readonly ScreenRow[];
  readonly cost?: CostFigures;
  readonly storm?: Storm;
}

/** What it was measured on. */
export interface Machine {
  readonly at: string;
  readonly cpu: string;
  readonly cores: number;
  readonly node: string;
  readonly system: string;
}

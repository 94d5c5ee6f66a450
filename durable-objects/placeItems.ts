import { contentHash } from "../protocol/contentHash.ts";
import type { Placed, Placement } from "../protocol/placement.ts";

/** How many objects hold the directory between them. Changing it loses where items are until they change again. */
const DIRECTORIES = 8;

/** As many as one call takes. */
const AT_ONCE = 1000;

/** Tells the directory where items of a stream are; answers in the same order. @throws Error when it can't be reached. */
export async function placeItems(
  { DIRECTORIES: namespace }: Pick<Env, "DIRECTORIES">,
  stream: string,
  placements: readonly Placement[],
): Promise<readonly Placed[]> {
  const byDirectory = Map.groupBy(placements, ({ id }) => directoryOf(stream, id));
  const placed = new Map<Placement, Placed>();
  await Promise.all(
    [...byDirectory].map(async ([name, group]) => {
      for (let from = 0; from < group.length; from += AT_ONCE) {
        const batch = group.slice(from, from + AT_ONCE);
        const answers = await namespace.getByName(name).place(stream, batch);
        for (const [index, placement] of batch.entries()) {
          const answer = answers[index];
          if (answer) placed.set(placement, answer);
        }
      }
    }),
  );
  return placements.flatMap((placement) => placed.get(placement) ?? []);
}

function directoryOf(stream: string, id: string): string {
  return `directory-${Number.parseInt(contentHash(`${stream}/${id}`).slice(-4), 16) % DIRECTORIES}`;
}

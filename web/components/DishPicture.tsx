import type { Frame } from "../art/vessels.ts";
import { useLater } from "./useLater.ts";
import { whenIdle } from "./whenIdle.ts";

/** Pictures come after everything that one can press. */
async function loadDrawing() {
  await whenIdle();
  return import("../art/DishDrawing.tsx");
}

interface DishPictureProps {
  readonly title: string;
  readonly frame?: Frame;
}

/** A dish without a photo: drawn from its title. Its place is there at once, so nothing moves when it comes. */
export function DishPicture({ title, frame = "square" }: DishPictureProps) {
  const drawing = useLater(loadDrawing);
  return <span class="picture">{drawing && <drawing.DishDrawing title={title} frame={frame} />}</span>;
}

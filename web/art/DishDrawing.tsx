import { useMemo } from "preact/hooks";
import { CLOTH_OUTLINE } from "./cloths.ts";
import { drawDish } from "./drawDish.ts";
import { round, type Piece } from "./pieces.ts";
import type { Frame } from "./vessels.ts";

/** What is seen whatever the frame; of the cloth there is more on all sides. */
const VIEW = "-118 -118 236 236";

interface DishDrawingProps {
  readonly title: string;
  readonly frame: Frame;
}

/** A dish as cut paper. It says nothing to a screen reader: the title stands beside it. */
export function DishDrawing({ title, frame }: DishDrawingProps) {
  const { cloth, vessel, food } = useMemo(() => drawDish(title, frame), [title, frame]);
  return (
    <svg viewBox={VIEW} aria-hidden="true" focusable="false">
      <g class={cloth.isDeep ? "cloth deep" : "cloth"}>
        <path d={CLOTH_OUTLINE} fill={cloth.ground} />
        <Pieces pieces={cloth.pieces} />
      </g>
      <Pieces pieces={vessel} />
      {food.map(({ x, y, size, turn, pieces }, index) => (
        <g
          key={index}
          class="food"
          transform={`translate(${round(x)} ${round(y)}) rotate(${round(turn)}) scale(${round(size) / 100})`}
        >
          <Pieces pieces={pieces} />
        </g>
      ))}
    </svg>
  );
}

function Pieces({ pieces }: { readonly pieces: readonly Piece[] }) {
  return pieces.map(({ d, colour, width, dash, at }, index) => (
    <path
      key={index}
      d={d}
      fill={width === undefined ? colour : "none"}
      stroke={width === undefined ? undefined : colour}
      stroke-width={width}
      stroke-dasharray={dash}
      stroke-linecap="round"
      stroke-linejoin="round"
      transform={at && `translate(${at.join(" ")})`}
    />
  ));
}

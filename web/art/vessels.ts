import type { Dice } from "./Dice.ts";
import { PAPER, SHADOW } from "./palette.ts";
import { blob, box, boxPath, cut, disc, line, ring, round, type Piece } from "./pieces.ts";

export type VesselName = "plate" | "bowl" | "pan" | "board" | "tray";

/** How a picture is cut: a board and a tray turn with it. */
export type Frame = "square" | "wide" | "tall";

/** What a dish lies in: 100 from the middle to its edge. */
interface Vessel {
  readonly pieces: readonly Piece[];
  /** From the middle to where food must end, across and down. */
  readonly room: readonly [number, number];
}

interface VesselOptions {
  readonly dice: Dice;
  readonly frame: Frame;
  readonly sauce: string | null;
  /** Of the cloth: what stands on it is of another one. */
  readonly ground: string;
}

type Draw = (options: VesselOptions) => Vessel;

const RIMS = ["#8fa3b0", "#d9a886"] as const;
const GLAZES = ["#44586a", "#b5633f", "#eadfc8", "#5d7350", "#7a4a66"] as const;

/** What there is in the cupboard. */
export const VESSELS: Readonly<Record<VesselName, Draw>> = { plate, bowl, pan, board, tray };

function plate({ dice }: VesselOptions): Vessel {
  const pieces = [
    disc(100, SHADOW, 5, 6.5),
    disc(100, PAPER.cream),
    ring(95.5, dice.pick(RIMS), 1.4),
    disc(76, "#f6ecd6"),
    ring(76, "#e6d8bb", 1.2),
  ];
  return { pieces, room: [76, 76] };
}

function bowl({ dice, sauce }: VesselOptions): Vessel {
  const pieces = [
    disc(100, SHADOW, 7, 9),
    disc(100, dice.pick(GLAZES)),
    disc(90, "#00000022"),
    disc(86, sauce ?? PAPER.bone),
    ring(83, "#ffffff2e", 2),
  ];
  return { pieces, room: [80, 80] };
}

function pan({ dice, sauce }: VesselOptions): Vessel {
  const turn = dice.between(-28, -12);
  const pieces = [
    disc(100, SHADOW, 6, 8),
    line(`M90,${round(turn * 1.5)}L205,${round(turn * 3.4)}`, PAPER.iron, 22),
    disc(100, PAPER.iron),
    disc(90, PAPER.soot),
    ...(sauce ? [blob(80, 0.035, sauce, dice)] : []),
  ];
  return { pieces, room: [78, 78] };
}

function board({ frame, ground }: VesselOptions): Vessel {
  const half = frame === "tall" ? 150 : 104;
  const outline = boxPath(208, half * 2, 16);
  const veins = [-0.7, -0.3, 0.15, 0.6].map((part) => round(part * half));
  const [x, y] = frame === "tall" ? [0, 18 - half] : [86, 18 - half];
  const pieces = [
    { ...cut(outline, SHADOW), at: [5, 6.5] as const },
    cut(outline, PAPER.wood),
    ...veins.map((at) => line(`M-102,${at}q50,10 102,0t102,0`, PAPER.grain, 1.4)),
    disc(7, ground, x, y),
  ];
  return { pieces, room: [94, 94] };
}

function tray({ frame }: VesselOptions): Vessel {
  const [across, down] = trayHalves(frame);
  const pieces = [
    { ...box(across * 2, down * 2, 22, SHADOW), at: [5, 6.5] as const },
    box(across * 2, down * 2, 22, "#3f5c80"),
    box(across * 2 - 9, down * 2 - 9, 18, PAPER.cream),
    box(across * 2 - 26, down * 2 - 26, 14, "#f1e6cf"),
  ];
  return { pieces, room: [across - 18, down - 18] };
}

function trayHalves(frame: Frame): readonly [number, number] {
  if (frame === "square") return [104, 94];
  return frame === "wide" ? [125, 94] : [94, 125];
}

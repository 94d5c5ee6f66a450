import { lazyPart } from "./lazyPart.tsx";

/** Links by which people without an account look at a plan. Most who open a plan share none: it comes when it is asked for. */
export const ShareDialog = lazyPart(async () => (await import("./ShareWeek.tsx")).ShareWeek);

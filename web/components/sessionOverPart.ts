import { lazyPart } from "./lazyPart.tsx";

/** The sign-in over what is on the page, when it is needed. */
export const SessionOverPart = lazyPart(async () => (await import("./SessionOver.tsx")).SessionOver);

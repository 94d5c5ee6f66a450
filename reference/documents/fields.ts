import * as z from "zod";

/** An id in an answer. */
export const id = z.string().regex(/^[0-9a-f]{24}$/);

/** A moment in an answer. */
export const moment = z.iso.datetime();

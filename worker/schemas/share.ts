import * as z from "zod";

/** The body of `POST /api/mealplans/:id/shares`. `expiresAt` must be after `now`. */
export function newShareSchema(now: Date) {
  return z.strictObject({
    expiresAt: z.iso
      .datetime({ offset: true })
      .transform((text) => new Date(text))
      .refine((moment) => moment > now, "A moment in the future")
      .nullable()
      .default(null),
  });
}

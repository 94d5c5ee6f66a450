import * as z from "zod";

/** The headers of an edit. */
export const editHeadersSchema = z.object({
  "idempotency-key": z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/, "1 to 64 letters, digits, dashes and underscores")
    .optional()
    .describe(
      "One for each edit. Sending an edit again with its key is answered as before, and changes nothing.",
    ),
});

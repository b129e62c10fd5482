import { z } from "zod";

/**
 * A person's choice for one of our fields: empty; a field of the feed (several make one long text) read as its values are written (dates
 * in the given formats); a constant; or a rule as shown.
 */
export const FieldChoice = z.discriminatedUnion("way", [
  z.strictObject({ way: z.literal("none") }),
  z.strictObject({
    way: z.literal("path"),
    paths: z.array(z.string().min(1)).min(1),
    formats: z.array(z.string().min(2)).min(1).optional(),
  }),
  z.strictObject({ way: z.literal("constant"), value: z.string().min(1).max(2000) }),
  z.strictObject({ way: z.literal("rule"), rule: z.looseObject({ kind: z.string() }) }),
]);

/** See the schema of the same name. */
export type FieldChoice = z.infer<typeof FieldChoice>;

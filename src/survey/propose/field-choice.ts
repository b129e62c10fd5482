import { z } from "zod";

/**
 * A person's choice for one of our fields.
 *
 * - `none`: the field stays empty.
 * - `path`: the field is read from a field of the feed. A long text may be joined from several. `formats`: date formats.
 * - `constant`: all aids have the same value.
 * - `rule`: a complete rule.
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

export type FieldChoice = z.infer<typeof FieldChoice>;

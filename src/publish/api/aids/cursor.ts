import { z } from "zod";
import { isDay } from "../../../model/text/is-day.ts";
import { wrongParameters } from "../parameters/parameter.ts";

const count = z.int().min(0).max(1e9);
const date = z.string().refine(isDay);
const Cursor = z.discriminatedUnion("by", [
  z.strictObject({ by: z.literal("published"), publishedAt: z.int().min(0).max(4e15), aidId: z.uuid(), count }),
  z.strictObject({ by: z.literal("deadline"), deadline: date.nullable(), aidId: z.uuid(), count }),
  z.strictObject({
    by: z.literal("relevance"),
    rank: z.int().min(0).max(1e9),
    publishedAt: z.int().min(0).max(4e15),
    aidId: z.uuid(),
    count,
  }),
  z.strictObject({ by: z.literal("change"), seq: z.int().min(0), count }),
]);

/** A position in a list: after an aid in its order, or after a revision. `count`: number of aids when the client read the first page. */
export type Cursor = z.infer<typeof Cursor>;

/** Encodes a cursor for addresses, opaque to clients. */
export function writeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString("base64url");
}

/** Decodes the parameter `after` of a list in this order. Throws `ApiProblem` 400. */
export function placeIn<By extends Cursor["by"]>(after: string, by: By): Extract<Cursor, { by: By }> {
  const cursor = Cursor.safeParse(parsed(after)).data;
  if (cursor?.by !== by) throw wrongParameters([{ name: "after", detail: "Attendu : ce que donne l’adresse `next` de la même liste." }]);
  return cursor as Extract<Cursor, { by: By }>;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, "base64url").toString());
  } catch {
    return null;
  }
}

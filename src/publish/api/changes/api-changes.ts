import { z } from "zod";
import changes from "./api-changes.json" with { type: "json" };

const ApiChange = z.strictObject({
  /** Never changed: feed readers know the change by it. */
  id: z.string(),
  date: z.iso.date(),
  /** In French. */
  title: z.string(),
  text: z.string(),
  /** Last day of what the change deprecates. */
  sunset: z.iso.date().optional(),
});

/** A change of the API that a client may have to follow. */
export type ApiChange = z.infer<typeof ApiChange>;

/** All changes, latest first. */
export const apiChanges: readonly ApiChange[] = z
  .array(ApiChange)
  .parse(changes)
  .sort((a, b) => (a.date < b.date ? 1 : -1));

/** Path of the feed of changes. */
export const changesPath = "/api/changes.atom";

import type { Visit } from "../../visit.ts";
import type { ActingPublisher } from "./acting-publisher.ts";

/** Writes an act of a publisher into its log. The details contain no text that it typed. */
export async function noteInLog(
  { catalogue, now }: Visit,
  { publisherId, by }: ActingPublisher,
  details: Readonly<Record<string, unknown>> & { readonly act: "confirm" | "edit" | "close" | "file" | "enter" },
): Promise<void> {
  await catalogue.exchanges.add(publisherId, { at: now, kind: "publisher-act", by, details });
}

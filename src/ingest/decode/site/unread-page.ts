import type { Decoded } from "../decoded.ts";

const unread: ReadonlySet<string> = new Set(["page-waiting", "page-failed", "page-unlike"]);

/** Returns true for a record without the content of its page, which is not fetched yet, failed, or is another page. */
export function isUnreadPage(decoded: Decoded): boolean {
  return decoded.kind === "record" && (decoded.issues ?? []).some(({ code }) => unread.has(code));
}

/** Leaves out records without the content of their page. A sample of a site contains only a few pages. */
export async function* withoutUnreadPages(batches: AsyncIterable<readonly Decoded[]>): AsyncGenerator<readonly Decoded[]> {
  for await (const batch of batches) yield batch.filter((decoded) => !isUnreadPage(decoded));
}

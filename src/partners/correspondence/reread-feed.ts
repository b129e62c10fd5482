import { createReadStream } from "node:fs";
import { receivedConnector, type SentConnector } from "../../ingest/sent-connector.ts";
import type { IssueParams } from "../../model/issue.ts";
import type { FeedPart } from "../../model/run/feed-part.ts";
import { RunError, type RunErrorCode } from "../../model/run/run-error.ts";
import { type AnomalyContext, type FoundAnomalies, readAnomalies } from "./read-anomalies.ts";

/** A request to read a whole feed again for a letter. Plain data, because it is sent to a thread. */
interface RereadRequest extends AnomalyContext {
  readonly connector: SentConnector;
  readonly files: readonly Omit<FeedPart, "open">[];
}

/** What a feed contains, or why it cannot be read today. */
type Reread = FoundAnomalies | { readonly refused: { readonly code: RunErrorCode; readonly params: IssueParams } };

/** The person waits for the letter. */
const maxReadingMs = 15_000;

/** Reads a whole feed again. */
export async function rereadFeed({ connector, files, ...context }: RereadRequest): Promise<Reread> {
  const parts = files.map((file) => ({ ...file, open: () => createReadStream(file.path) }));
  try {
    return await readAnomalies(await receivedConnector(connector), parts, context, { withinMs: maxReadingMs });
  } catch (error) {
    if (error instanceof RunError) return { refused: { code: error.code, params: error.params } };
    throw error;
  }
}

import { createReadStream } from "node:fs";
import { CannotDo } from "../../console/refusals.ts";
import { runErrorMessage } from "../../french/runs.ts";
import type { SentConnector } from "../../jobs/run-processes/messages.ts";
import { receivedConnector, sentConnector } from "../../jobs/run-processes/sent-connector.ts";
import type { IssueParams } from "../../model/issue.ts";
import { RunError, type RunErrorCode } from "../../model/run/run-error.ts";
import {
  type AnomalyContext,
  type FoundAnomalies,
  type ReadAnomalies,
  readAnomalies,
} from "../../partners/correspondence/read-anomalies.ts";
import type { SampleFile } from "./sample-request.ts";
import type { SampleThread } from "./sample-thread.ts";

/** A request to read a whole feed again for a letter. Must be plain data, because it is sent to a thread. */
export interface AnomaliesRequest extends AnomalyContext {
  readonly connector: SentConnector;
  readonly files: readonly SampleFile[];
}

/** As it is sent to the thread. */
export interface AnomaliesMessage {
  readonly anomalies: AnomaliesRequest;
}

/** The answer of the thread. `refused`: why the feed cannot be read today. */
type AnomaliesAnswer = FoundAnomalies | { readonly refused: { readonly code: RunErrorCode; readonly params: IssueParams } };

/** The person waits for the letter. */
const maxReadingMs = 15_000;

/**
 * Returns the reading of anomalies in a thread. A feed that exceeds the thread's time or memory has no anomalies: the letter then shows the
 * examples of the run's report. Throws `CannotDo` if too many requests wait, or if the feed cannot be read.
 */
export function anomaliesIn(thread: SampleThread): ReadAnomalies {
  return async (connector, parts, context) => {
    const files = parts.map(({ path, name, contentType, bytes }) => ({ path, name, contentType, bytes }));
    const anomalies = { connector: sentConnector(connector), files, ...context };
    const answer = await (thread as unknown as SampleThread<AnomaliesMessage, AnomaliesAnswer>)
      .look({ anomalies })
      .catch((error: unknown) => {
        if (!(error instanceof CannotDo) || error.status === 503) throw error;
        return { lines: [], reading: null, isWhole: false };
      });
    if ("refused" in answer) throw new CannotDo(runErrorMessage(answer.refused.code, answer.refused.params));
    return answer;
  };
}

/** Reads a whole feed again, in the thread. */
export async function anomaliesOfFiles({ connector, files, ...context }: AnomaliesRequest): Promise<AnomaliesAnswer> {
  const parts = files.map((file) => ({ ...file, open: () => createReadStream(file.path) }));
  try {
    return await readAnomalies(await receivedConnector(connector), parts, context, { withinMs: maxReadingMs });
  } catch (error) {
    if (error instanceof RunError) return { refused: { code: error.code, params: error.params } };
    throw error;
  }
}

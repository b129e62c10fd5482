import { createReadStream } from "node:fs";
import type { IssueParams } from "../../model/issue.ts";
import { RunError, type RunErrorCode } from "../../model/run/run-error.ts";
import { lookAtPage, type PageLook } from "../site/look-at-page.ts";
import type { SampleFile } from "./sample-request.ts";
import type { SampleThread } from "./sample-thread.ts";

/** A question about a fetched file: is it a web page, and which lists does it have? */
export interface LookRequest {
  /** The parts of the file: several for the sitemaps of an index. */
  readonly files: readonly SampleFile[];
  readonly address: string;
}

/** As it is sent to the thread. */
export interface LookMessage {
  readonly look: LookRequest;
}

/** The answer of the thread. Null for a file that is no web page. `refused`: why the page cannot be read. */
export type LookAnswer = PageLook | null | { readonly refused: { readonly code: RunErrorCode; readonly params: IssueParams } };

/** Looks at web pages in the thread that reads samples. */
export interface Looks {
  look(ask: LookRequest): Promise<LookAnswer>;
}

/** Returns the looks of a thread. */
export function looksIn(thread: SampleThread): Looks {
  return { look: (look) => (thread as unknown as SampleThread<LookMessage, LookAnswer>).look({ look }) };
}

/** Answers a question about a fetched file, in the thread. */
export async function lookAtSample({ files, address }: LookRequest): Promise<LookAnswer> {
  try {
    return await lookAtPage(
      files.map((file) => ({ ...file, open: () => createReadStream(file.path) })),
      address,
    );
  } catch (error) {
    if (error instanceof RunError) return { refused: { code: error.code, params: error.params } };
    throw error;
  }
}

import type { IssueParams } from "../../model/issue.ts";
import { RunError, type RunErrorCode } from "../../model/run/run-error.ts";

/** Why a file cannot be read, as plain data. */
export interface RefusedSample {
  readonly refused: { readonly code: RunErrorCode; readonly params: IssueParams };
}

/** Returns the result of the work, or why its file cannot be read. */
export async function orRefused<Result>(work: () => Promise<Result>): Promise<Result | RefusedSample> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RunError) return { refused: { code: error.code, params: error.params } };
    throw error;
  }
}

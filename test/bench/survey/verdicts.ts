import { join } from "node:path";
import { RunError } from "../../../src/model/run/run-error.ts";
import type { FileKind } from "../../../src/model/survey/file-kind.ts";
import { fileVerdict } from "../../../src/survey/read/file-verdict.ts";
import { surveyFeed } from "../../../src/survey/survey-feed.ts";
import { sharedData } from "../../support/shared-data.ts";
import { filePart } from "./file-part.ts";
import accepted from "./verdicts.json" with { type: "json" };

/** The survey's verdict on a file, compared with what a careful person accepts. `refused`: the survey cannot read the file. */
export interface JudgedFile {
  readonly file: string;
  readonly accepted: readonly FileKind[];
  readonly got: FileKind | "refused";
  readonly certainty: number;
  readonly isRight: boolean;
}

/** Asks the survey what each real file is. */
export async function judgeFiles(): Promise<JudgedFile[]> {
  const judged: JudgedFile[] = [];
  for (const [file, kinds] of Object.entries(accepted as Readonly<Record<string, readonly FileKind[]>>)) {
    const { kind, certainty } = await verdictOn(join(sharedData, file));
    judged.push({ file, accepted: kinds, got: kind, certainty, isRight: kinds.some((one) => one === kind) });
  }
  return judged;
}

async function verdictOn(path: string): Promise<{ readonly kind: JudgedFile["got"]; readonly certainty: number }> {
  try {
    return fileVerdict(await surveyFeed(await filePart(path)));
  } catch (error) {
    if (error instanceof RunError) return { kind: "refused", certainty: 1 };
    throw error;
  }
}

import type { LeadVerdict } from "../../catalogue/publishers/feed-lead-repository.ts";
import { FeedUnreadable } from "../../model/run/run-error.ts";
import { offer } from "../../platform/limited-thread.ts";
import { openFile } from "../../platform/open-file.ts";
import { fileVerdict } from "../../survey/read/file-verdict.ts";
import type { SampleFile } from "../../survey/sample/sample-request.ts";
import { surveyFeed } from "../../survey/survey-feed.ts";

/** A downloaded sample. */
interface Downloaded extends SampleFile {
  readonly address: string;
  /** `YYYY-MM-DD` */
  readonly today: string;
}

/** Entry point of the thread that names the contents of a sample. */
export const functions = offer({
  async judge({ today, address, ...file }: Downloaded): Promise<LeadVerdict> {
    try {
      const survey = await surveyFeed({ ...file, open: () => openFile(file.path) }, { today, address });
      const { kind, certainty, evidence } = fileVerdict(survey);
      return { kind, certainty, evidence, problem: null };
    } catch (error) {
      if (!(error instanceof FeedUnreadable)) throw error;
      return { kind: null, certainty: 0, evidence: [], problem: error.code };
    }
  },
});

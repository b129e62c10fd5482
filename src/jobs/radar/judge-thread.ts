import { parentPort, workerData } from "node:worker_threads";
import { FeedUnreadable } from "../../model/run/run-error.ts";
import { openFile } from "../../platform/open-file.ts";
import { fileVerdict } from "../../survey/read/file-verdict.ts";
import { surveyFeed } from "../../survey/survey-feed.ts";
import type { SampleFile } from "./judge-sample.ts";

/** Entry point of the thread that reads one sample and answers with a `LeadVerdict`. */
const { today, address, ...file } = workerData as SampleFile;
try {
  const survey = await surveyFeed({ ...file, open: () => openFile(file.path) }, { today, address });
  parentPort?.postMessage({ ...fileVerdict(survey), problem: null });
} catch (error) {
  if (!(error instanceof FeedUnreadable)) throw error;
  parentPort?.postMessage({ kind: null, certainty: 0, evidence: [], problem: error.code });
}

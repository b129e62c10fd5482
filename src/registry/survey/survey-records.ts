import { listPaths } from "./list-paths.ts";
import { profileField } from "./profile-field.ts";
import type { Reading, Survey, Values } from "./survey.ts";

/** Surveys records that a connector already reads. */
export function surveyRecords(records: readonly Values[], reading: Reading, timeZone: string): Survey {
  return {
    reading,
    otherReadings: [],
    platform: null,
    timeZone,
    received: records.length,
    broken: 0,
    announced: null,
    paging: null,
    remarks: [],
    fields: listPaths(records).paths.map((path) => profileField(path, records, timeZone)),
    records,
    older: null,
  };
}

import { listPaths } from "./list-paths.ts";
import { profileField } from "./profile-field.ts";
import type { Reading, Survey, Values } from "./survey.ts";

/** What there is to know of records that a connector reads already: how they are read is known. */
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

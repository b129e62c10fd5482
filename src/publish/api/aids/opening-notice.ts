import { openingNotices } from "../../../french/open-until.ts";
import type { OpenUntil } from "../../../model/aid/open-until.ts";

const [untilKey, descriptionKey] = ['"open_until":"', '"description":'];

/**
 * Adds to the JSON of a record, before its description, what nobody announces about its dates. Clients of Aides-territoires know no other
 * key that says so, take a missing deadline for an open aid, and show the description. A quote inside a text is escaped, so the first place
 * of a key is the key.
 */
export function withOpeningNotice(json: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const record = Buffer.from(json.buffer, json.byteOffset, json.byteLength);
  const start = record.indexOf(untilKey) + untilKey.length;
  const notice = openingNotices[record.toString("utf8", start, record.indexOf('"', start)) as OpenUntil];
  const place = record.indexOf(descriptionKey) + descriptionKey.length;
  if (notice === undefined || place < descriptionKey.length) return json;
  const isEmpty = record.toString("latin1", place, place + 4) === "null";
  const written = JSON.stringify(`<p><strong>${notice}</strong></p>`);
  return isEmpty
    ? Buffer.concat([record.subarray(0, place), Buffer.from(written), record.subarray(place + 4)])
    : Buffer.concat([record.subarray(0, place), Buffer.from(written.slice(0, -1)), record.subarray(place + 1)]);
}

/** Returns the record of an aid in a list, with its notice; an empty list if it may not be read. */
export function noticedRecord(records: ReadonlyMap<string, Uint8Array<ArrayBuffer>>, aidId: string): Uint8Array<ArrayBuffer>[] {
  const record = records.get(aidId);
  return record === undefined ? [] : [withOpeningNotice(record)];
}

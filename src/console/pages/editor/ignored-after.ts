import { firstSegment, readFields } from "../../../ingest/map/account-fields.ts";
import type { Connector } from "../../../kit/definition.ts";

/**
 * Returns the ignored fields of a changed definition: fields that it now reads are no longer ignored, and fields that only the old one read
 * become ignored.
 * @param order ignored fields of the connector's file, whose order is kept, so that undoing a change restores the file's list
 */
export function ignoredAfter(before: Connector, after: Connector, order: readonly string[]): string[] {
  const read = readFields(after);
  const newlyRead = new Set([...read].filter((field) => !readFields(before).has(field)));
  const freed = [...readFields(before)].filter((field) => firstSegment(field) === field && !read.has(field));
  const wanted = new Set([...before.ignored.filter((field) => !newlyRead.has(field)), ...freed]);
  return [...new Set([...order.filter((field) => wanted.has(field)), ...wanted])];
}

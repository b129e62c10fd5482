import { readFields } from "../../../ingest/map/account-fields.ts";
import type { Connector } from "../../../kit/definition.ts";
import { pathsOfCondition } from "../../../kit/rules/rule-paths.ts";
import { conditionsOf, type KeepWhen } from "../../../registry/survey/left-out.ts";

/**
 * The fields of the feed that are not read, where records are left out by others than before: what is read is not ignored, what was read by that alone is.
 * @param ofFile in the order of the connector's file, so that what is changed back is as it was
 */
export function ignoredWith(definition: Connector, keepWhen: KeepWhen | undefined, ofFile: readonly string[]): string[] {
  const { keepWhen: before, ...others } = definition;
  const read = readFields(keepWhen === undefined ? others : { ...others, keepWhen });
  const asked = conditionsOf(keepWhen).flatMap(pathsOfCondition);
  const freed = conditionsOf(before)
    .flatMap(pathsOfCondition)
    .filter((path) => !/[.[]/.test(path) && !read.has(path));
  const back = ofFile.filter((field) => !read.has(field));
  const wanted = new Set([...definition.ignored.filter((field) => !asked.includes(field)), ...freed]);
  return [...new Set([...back.filter((field) => wanted.has(field)), ...wanted])];
}

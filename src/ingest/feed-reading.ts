import type { Connector } from "../kit/definition.ts";
import { firstSegment } from "../kit/expressions/field-path.ts";
import { pathsOfRule } from "../kit/rules/rule-paths.ts";
import type { FeedReading } from "./decode/decoded.ts";
import { readPaths } from "./map/account-fields.ts";

/** Returns how to decode the feed of a connector, and how to recognise its records if the feed has changed its form. */
export function readingOf(definition: Connector): FeedReading {
  return {
    ...definition.decode,
    details: definition.details,
    shareOfFields: (names) => {
      const paths = [...readPaths(definition)];
      const isFound = (path: string) => names.has(path) || names.has(firstSegment(path));
      // Without identifier and title, there are no aids.
      const { externalId, name } = definition.fields;
      if (![externalId, name].every((rule) => pathsOfRule(rule).some(isFound))) return 0;
      return paths.filter(isFound).length / paths.length;
    },
  };
}

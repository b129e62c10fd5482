import type { Connector } from "../kit/definition.ts";
import type { FeedReading } from "./decode/decoded.ts";
import { firstSegment, readPaths } from "./map/account-fields.ts";

/** Returns how to decode the feed of a connector, and how to recognise its records if the feed has changed its form. */
export function readingOf(definition: Connector): FeedReading {
  return {
    ...definition.decode,
    shareOfFields: (names) => {
      const paths = [...readPaths(definition)];
      const found = paths.filter((path) => names.has(path) || names.has(firstSegment(path)));
      return paths.length === 0 ? 0 : found.length / paths.length;
    },
  };
}

import { dateCases } from "./cases/dates.ts";
import { identifierCases } from "./cases/identifiers.ts";
import { linkCases } from "./cases/links.ts";
import { organisationAndPlaceCases } from "./cases/organisations-and-places.ts";
import { textCases } from "./cases/texts.ts";
import { titleCases } from "./cases/titles.ts";
import { wholeFeedCases } from "./cases/whole-feeds.ts";
import { wordCases } from "./cases/words.ts";
import type { EdgeCase } from "./edge-case.ts";

/** All cases that a single run can show. */
export const corpus: readonly EdgeCase[] = [
  ...wholeFeedCases,
  ...identifierCases,
  ...titleCases,
  ...dateCases,
  ...wordCases,
  ...textCases,
  ...linkCases,
  ...organisationAndPlaceCases,
];

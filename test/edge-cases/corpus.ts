import { dateCases } from "./cases/dates.ts";
import { identifierCases } from "./cases/identifiers.ts";
import { linkCases } from "./cases/links.ts";
import { organisationAndPlaceCases } from "./cases/organisations-and-places.ts";
import { textCases } from "./cases/texts.ts";
import { titleCases } from "./cases/titles.ts";
import { wholeFeedCases } from "./cases/whole-feeds.ts";
import { wordCases } from "./cases/words.ts";
import type { EdgeCase } from "./edge-case.ts";

/** Every line of the corpus of edge cases that one run can show. */
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

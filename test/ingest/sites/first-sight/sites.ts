import { agencyTailwind } from "./agency-tailwind.ts";
import { chamberTable } from "./chamber-table.ts";
import { communityGutenberg } from "./community-gutenberg.ts";
import { councilIntertitles } from "./council-intertitles.ts";
import { departmentDrupal } from "./department-drupal.ts";
import { federationEditors } from "./federation-editors.ts";
import { foundationByHand } from "./foundation-by-hand.ts";
import { metropolisTabs } from "./metropolis-tabs.ts";
import { officeElementor } from "./office-elementor.ts";
import { parkSpip } from "./park-spip.ts";
import { portalNested } from "./portal-nested.ts";
import { regionIbexa } from "./region-ibexa.ts";
import { stateServiceDsfr } from "./state-service-dsfr.ts";
import type { FirstSightSite } from "./told-aid.ts";
import { townJoomla } from "./town-joomla.ts";
import { townLineBreaks } from "./town-line-breaks.ts";
import { waterAgencyTypo3 } from "./water-agency-typo3.ts";

/** Sites on which the rules that propose connectors were improved. */
export const workedOn: readonly FirstSightSite[] = [
  regionIbexa,
  stateServiceDsfr,
  foundationByHand,
  parkSpip,
  officeElementor,
  townLineBreaks,
  federationEditors,
  portalNested,
];

/**
 * Sites written at the same time, and read once when the rules were finished: 3 of 5 lists, 28 of 46 facts. Two rules for lists, and one for
 * the end of a section, were added afterwards.
 */
export const readOnce: readonly FirstSightSite[] = [chamberTable, townJoomla, waterAgencyTypo3, departmentDrupal, communityGutenberg];

/**
 * Sites written after these rules, with texts of the others, and read once: 3 of 3 lists, 20 of 26 facts. The rule for
 * paragraphs that are headings by their class was added afterwards.
 */
export const readLast: readonly FirstSightSite[] = [agencyTailwind, metropolisTabs, councilIntertitles];

import type { Route } from "../../route.ts";
import { connectorOwner } from "./connector-owner.tsx";
import { contactRoutes } from "./contact-routes.ts";
import { peopleAct, publisherEdits, stageAct } from "./edit-publisher.ts";
import { exchangeActs } from "./exchange-acts.ts";
import { followUpRoutes } from "./follow-up-page.tsx";
import { nextActionActs, nextActionCalendar } from "./next-action-acts.ts";
import { offerActs } from "./offer-section.tsx";
import { chargeActs } from "./person-in-charge.tsx";
import { publisherList } from "./publisher-list.tsx";
import { publisherPage } from "./publisher-page.tsx";
import { spaceActs } from "./space-acts.tsx";
import { spacePage } from "./space-page.tsx";

/** Routes of publishers. Fixed paths such as `/producteurs/nouveau` must come before `/producteurs/:producteur`. */
export const publisherRoutes: readonly Route[] = [
  ...publisherList,
  ...followUpRoutes,
  nextActionCalendar,
  ...publisherEdits,
  publisherPage,
  spacePage,
  ...spaceActs,
  stageAct,
  peopleAct,
  ...chargeActs,
  ...connectorOwner,
  ...nextActionActs,
  ...exchangeActs,
  ...offerActs,
  ...contactRoutes,
];

import type { Route } from "../../route.ts";
import { connectorOwner } from "./connector-owner.tsx";
import { contactActs, contactForms } from "./contact-form.tsx";
import { followUpRoutes } from "./follow-up-page.tsx";
import { nextActionActs, nextActionCalendar } from "./next-action.tsx";
import { offerActs } from "./offer-section.tsx";
import { peopleAct } from "./people-policy.tsx";
import { chargeActs } from "./person-in-charge.tsx";
import { publisherEdit, publisherForms } from "./publisher-form.tsx";
import { publisherList } from "./publisher-list.tsx";
import { logActs } from "./publisher-log.tsx";
import { publisherActs, publisherPage } from "./publisher-page.tsx";
import { stageAct } from "./publisher-stage.tsx";
import { spaceActs, spacePage } from "./space-page.tsx";

/** Routes of publishers. Fixed paths such as `/producteurs/nouveau` must come before `/producteurs/:producteur`. */
export const publisherRoutes: readonly Route[] = [
  ...publisherList,
  ...followUpRoutes,
  nextActionCalendar,
  ...publisherForms,
  publisherPage,
  spacePage,
  ...spaceActs,
  ...publisherActs([publisherEdit, stageAct, peopleAct, ...chargeActs, ...nextActionActs, ...logActs, ...contactActs]),
  ...connectorOwner,
  ...offerActs,
  ...contactForms,
];

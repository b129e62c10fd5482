import type { Route } from "../../../route.ts";
import { collectionPage } from "../collection-page.ts";
import { editorRoutes } from "../editor-routes.ts";
import { fieldPage } from "../field-page.tsx";
import { guardsPage } from "../guards-page.tsx";
import { leftOutPage } from "../left-out-page.tsx";
import { publisherPage } from "../publisher-page.ts";
import { definitionPage, openDefinition } from "./definition-page.tsx";
import { editedConnector, publisherOfConnector } from "./edited-connector.tsx";
import { giveTrialUp, saveVersion } from "./trial-acts.ts";
import { trialPage } from "./trial-page.tsx";
import { openVersion, takeBackPage, versionsPage } from "./versions-page.tsx";
import { zipRoute } from "./zip-route.ts";

const mount = { base: "/connecteurs/:connecteur/definition", of: "connector" } as const;

/** Routes that show and change the definitions of connectors. */
export const definitionRoutes: readonly Route[] = [
  ...editorRoutes({ ...mount, open: openDefinition, who: "read" }, definitionPage),
  ...editorRoutes({ ...mount, open: publisherOfConnector }, publisherPage),
  ...[fieldPage, leftOutPage, collectionPage, guardsPage].flatMap((page) => editorRoutes({ ...mount, open: editedConnector }, page)),
  trialPage,
  giveTrialUp,
  versionsPage,
  saveVersion,
  ...editorRoutes({ base: "/connecteurs/:connecteur/versions", of: "connector", open: openVersion }, takeBackPage),
  zipRoute,
];

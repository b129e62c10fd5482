import type { Route } from "../../route.ts";
import { changeCollection, collectionPage } from "./collection-page.tsx";
import { definitionPage } from "./definition-page.tsx";
import { changeField, fieldPage } from "./field-page.tsx";
import { giveTrialUp } from "./give-trial-up.ts";
import { changeGuards, guardsPage } from "./guards-page.tsx";
import { changeLeftOut, leftOutPage } from "./left-out-page.tsx";
import { changePublisher, publisherPage } from "./publisher-page.tsx";
import { renameAct } from "./rename-act.ts";
import { saveVersion } from "./save-version.ts";
import { takeBack, takeBackPage } from "./take-back.tsx";
import { trialPage } from "./trial-page.tsx";
import { versionsPage } from "./versions-page.tsx";
import { zipRoute } from "./zip-route.ts";

/** How connectors are defined, and what persons change in them. */
export const definitionRoutes: readonly Route[] = [
  definitionPage,
  fieldPage,
  changeField,
  publisherPage,
  changePublisher,
  collectionPage,
  changeCollection,
  leftOutPage,
  changeLeftOut,
  guardsPage,
  changeGuards,
  renameAct,
  trialPage,
  giveTrialUp,
  versionsPage,
  saveVersion,
  takeBackPage,
  takeBack,
  zipRoute,
];

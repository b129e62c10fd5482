import type { Route } from "../../route.ts";
import { changeCollection, collectionPage } from "./collection-page.tsx";
import { changeDefinition, definitionPage } from "./definition-page.tsx";
import { changeField, fieldPage } from "./field-page.tsx";
import { changeGuards, guardsPage } from "./guards-page.tsx";
import { changeLeftOut, leftOutPage } from "./left-out-page.tsx";
import { changePublisher, publisherPage } from "./publisher-page.tsx";
import { takeBack, takeBackPage } from "./take-back.tsx";
import { giveTrialUp, saveVersion } from "./trial-acts.ts";
import { trialPage } from "./trial-page.tsx";
import { versionsPage } from "./versions-page.tsx";
import { zipRoute } from "./zip-route.ts";

/** Routes that show and change the definitions of connectors. */
export const definitionRoutes: readonly Route[] = [
  definitionPage,
  changeDefinition,
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
  trialPage,
  giveTrialUp,
  versionsPage,
  saveVersion,
  takeBackPage,
  takeBack,
  zipRoute,
];

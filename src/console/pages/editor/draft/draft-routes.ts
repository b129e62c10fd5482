import type { Route } from "../../../route.ts";
import { collectionPage } from "../collection-page.ts";
import { editorRoutes } from "../editor-routes.ts";
import { fieldPage } from "../field-page.tsx";
import { guardsPage } from "../guards-page.tsx";
import { leftOutPage } from "../left-out-page.tsx";
import { publisherPage } from "../publisher-page.ts";
import { draftListRoutes } from "./draft-list.tsx";
import { definitionOfPath, openAnalysed, openAt } from "./edited-draft.tsx";
import { feedPage } from "./feed-step.tsx";
import { fieldsPage } from "./fields-step.tsx";
import { publisherOfDraft } from "./publisher-of-draft.ts";
import { continueAct, openReading, readingPage } from "./reading-step.tsx";
import { sharePreviewRoutes } from "./share-preview.tsx";
import { readPagesAct } from "./site-section.tsx";
import { trialPage } from "./trial-step.tsx";
import { wordsPage } from "./words-step.tsx";

const mount = { base: "/brouillons/:brouillon", of: "draft" } as const;

/** The wizard for new publishers: the pages of the editor in the order in which a person visits them, with the file before and the first run after. */
export const draftRoutes: readonly Route[] = [
  ...draftListRoutes,
  ...editorRoutes({ ...mount, open: publisherOfDraft }, publisherPage),
  ...editorRoutes({ ...mount, open: openAt("flux") }, feedPage),
  ...editorRoutes({ ...mount, open: openReading }, readingPage),
  continueAct,
  ...[fieldPage, leftOutPage, collectionPage, guardsPage].flatMap((page) => editorRoutes({ ...mount, open: definitionOfPath }, page)),
  ...editorRoutes({ ...mount, open: definitionOfPath }, fieldsPage),
  readPagesAct,
  ...editorRoutes({ ...mount, open: openAnalysed("mots") }, wordsPage),
  ...editorRoutes({ ...mount, open: openAnalysed("essai", { previews: true }) }, trialPage),
  ...sharePreviewRoutes,
];

import type { Route } from "../../../route.ts";
import { collectionPage } from "../collection-page.ts";
import { editorRoutes } from "../editor-routes.ts";
import { fieldPage } from "../field-page.tsx";
import { guardsPage } from "../guards-page.tsx";
import { leftOutPage } from "../left-out-page.tsx";
import { publisherPage } from "../publisher-page.ts";
import { draftListRoutes } from "./draft-list.tsx";
import { editedDraft, publisherOfDraft } from "./edited-draft.tsx";
import { feedStep } from "./feed-step.tsx";
import { fieldsStep } from "./fields-step.tsx";
import { readPagesAct } from "./read-pages.tsx";
import { continueAct, readingStep } from "./reading-step.tsx";
import { sharePreviewRoutes } from "./share-preview.tsx";
import { trialStep } from "./trial-step.tsx";
import { wordsStep } from "./words-step.tsx";

const mount = { base: "/brouillons/:brouillon", of: "draft" } as const;

/** The wizard for new publishers: the pages of the editor, in the order in which a person visits them, and its own steps. */
export const draftRoutes: readonly Route[] = [
  ...draftListRoutes,
  ...editorRoutes({ ...mount, open: publisherOfDraft }, publisherPage),
  ...[fieldPage, leftOutPage, collectionPage, guardsPage].flatMap((page) => editorRoutes({ ...mount, open: editedDraft }, page)),
  ...feedStep,
  ...readingStep,
  continueAct,
  ...fieldsStep,
  readPagesAct,
  ...wordsStep,
  ...trialStep,
  ...sharePreviewRoutes,
];

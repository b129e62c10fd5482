import type { Route } from "../../route.ts";
import { collectionPage } from "../editor/collection-page.tsx";
import { editorRoutes } from "../editor/editor-routes.ts";
import { fieldPage } from "../editor/field-page.tsx";
import { guardsPage } from "../editor/guards-page.tsx";
import { leftOutPage } from "../editor/left-out-page.tsx";
import { publisherPage } from "../editor/publisher-page.tsx";
import { draftListRoutes } from "./draft-list.tsx";
import { editedDraft, publisherOfDraft } from "./edited-draft.tsx";
import { feedStep } from "./feed-step.tsx";
import { fieldsStep } from "./fields-step.tsx";
import { readPagesAct } from "./read-pages.tsx";
import { continueAct, readingStep } from "./reading-step.tsx";
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
];

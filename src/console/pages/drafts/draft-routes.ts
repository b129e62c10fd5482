import type { Route } from "../../route.ts";
import { draftListRoutes } from "./draft-list.tsx";
import { feedStep } from "./feed-step.tsx";
import { fieldRoutes } from "./field-page.tsx";
import { fieldsStep } from "./fields-step.tsx";
import { identifierStep } from "./identifier-step.tsx";
import { leftOutRoutes } from "./left-out-page.tsx";
import { previewStep } from "./preview-step.tsx";
import { publisherStep } from "./publisher-step.tsx";
import { readingStep } from "./reading-step.tsx";
import { trialStep } from "./trial-step.tsx";
import { wordsStep } from "./words-step.tsx";

/** The wizard for new publishers. */
export const draftRoutes: readonly Route[] = [
  ...draftListRoutes,
  ...publisherStep,
  ...feedStep,
  ...readingStep,
  ...leftOutRoutes,
  ...identifierStep,
  ...fieldsStep,
  ...fieldRoutes,
  ...wordsStep,
  ...previewStep,
  ...trialStep,
];

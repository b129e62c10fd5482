import { accessRoutes } from "./pages/access/access-routes.ts";
import { accountRoutes } from "./pages/accounts/account-routes.ts";
import { aidRoutes } from "./pages/aids/aid-routes.ts";
import { catalogueRoutes } from "./pages/catalogue/aid-list.tsx";
import { checkRoutes } from "./pages/check/check-routes.ts";
import { connectorRoutes } from "./pages/connectors/connector-routes.ts";
import { coverageRoutes } from "./pages/coverage/coverage-page.tsx";
import { doubtRoutes } from "./pages/doubts/doubts-page.tsx";
import { definitionRoutes } from "./pages/editor/connector/definition-routes.ts";
import { draftRoutes } from "./pages/editor/draft/draft-routes.ts";
import { entryRoutes } from "./pages/entry/entry-page.tsx";
import { feedRoutes } from "./pages/feed/feed-page.tsx";
import { figuresRoutes } from "./pages/figures/figures-content.tsx";
import { findRoute } from "./pages/find/find-page.tsx";
import { funnelPage } from "./pages/funnel/funnel-page.tsx";
import { guideRoutes } from "./pages/guide/guide-routes.tsx";
import { legalRoutes } from "./pages/legal/legal-routes.ts";
import { letterRoutes } from "./pages/letters/letter-routes.ts";
import { manualPage } from "./pages/manual/manual-page.tsx";
import { moveRoutes } from "./pages/move/move-pages.tsx";
import { nightRoutes } from "./pages/night/night-page.tsx";
import { planRoutes } from "./pages/plans/plan-routes.ts";
import { publicPreview } from "./pages/previews/public-preview.tsx";
import { callsRoutes } from "./pages/publishers/calls-page.tsx";
import { publisherRoutes } from "./pages/publishers/publisher-routes.ts";
import { answerRoutes } from "./pages/questions/answer-page.tsx";
import { answerAct, previewAct, questionPage } from "./pages/questions/question-page.tsx";
import { questionsPage } from "./pages/questions/questions-page.tsx";
import { radarRoutes } from "./pages/radar/radar-page.tsx";
import { reportRoutes } from "./pages/reports/reports-page.tsx";
import { reuseRoutes } from "./pages/reuse/reuse-page.tsx";
import { reviewRoutes } from "./pages/review/review-routes.ts";
import { runRoutes } from "./pages/runs/run-routes.ts";
import { spaceRoutes } from "./pages/space/space-routes.ts";
import { publishedByRunsRoutes } from "./pages/suggestions/published-by-runs-page.tsx";
import { suggestionActs } from "./pages/suggestions/suggestion-acts.ts";
import { suggestionsPage } from "./pages/suggestions/suggestions-page.tsx";
import { templateRoutes } from "./pages/templates/templates-page.tsx";
import { wordsRoutes } from "./pages/words/words-routes.ts";
import { workerRoutes } from "./pages/workers/workers-page.tsx";
import { pageRoute, type Route } from "./route.ts";

/** All routes of the console. A test requests each one as every role and anonymously. See also `publicRoutes`. */
export const routes: readonly Route[] = [
  ...nightRoutes,
  ...connectorRoutes,
  ...coverageRoutes,
  ...callsRoutes,
  ...definitionRoutes,
  ...doubtRoutes,
  ...reportRoutes,
  ...draftRoutes,
  ...feedRoutes,
  ...accessRoutes,
  ...accountRoutes,
  ...guideRoutes,
  ...legalRoutes,
  manualPage,
  ...moveRoutes,
  ...letterRoutes,
  ...aidRoutes,
  ...figuresRoutes,
  findRoute,
  funnelPage,
  ...catalogueRoutes,
  ...checkRoutes,
  ...planRoutes,
  ...entryRoutes,
  ...publisherRoutes,
  publicPreview,
  ...radarRoutes,
  ...reuseRoutes,
  ...reviewRoutes,
  ...runRoutes,
  ...spaceRoutes,
  questionsPage,
  questionPage,
  answerAct,
  previewAct,
  ...answerRoutes,
  suggestionsPage,
  ...suggestionActs,
  ...publishedByRunsRoutes,
  ...templateRoutes,
  ...wordsRoutes,
  ...workerRoutes,
];

/** Routes of the process for publishers and for people without an account. */
export const publicRoutes: readonly Route[] = [
  pageRoute("/", "public", () => ({ to: "/publier-ses-aides" })),
  ...routes.filter(({ who }) => who === "public" || who === "publisher"),
];

import { withFormSlot } from "../../forms/receive-form.ts";
import { type ActRoute, type Answer, actRoute, type Page, type PageRoute, pageRoute, type Route } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { admitAnswer } from "../letters/answer-limits.tsx";
import { type ActingPublisher, actingByAccount, actingByLetter, type FindActing, ownAid } from "./acting-publisher.ts";
import { performClosing } from "./close-aid.ts";
import { correctPage, performCorrection } from "./correct-aid.tsx";
import { enterRoutes } from "./enter-aid.tsx";
import { feedsPage, homePage } from "./home-page.tsx";
import { spaceSignIn } from "./sign-in-pages.tsx";
import { aidPage } from "./space-aid.tsx";
import { aidList, performConfirm } from "./space-aids.tsx";
import { spaceExternalSignIn } from "./space-external-sign-in.ts";
import { spaceLetters } from "./space-letters.tsx";
import { uploadAct } from "./upload-file.tsx";

/** Where a publisher acts on its aids: in its space, or behind the address of a letter. */
interface Place {
  readonly path: string;
  readonly who: "publisher" | "public";
  readonly acting: FindActing;
  readonly admit?: ActRoute["admit"];
}

const space: Place = { path: "/espace", who: "publisher", acting: actingByAccount };
/** The limits of answers to a letter hold for these acts too. Corrections are large forms, so few are read at once. */
const letter: Place = {
  path: "/lettre/:jeton",
  who: "public",
  acting: actingByLetter,
  admit: (visit, form, work) => admitAnswer(visit, form, (admitted) => withFormSlot(admitted, work)),
};

/** A form with long texts. */
const maxCorrectionBytes = 1_000_000;
const maxFormBytes = 20_000;

/** The pages and acts on aids, which are the same with and without an account. */
function aidRoutes(place: Place): Route[] {
  const page = (path: string, show: (visit: Visit, acting: ActingPublisher) => Promise<Page>): PageRoute =>
    pageRoute(`${place.path}${path}`, place.who, (visit) => withActing(place, visit, (acting) => show(visit, acting)));
  const options = (act: string, maxBytes = maxFormBytes): Parameters<typeof actRoute>[1] => ({
    who: place.who,
    act,
    maxBytes,
    ...(place.admit !== undefined && { admit: place.admit }),
  });
  return [
    page("/aides", aidList),
    actRoute(`${place.path}/aides/confirmer`, options("space.confirm"), (visit) =>
      withActing(place, visit, (acting) => performConfirm(visit, acting, "all")),
    ),
    page("/aides/:aide", async (visit, acting) => aidPage(visit, acting, await ownAid(visit, acting))),
    actRoute(`${place.path}/aides/:aide/confirmer`, options("space.confirm"), (visit) =>
      withActing(place, visit, async (acting) => performConfirm(visit, acting, await ownAid(visit, acting))),
    ),
    page("/aides/:aide/corriger", async (visit, acting) => correctPage(visit, acting, await ownAid(visit, acting))),
    actRoute(`${place.path}/aides/:aide/corriger`, options("space.correct", maxCorrectionBytes), (visit, form) =>
      withActing(place, visit, async (acting) => performCorrection(visit, acting, await ownAid(visit, acting), form)),
    ),
    actRoute(`${place.path}/aides/:aide/cloture`, options("space.close"), (visit, form) =>
      withActing(place, visit, async (acting) => {
        const aid = await ownAid(visit, acting);
        const done = await performClosing(visit, acting, aid, form);
        return "again" in done ? aidPage(visit, acting, aid, done.again) : done;
      }),
    ),
  ];
}

/** Calls `work` for the publisher who acts, or returns the page that says why nobody does. */
async function withActing<Result>(
  { acting }: Place,
  visit: Visit,
  work: (acting: ActingPublisher) => Promise<Result>,
): Promise<Result | Answer> {
  const found = await acting(visit);
  return "page" in found ? found.page : work(found);
}

/** The space of publishers' people, and the same acts behind the address of a letter. */
export const spaceRoutes: readonly Route[] = [
  ...spaceSignIn,
  ...spaceExternalSignIn,
  pageRoute("/espace", "publisher", (visit) => withActing(space, visit, (acting) => homePage(visit, acting))),
  pageRoute("/espace/flux", "publisher", (visit) => withActing(space, visit, (acting) => feedsPage(visit, acting))),
  uploadAct,
  ...enterRoutes,
  ...spaceLetters,
  ...aidRoutes(space),
  ...aidRoutes(letter),
];

import { withFormSlot } from "../../forms/receive-form.ts";
import {
  type ActRoute,
  type Answer,
  actRoute,
  type Done,
  type Form,
  type Page,
  type PageRoute,
  pageRoute,
  type Route,
} from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { admitAnswer } from "../letters/public-routes.tsx";
import { type ActingPublisher, actingByAccount, actingByLetter, type FindActing, ownAid } from "./acting-publisher.ts";
import { performClosing } from "./close-aid.ts";
import { correctPage, performCorrection } from "./correct-aid.tsx";
import { enterRoutes } from "./enter-aid.tsx";
import { feedsPage, homePage } from "./home-page.tsx";
import { spaceSignIn } from "./sign-in-pages.tsx";
import { aidPage } from "./space-aid.tsx";
import { aidList, performConfirm } from "./space-aids.tsx";
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

type PerformAct = (visit: Visit, acting: ActingPublisher, form: Form) => Promise<Done | Page>;

/** The pages and acts on aids, which are the same with and without an account. */
function aidRoutes(place: Place): Route[] {
  const page = (path: string, show: (visit: Visit, acting: ActingPublisher) => Promise<Page>): PageRoute =>
    pageRoute(`${place.path}${path}`, place.who, (visit) => withActing(place, visit, (acting) => show(visit, acting)));
  const act = (path: string, name: string, perform: PerformAct, maxBytes = maxFormBytes): ActRoute => {
    const options = { who: place.who, act: name, maxBytes, ...(place.admit !== undefined && { admit: place.admit }) };
    return actRoute(`${place.path}${path}`, options, (visit, form) => withActing(place, visit, (acting) => perform(visit, acting, form)));
  };
  return [
    page("/aides", aidList),
    act("/aides/confirmer", "space.confirm", (visit, acting) => performConfirm(visit, acting, "all")),
    page("/aides/:aide", async (visit, acting) => aidPage(visit, acting, await ownAid(visit, acting))),
    act("/aides/:aide/confirmer", "space.confirm", async (visit, acting) => performConfirm(visit, acting, await ownAid(visit, acting))),
    page("/aides/:aide/corriger", async (visit, acting) => correctPage(visit, acting, await ownAid(visit, acting))),
    act(
      "/aides/:aide/corriger",
      "space.correct",
      async (visit, acting, form) => performCorrection(visit, acting, await ownAid(visit, acting), form),
      maxCorrectionBytes,
    ),
    act("/aides/:aide/cloture", "space.close", async (visit, acting, form) => {
      const aid = await ownAid(visit, acting);
      const done = await performClosing(visit, acting, aid, form);
      return "again" in done ? aidPage(visit, acting, aid, done.again) : done;
    }),
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
  pageRoute("/espace", "publisher", (visit) => withActing(space, visit, (acting) => homePage(visit, acting))),
  pageRoute("/espace/flux", "publisher", (visit) => withActing(space, visit, (acting) => feedsPage(visit, acting))),
  uploadAct,
  ...enterRoutes,
  ...spaceLetters,
  ...aidRoutes(space),
  ...aidRoutes(letter),
];

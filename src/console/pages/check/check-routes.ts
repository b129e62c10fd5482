import { pageRoute, type Route } from "../../route.ts";
import { assertCheckIsOpen } from "./admit-check.tsx";
import { checkAct } from "./check-act.ts";
import { checkForm, partnerOf } from "./check-form.tsx";
import { noteAct } from "./note-in-log.tsx";

/** Routes of the page that checks a file. */
export const checkRoutes: readonly Route[] = [
  pageRoute("/verifier", "public", async (visit) => {
    assertCheckIsOpen(visit);
    return checkForm(visit, await partnerOf(visit));
  }),
  checkAct,
  noteAct,
];

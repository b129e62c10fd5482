import { pageRoute, type Route } from "../../route.ts";
import { assertCheckIsOpen } from "./admit-check.tsx";
import { checkAct } from "./check-act.ts";
import { checkForm } from "./check-form.tsx";
import { noteAct } from "./note-in-log.tsx";
import { partnerOf } from "./partner.ts";

/** Routes of the page that checks a file. */
export const checkRoutes: readonly Route[] = [
  pageRoute("/verifier", "public", async (visit) => {
    assertCheckIsOpen(visit);
    return checkForm(visit, await partnerOf(visit));
  }),
  checkAct,
  noteAct,
];

import { maxReportLength, type ReportState } from "../../../model/publisher/error-report.ts";
import { actRoute, CannotDo, type Form, type Route } from "../../route.ts";
import { visitorOf } from "../../visit.ts";
import { reportsPage, reportsPath } from "./reports-page.tsx";

interface Decision {
  readonly path: string;
  readonly act: string;
  readonly state: ReportState;
  readonly message: string;
  /** Returns what the letter says. Default: nothing. */
  readonly pointIn?: (form: Form) => string;
}

function decideRoute({ path, act, state, message, pointIn }: Decision): Route {
  return actRoute(`${reportsPath}/${path}`, { who: "bizdev", act }, async (visit, form) => {
    const id = form.text("signalement");
    if (!/^\d{1,15}$/.test(id)) throw new CannotDo("Cette page est trop ancienne : rouvrez la liste.", 422);
    const point = pointIn?.(form) ?? null;
    if (!(await visit.catalogue.errorReports.decide(id, { state, point, by: visitorOf(visit).name })))
      throw new CannotDo("Quelqu’un a déjà répondu à ce signalement.", 409);
    return { message, to: reportsPath, subject: "signalement", details: { id } };
  });
}

function letterPoint(form: Form): string {
  const text = form.text("point").replace(/\s+/g, " ");
  if (text === "" || [...text].length > maxReportLength)
    throw new CannotDo(`Écrivez ce que dira la lettre, en ${maxReportLength} caractères au plus.`, 422);
  return text;
}

/** The list of reported errors, and the acts on a report. */
export const reportRoutes: readonly Route[] = [
  reportsPage,
  decideRoute({
    path: "confirmer",
    act: "report.confirm",
    state: "confirmed",
    message: "Le signalement est un point de la prochaine lettre au producteur.",
    pointIn: letterPoint,
  }),
  decideRoute({ path: "traiter", act: "report.handle", state: "handled", message: "Le signalement est traité." }),
  decideRoute({ path: "defaire", act: "report.undo", state: "new", message: "Le signalement est de nouveau à lire." }),
];

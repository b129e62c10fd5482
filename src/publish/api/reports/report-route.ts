import type { ApiAnswer, ApiRoute, ApiVisit } from "../api-route.ts";
import { ApiProblem } from "../problem.ts";
import { readBody, receiveReport } from "./receive-report.ts";

/** Takes the report of an error in an aid from a reuser's own page. */
export const reportRoute: ApiRoute = {
  path: "/api/aids/by-id/:id/error-reports/",
  method: "post",
  name: "report-error",
  summary: "Signaler une erreur dans une aide ; une personne lit chaque signalement",
  parameters: [],
  body: "ErrorReport",
  answer: async (visit): Promise<ApiAnswer> => {
    await receiveReport(visit, visit.params.id ?? "", await sentReport(visit));
    return { json: JSON.stringify({ received: true }), headers: { "cache-control": "no-store" } };
  },
};

async function sentReport({ request }: ApiVisit): Promise<{ readonly kind: unknown; readonly text: unknown }> {
  const sent = parsed(await readBody(request));
  if (typeof sent !== "object" || sent === null) throw new ApiProblem(400, { detail: "Envoyez un objet JSON : kind, text." });
  return { kind: "kind" in sent ? sent.kind : null, text: "text" in sent ? sent.text : "" };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

import { maxReportLength, type ReportedKind, reportedKinds } from "../../../model/publisher/error-report.ts";
import { textWithoutPeople } from "../../../privacy/text-without-people.ts";
import { publicStateOf } from "../aids/may-read.ts";
import type { ApiAnswer, ApiRoute, ApiVisit } from "../api-route.ts";
import { wrongParameters } from "../parameters/parameter.ts";
import { ApiProblem } from "../problem.ts";

/** A report before it is checked. */
export interface SentReport {
  readonly kind: unknown;
  readonly text: unknown;
}

/** Maximum size of a sent report, in bytes. */
const maxBytes = 8_192;
const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Stores a report about a live aid, without the people in its text. Throws `ApiProblem`: 400 with the wrong members, 404 for an aid that the
 * client may not read, 503 if too many reports wait to be read.
 */
export async function receiveReport({ services, access, now }: ApiVisit, id: string, sent: SentReport): Promise<void> {
  const { kind, text } = checked(sent);
  const { publishedChanges, errorReports } = services.catalogue;
  const isNumber = /^\d{1,15}$/.test(id);
  const aid = isNumber || isUuid.test(id) ? await publishedChanges.find(isNumber ? { number: Number(id) } : { aidId: id }) : null;
  if (aid === null || publicStateOf(aid, access.scope) !== "live")
    throw new ApiProblem(404, { detail: "Aucune aide n’est publiée à cette adresse." });
  if (!(await errorReports.add({ aidId: aid.aidId, kind, text: textWithoutPeople(text) ?? "" }, now)))
    throw new ApiProblem(503, { detail: "Trop de signalements attendent d’être lus : réessayez dans quelques jours." });
}

function checked({ kind, text }: SentReport): { readonly kind: ReportedKind; readonly text: string } {
  const known = reportedKinds.find((one) => one === kind);
  const said = typeof text === "string" ? text.replace(/\s+/g, " ").trim() : null;
  const isMissing = said === "" && known === "other";
  const errors = [
    ...(known === undefined ? [{ name: "kind", detail: `Attendu : ${reportedKinds.join(", ")}.` }] : []),
    ...(said === null || isMissing || [...said].length > maxReportLength
      ? [{ name: "text", detail: `Attendu : un texte d’au plus ${maxReportLength} caractères, non vide si kind est other.` }]
      : []),
  ];
  if (known === undefined || said === null || errors.length > 0) throw wrongParameters(errors);
  return { kind: known, text: said };
}

/** Reads the body of a request as text. Throws `ApiProblem` 413 if it is larger than a report can be. */
export async function readBody(request: Request): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of request.body ?? []) {
    size += piece.length;
    if (size > maxBytes) throw new ApiProblem(413, { detail: `Au plus ${maxBytes} octets.` });
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString("utf8");
}

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

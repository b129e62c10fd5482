import type { Child } from "hono/jsx";
import { maxReportLength, type ReportedKind, reportedKinds } from "../../../model/publisher/error-report.ts";
import type { ApiVisit } from "../api-route.ts";
import { ApiProblem } from "../problem.ts";
import { readBody, receiveReport } from "../reports/receive-report.ts";
import { reportPagePath } from "../reports/report-path.ts";
import { searchDocument, searchPath, underOf } from "./page-frame.tsx";
import { selectedAids } from "./read-search.ts";

const questions: Readonly<Record<ReportedKind, string>> = {
  closed: "L’aide est close ou n’existe plus",
  deadline: "La date",
  amount: "Le montant ou le taux",
  eligibility: "Les conditions",
  territory: "Le territoire",
  contact: "Le contact",
  link: "Un lien",
  other: "Autre chose",
};

/** The form on which a reader reports an error in the aid of the address. Throws `ApiProblem` 404 for an aid that is not public. */
export async function reportPage(visit: ApiVisit): Promise<Response> {
  return pageWith(visit, visit.query.get("aide") ?? "", null);
}

/** Stores the report of that form and confirms it, or shows the form again with its mistakes. */
export async function sendReport(visit: ApiVisit): Promise<Response> {
  const sent = new URLSearchParams(await readBody(visit.request));
  const id = sent.get("aide") ?? "";
  try {
    await receiveReport(visit, id, { kind: sent.get("quoi"), text: sent.get("texte") ?? "" });
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 400) return pageWith(visit, id, sent);
    throw error;
  }
  const under = underOf(visit);
  return searchDocument(visit, {
    title: "Signalement reçu",
    content: (
      <>
        <h1>Merci</h1>
        <p>Une personne lira votre signalement, et le dira au producteur de l’aide s’il y a lieu.</p>
        <p>
          <a href={`${under}${searchPath}`}>Chercher une aide</a>
        </p>
      </>
    ),
  });
}

/** `sent`: the form that could not be taken; null for an empty one. */
async function pageWith(visit: ApiVisit, id: string, sent: URLSearchParams | null): Promise<Response> {
  const [aid] = /^\d{1,15}$/.test(id) ? await selectedAids(visit, [Number(id)]) : [];
  if (aid === undefined) throw new ApiProblem(404, { detail: "Aucune aide n’est publiée à cette adresse." });
  const under = underOf(visit);
  return searchDocument(visit, {
    title: "Signaler une erreur",
    content: (
      <>
        <h1>Signaler une erreur</h1>
        <p>Aide : {aid.record.name}</p>
        {sent !== null && (
          <p class="warning" role="alert" id="texte-erreur">
            Dites ce qui est faux, en {maxReportLength} caractères au plus.
          </p>
        )}
        <ReportForm
          action={`${under}${reportPagePath}`}
          id={id}
          kind={sent?.get("quoi") ?? null}
          text={sent?.get("texte") ?? ""}
          isRefused={sent !== null}
        />
      </>
    ),
  });
}

function ReportForm({
  action,
  id,
  kind,
  text,
  isRefused,
}: {
  readonly action: string;
  readonly id: string;
  readonly kind: string | null;
  readonly text: string;
  readonly isRefused: boolean;
}): Child {
  return (
    <form class="ask" method="post" action={action}>
      <input type="hidden" name="aide" value={id} />
      <label>
        Qu’est-ce qui est faux ?
        <select name="quoi" required>
          {reportedKinds.map((one) => (
            <option value={one} selected={one === kind}>
              {questions[one]}
            </option>
          ))}
        </select>
      </label>
      <label>
        Que faudrait-il lire ?
        <span class="hint">Ni nom, ni adresse, ni numéro de personne : ils sont retirés. Nous ne pouvons pas vous répondre.</span>
        <textarea
          name="texte"
          rows={4}
          maxlength={maxReportLength}
          aria-invalid={isRefused ? "true" : undefined}
          aria-describedby={isRefused ? "texte-erreur" : undefined}
        >
          {text}
        </textarea>
      </label>
      <p class="send">
        <button type="submit">Envoyer</button>
      </p>
    </form>
  );
}

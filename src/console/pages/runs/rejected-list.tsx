import type { ListedRejection } from "../../../catalogue/runs/rejected-repository.ts";
import { issueMessage, rejectionMessage } from "../../../french/issues.ts";
import { placeMessage } from "../../../french/places.ts";
import { counted, sentence } from "../../../french/typography.ts";
import type { Issue } from "../../../model/issue.ts";
import { listRoutes } from "../../lists/list-routes.tsx";
import { truncate } from "../../parts/time.ts";
import { param, type Visit } from "../../visit.ts";
import { readRun, recordAddress } from "./read-run.ts";
import { RejectsNotKept } from "./run-budget.tsx";

export const rejectedList = listRoutes<ListedRejection>({
  path: "/collectes/:run/rejets",
  who: "read",
  title: "Enregistrements rejetés",
  fileName: "rejets",
  caption: (count) => counted(count, "enregistrement rejeté", "enregistrements rejetés"),
  empty: (isFiltered) =>
    isFiltered ? "Aucun enregistrement rejeté ne répond à ce filtre." : "Aucun enregistrement rejeté n’est conservé pour cette collecte.",
  breadcrumb: ({ params: { run } }) => [
    { title: "Collectes", href: "/collectes" },
    { title: "Collecte", href: `/collectes/${run}` },
  ],
  above: async (visit) => {
    const { name } = await readRun(visit);
    const read = await visit.catalogue.runs.find(await readBy(visit));
    return (
      <>
        <p>
          Reçus par <a href={`/collectes/${param(visit, "run")}`}>cette collecte de {name}</a>, ils n’ont pas pu être gardés.
        </p>
        <RejectsNotKept report={read?.report ?? null} />
      </>
    );
  },
  filters: [
    { name: "mots", label: "Place ou identifiant", kind: "text" },
    { name: "raison", label: "Raison", kind: "choice", anyLabel: "Toutes", choices: reasonChoices },
  ],
  columns: [
    {
      title: "Place dans le flux",
      text: ({ locator }) => placeMessage(locator),
      cell: ({ locator }, visit) => (
        <a href={recordAddress(param(visit, "run"), locator)} class="moisson-unbroken">
          {placeMessage(locator)}
        </a>
      ),
    },
    { title: "Identifiant", text: ({ externalId }) => externalId, cell: ({ externalId }) => truncate(externalId ?? "", 120) },
    {
      title: "Pourquoi",
      text: ({ reasons }) => reasons.map(reasonMessage).join(" "),
      cell: ({ reasons }) => reasons.map((reason) => <div>{reasonMessage(reason)}</div>),
    },
    {
      title: "Enregistrement",
      text: ({ written }) => written,
      cell: ({ written }) => <span class="moisson-mention">{truncate(written, 160)}</span>,
    },
  ],
  rows: async (visit, filter, place) => visit.catalogue.rejected.list(await readBy(visit), filterOf(filter), place),
  count: async (visit, filter) => visit.catalogue.rejected.count(await readBy(visit), filterOf(filter)),
});

async function readBy(visit: Visit): Promise<string> {
  const { runId } = await readRun(visit);
  return visit.catalogue.rejected.sourceRun(runId);
}

function filterOf({ mots, raison }: Readonly<Record<string, string>>) {
  return { ...(mots !== undefined && { words: mots }), ...(raison !== undefined && { code: raison }) };
}

async function reasonChoices(visit: Visit) {
  const { report } = await readRun(visit);
  const codes = new Set((report?.issues ?? []).filter(({ severity }) => severity === "error").map(({ code }) => code));
  return [...codes].map((code) => ({ value: code, label: rejectionMessage(code) ?? code }));
}

/** Omits the field, because the messages of errors already name it. */
function reasonMessage({ code, params }: Issue): string {
  return sentence(issueMessage(code, params));
}

import type { Child } from "hono/jsx";
import { type TemplateCell, templateCells } from "../../../french/template-cells.ts";
import { byteOrderMark, frenchCsvLine } from "../../../publish/exports/french-csv.ts";
import { Collapsible } from "../../parts/collapsible.tsx";
import { List } from "../../parts/list.tsx";
import { Table } from "../../parts/table.tsx";
import { type Page, pageRoute, type Route } from "../../route.ts";
import { templateWorkbook } from "./template-workbook.ts";

function templatesPage(): Page {
  return {
    title: "Modèles à remplir",
    breadcrumb: [{ title: "Nouveau producteur", href: "/brouillons" }],
    content: (
      <>
        <h1>Modèles à remplir</h1>
        <p class="fr-text--lead">
          Pour un producteur qui n’a ni flux ni fichier : envoyez-lui l’un de ces modèles. Il remplit une ligne par aide, sous la ligne
          d’exemple. Déposez ensuite son fichier dans <a href="/brouillons">Nouveau producteur</a> : toutes les colonnes et tous les termes
          sont reconnus, il n’y a rien à traduire.
        </p>
        <ul class="fr-btns-group fr-btns-group--inline-md fr-btns-group--icon-left">
          <li>
            <a class="fr-btn fr-icon-download-line" href="/modeles/aides.xlsx">
              Modèle pour Excel
            </a>
          </li>
          <li>
            <a class="fr-btn fr-btn--secondary fr-icon-download-line" href="/modeles/aides.csv">
              Modèle en CSV
            </a>
          </li>
        </ul>
        <h2 class="fr-mt-4w">Ce que contient chaque colonne</h2>
        <Collapsible summary={`Voir les ${distinctColumns().length} colonnes`}>
          <Table
            caption="Colonnes du modèle"
            isCaptionHidden
            head={[{ title: "Colonne", isRowTitle: true }, "Ce qu’on y met", "Exemple"]}
            rows={distinctColumns().map(({ title, note, example }) => [title, note, example])}
          />
        </Collapsible>
        <h2 class="fr-mt-4w">Les termes des listes</h2>
        {lists().map(({ name, labels }) => (
          <Collapsible summary={`${name} (${labels.length})`}>
            <List class="moisson-columns" items={labels} />
          </Collapsible>
        ))}
      </>
    ) satisfies Child,
  };
}

/** Returns the columns. Repeated columns, such as `Thématique 1` and `Thématique 2`, are merged. */
function distinctColumns(): readonly Pick<TemplateCell, "title" | "note" | "example">[] {
  const merged = new Map<string, { title: string; note: string; example: string }>();
  for (const { title: numbered, note, example } of templateCells) {
    const title = numbered.replace(/ \d+(?= \(obligatoire\)$|$)/, "");
    const name = title.replace(" (obligatoire)", "");
    const first = merged.get(name);
    if (first === undefined) merged.set(name, { title, note, example });
    else if (example !== "") first.example += ` ; ${example}`;
  }
  return [...merged.values()];
}

/** Returns each list of words once. */
function lists(): readonly NonNullable<TemplateCell["words"]>[] {
  const words = templateCells.flatMap(({ words, holds }) => (words === null || holds === "yesNo" ? [] : [words]));
  return [...new Map(words.map((list) => [list.name, list])).values()];
}

/** Built once, on the first request. */
let workbook: Promise<Uint8Array> | undefined;

/** Templates for publishers without a feed. Anyone can download them. */
export const templateRoutes: readonly Route[] = [
  pageRoute("/modeles", "bizdev", templatesPage),
  pageRoute("/modeles/aides.csv", "public", () => ({ fileName: "modele-aides.csv", type: "text/csv; charset=utf-8", body: templateCsv() })),
  pageRoute("/modeles/aides.xlsx", "public", async () => {
    workbook ??= templateWorkbook();
    const type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    return { fileName: "modele-aides.xlsx", type, body: await workbook };
  }),
];

/** Returns the template as CSV for French Excel. */
function templateCsv(): string {
  const titles = templateCells.map(({ title }) => title);
  const examples = templateCells.map(({ example, holds }) => (holds === "day" ? example.split("-").reverse().join("/") : example));
  return `${byteOrderMark}${frenchCsvLine(titles)}${frenchCsvLine(examples)}`;
}

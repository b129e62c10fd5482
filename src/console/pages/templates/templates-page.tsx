import type { Child } from "hono/jsx";
import { templateCells } from "../../../french/template-cells.ts";
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
          <Table caption="Colonnes du modèle" isCaptionHidden head={["Colonne", "Ce qu’on y met", "Exemple"]}>
            {distinctColumns().map(({ title, note, example }) => (
              <tr>
                <th scope="row">{title}</th>
                <td>{note}</td>
                <td>{example}</td>
              </tr>
            ))}
          </Table>
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
function distinctColumns(): readonly { readonly title: string; readonly note: string; readonly example: string }[] {
  const merged = new Map<string, { title: string; note: string; example: string }>();
  for (const { title, note, example } of templateCells) {
    const base = title.replace(/ \d+(?= \(obligatoire\)$|$)/, "");
    const before = [...merged.keys()].find((key) => key.replace(" (obligatoire)", "") === base);
    if (before === undefined) merged.set(base, { title: base, note, example });
    else if (example !== "")
      merged.set(before, {
        ...(merged.get(before) ?? { title: base, note, example: "" }),
        example: `${merged.get(before)?.example} ; ${example}`,
      });
  }
  return [...merged.values()];
}

/** Returns each list of words once. */
function lists(): readonly { readonly name: string; readonly labels: readonly string[] }[] {
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

/** Returns the template as CSV for French Excel: UTF-8 with BOM, `;` between cells. */
function templateCsv(): string {
  const rows = [
    templateCells.map(({ title }) => title),
    templateCells.map(({ example, holds }) => (holds === "day" ? frenchDay(example) : example)),
  ];
  return `\ufeff${rows.map((cells) => `${cells.map(cell).join(";")}\r\n`).join("")}`;
}

function frenchDay(day: string): string {
  return day.split("-").reverse().join("/");
}

function cell(text: string): string {
  return /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

import type { Locator } from "playwright-core";
import type { Judged } from "../../bench/survey/score.ts";
import type { Truth } from "../../bench/survey/truth.ts";
import type { PersonAtWork } from "./person-at-work.ts";

/** Correct paths of a field, in place of the proposed ones; no paths: the field reads nothing. */
export interface Correction {
  readonly field: Judged["field"];
  readonly paths: readonly string[];
  /** Path that the proposal reads. */
  readonly got: string;
}

/**
 * Returns the corrections of a careful person. Throws if the truth wants a constant, or days in another order: no file needs it at the
 * moment.
 */
export function correctionsOf({ fields, identifier }: Truth, judged: readonly Judged[]): Correction[] {
  return judged
    .filter(({ verdict }) => verdict !== "right")
    .map(({ field, got }) => {
      const ways = field === "externalId" ? identifier : fields[field]?.read;
      const [paths = []] = ways ?? [];
      const isEmptied = field !== "externalId" && fields[field] === undefined;
      if (paths.join(" + ") === got || (!isEmptied && paths.length === 0)) throw new Error(`${field} cannot be corrected by a column`);
      return { field, paths, got: got.split(" + ")[0] ?? "" };
    });
}

/** Chooses the columns in the table of the file. Saves nothing. `seen` is called with the name of each picture. */
export async function correctFields(
  person: PersonAtWork,
  corrections: readonly Correction[],
  seen: (step: string) => Promise<void>,
): Promise<void> {
  if (corrections.length === 0) return;
  for (const correction of corrections) {
    person.decide();
    await correctField(person, correction, () => (correction === corrections[0] ? seen("colonne") : Promise.resolve()));
  }
  await seen("choix");
}

async function correctField(person: PersonAtWork, { field, paths, got }: Correction, opened: () => Promise<void>): Promise<void> {
  const [first, ...more] = paths;
  await openColumn(person, first ?? got);
  await opened();
  const choices = person.page.locator("#choix");
  if (first === undefined) {
    await inTable(
      person,
      choices
        .locator(".moisson-choose__now a", { hasText: /^Retirer/ })
        .filter({ visible: true })
        .first(),
    );
    return;
  }
  const also = choices.getByRole("link", { name: "Cette colonne dit plusieurs choses" });
  if ((await also.count()) > 0) await inTable(person, also);
  await inTable(person, choices.locator(`#choix-${field}`));
  for (const path of more) {
    await openColumn(person, path);
    const item = choices.locator("li", { has: person.page.locator(`#choix-${field}`) });
    await inTable(person, item.getByRole("link", { name: /^à la suite de/ }));
  }
}

function openColumn(person: PersonAtWork, path: string): Promise<void> {
  const column = person.page.locator("a[data-column]").filter({ has: person.page.getByText(path, { exact: true }) });
  return inTable(person, column);
}

/** Clicks a link of the editor and waits until the editor shows its result. */
export async function inTable(person: PersonAtWork, what: Locator): Promise<void> {
  await person.click(what);
  await person.page.locator("[data-editor]:not([aria-busy])").waitFor();
}

import type { ConnectorInput } from "../../../src/kit/definition.ts";
import { identifier } from "../../../src/kit/rules/identifier.ts";
import { html, text } from "../../../src/kit/rules/texts.ts";
import { url } from "../../../src/kit/rules/url.ts";
import type { TestCatalogue } from "../../support/catalogues.ts";
import { type Harvest, newHarvest } from "../../support/harvest.ts";

/** What differs in a connector that reads the pages of a site. */
export const siteDefinition: Partial<ConnectorInput> = {
  feed: { url: "https://www.departement.example/aides" },
  decode: { format: "html", records: "li", values: { id: "@data-id", titre: "b", texte: "html(p)", lien: "a@href" } },
  fields: { externalId: identifier("id"), name: text("titre"), description: html("texte"), originUrl: url("lien") },
};

/** Returns a page that lists aids by number. */
export function listOfAids(numbers: readonly number[]): string {
  const items = numbers.map(
    (number) =>
      `<li data-id="a${number}"><b>Financer le projet ${number}</b><p>Le département aide le projet ${number}. Contact : Mme Claire Dupont.</p>
      <a href="https://www.departement.example/aides/${number}">Voir</a></li>`,
  );
  return `<!doctype html><html lang="fr"><head><title>Aides</title></head><body><ul>${items.join("")}</ul></body></html>`;
}

/** Creates a connector that reads the pages of a site. Run it with `harvest.day(listOfAids([1, 2]))`. */
export function siteHarvest(catalogue: TestCatalogue, changes: Partial<ConnectorInput> = {}): Promise<Harvest> {
  return newHarvest(catalogue, { ...siteDefinition, ...changes });
}

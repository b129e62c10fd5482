import type { Child } from "hono/jsx";
import { fieldName } from "../../../french/fields.ts";
import { capital, counted, french } from "../../../french/typography.ts";
import { formParts } from "../../curation/field-controls.ts";
import type { Visit } from "../../visit.ts";
import { AidFieldAccount } from "./aid-field-account.tsx";
import { type AidView, isBare } from "./read-aid-view.ts";

/** Every field of the aid, with both values; those that say nothing are folded. */
export function AidFields({
  visit,
  view,
  mayCurate,
}: {
  readonly visit: Visit;
  readonly view: AidView;
  readonly mayCurate: boolean;
}): Child {
  const accountOf = new Map(view.accounts.map((account) => [account.field, account]));
  const empty = view.accounts.filter(isBare);
  return (
    <section>
      <h2>Les champs</h2>
      {view.aid.status !== "published" && (
        <p class="moisson-mention">
          {french`Tant que l'aide n'est pas publiée, ses champs suivent le flux, sauf ceux qu'une personne a corrigés ; ce qui est dit de chacun vaut ensuite.`}
        </p>
      )}
      {formParts.map(({ title, fields }) => {
        const filled = fields.flatMap((field) => accountOf.get(field) ?? []).filter((account) => !isBare(account));
        if (filled.length === 0) return null;
        return (
          <section class="fr-mb-4w">
            <h3 class="fr-h5 fr-mb-1w">{title}</h3>
            {filled.map((account) => (
              <AidFieldAccount visit={visit} view={view} account={account} mayCurate={mayCurate} />
            ))}
          </section>
        );
      })}
      {empty.length > 0 && (
        <details class="fr-mb-4w">
          <summary>{counted(empty.length, "champ vide", "champs vides")}</summary>
          <ul class="fr-mt-1w">
            {empty.map(({ field }) => (
              <li>{capital(fieldName(field))}</li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

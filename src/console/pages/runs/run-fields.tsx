import type { Child } from "hono/jsx";
import { fieldNameOrKey } from "../../../french/fields.ts";
import { counted, french } from "../../../french/typography.ts";
import type { RunReport } from "../../../model/run/run-report.ts";
import { Link } from "../../parts/link.tsx";
import { List } from "../../parts/list.tsx";
import { formatNumber, Table } from "../../parts/table.tsx";
import { truncate } from "../../parts/time.ts";

const fieldsShown = 60;

/** Renders the feed's unread fields, and the share of aids with a value in each of our fields. */
export function RunFields({ report }: { readonly report: RunReport }): Child {
  const { unreadFields, fillRates, counts, connector } = report;
  const filled = Object.entries(fillRates).filter(([, rate]) => rate > 0);
  const empty = Object.entries(fillRates).filter(([, rate]) => rate === 0);
  return (
    <section>
      {unreadFields.length > 0 && (
        <>
          <h2 class="fr-mt-4w">Champs du flux qui ne sont pas lus</h2>
          <p>
            Le connecteur ne dit ni de les lire, ni de les ignorer. S’ils sont utiles,{" "}
            <a href={`/connecteurs/${connector}/definition`}>complétez la définition du connecteur</a>.
          </p>
          <List class="moisson-names" items={unreadFields.slice(0, fieldsShown).map((name) => <code>{truncate(name, 80)}</code>)} />
          {unreadFields.length > fieldsShown && (
            <p class="moisson-mention">{french`Et ${counted(unreadFields.length - fieldsShown, "autre champ", "autres champs")}.`}</p>
          )}
        </>
      )}
      {counts.valid > 0 && filled.length > 0 && (
        <>
          <h2 class="fr-mt-4w">Remplissage des champs</h2>
          <details>
            <summary>{french`${counted(filled.length, "champ rempli", "champs remplis")} au moins une fois, sur ${counted(counts.valid, "aide valide", "aides valides")}`}</summary>
            <Table
              caption="Part des aides valides où chaque champ est rempli"
              isCaptionHidden
              head={[
                { title: "Champ", isRowTitle: true },
                { title: "Part", isNumber: true },
                { title: "Aides", isNumber: true },
              ]}
              rows={filled
                .sort(([, a], [, b]) => b - a)
                .map(([field, rate]) => [fieldNameOrKey(field), percent(rate), formatNumber(Math.round(rate * counts.valid))])}
            />
            <p>{french`Jamais remplis : ${empty.map(([field]) => fieldNameOrKey(field)).join(", ") || "aucun"}.`}</p>
          </details>
        </>
      )}
    </section>
  );
}

/** Formats a share. Only 0 and 1 become 0 % and 100 %. */
function percent(rate: number): string {
  const rounded = Math.round(rate * 100);
  if (rounded === 0) return french`moins de 1 %`;
  return rounded === 100 && rate < 1 ? french`plus de 99 %` : french`${rounded} %`;
}

const wordsShown = 8;

/** Renders the publisher's words that have no mapping yet, most frequent first. */
export function UnmappedWords({ report: { unmappedTerms, connector } }: { readonly report: RunReport }): Child {
  if (unmappedTerms.length === 0) return null;
  return (
    <section>
      <h2 class="fr-mt-4w">Mots sans correspondance</h2>
      <Table
        caption={`${counted(unmappedTerms.length, "mot")} sans correspondance dans nos nomenclatures`}
        isCaptionHidden
        head={["Mot du producteur", "Nomenclature", { title: "Aides", isNumber: true }]}
        rows={unmappedTerms
          .slice(0, wordsShown)
          .map(({ vocabulary, term, count }) => [truncate(term, 120), fieldNameOrKey(vocabulary), formatNumber(count)])}
      />
      {unmappedTerms.length > wordsShown && <p class="moisson-mention">{french`Les ${wordsShown} plus fréquents sont montrés.`}</p>}
      <p>
        <Link
          href={`/mots?connecteur=${connector}`}
          label="Faire correspondre les mots de ce connecteur"
          icon="fr-icon-arrow-right-line fr-link--icon-right"
        />
      </p>
    </section>
  );
}

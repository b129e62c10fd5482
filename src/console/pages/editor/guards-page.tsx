import type { Child } from "hono/jsx";
import { fieldName } from "../../../french/fields.ts";
import { formatPercent, guardLimitsMessage } from "../../../french/guards.ts";
import { capitalize, french, sentence } from "../../../french/typography.ts";
import type { Connector } from "../../../kit/definition.ts";
import { type AidField, aidFields } from "../../../model/aid/aid.ts";
import { canonicalJson } from "../../../model/text/canonical.ts";
import { type Field, type Fields, Invalid } from "../../forms/form.tsx";
import { type EditedDefinition, editedBack } from "./edited-definition.ts";
import { formPage, type Texts, textsIn } from "./form-page.tsx";

type Limits = Pick<Connector, "guards" | "expect">;
/** The limit of an empty text is undefined: the default. */
type LimitField = Field & { read(text: string): number | undefined | Invalid };

const minimum: LimitField = {
  label: "Le moins d’aides valides d’un flux normal",
  hint: "D’habitude aucun minimum. Ne vaut pas pour un fichier déposé à la main.",
  maxLength: 20,
  read: (text) =>
    text === "" ? undefined : /^[1-9]\d{0,6}$/.test(text) ? Number(text) : new Invalid("Un nombre d’aides entier, ou rien."),
};

const shares = {
  gone: share("Aides disparues du flux, en %", "D’habitude 10."),
  newIds: share("Aides sous un identifiant inconnu, en %", "D’habitude 30, ou le double de ce que les dernières collectes ont apporté."),
  rejected: share("Enregistrements rejetés, en %", "D’habitude 10, ou 5 points de plus que dans les dernières collectes."),
  linksMoved: share("Liens vers un site encore jamais vu, en %", "D’habitude 20."),
  paths: share("Champ du flux disparu, s’il était rempli à plus de (en %)", "D’habitude 5 ; 100 : jamais retenu."),
  shifted: share("Aides aux textes, titres ou dates bouleversés, en %", "D’habitude 5 à 20, selon le changement."),
};
const shareNames = Object.keys(shares) as (keyof typeof shares)[];

function share(label: string, hint?: string): LimitField {
  return { label, ...(hint !== undefined && { hint }), maxLength: 20, read: readShare };
}

function readShare(text: string): number | undefined | Invalid {
  const number = text.replace(/\s*%$/, "");
  if (number === "") return undefined;
  const percent = /^\d{1,3}(?:[.,]\d{1,2})?$/.test(number) ? Number(number.replace(",", ".")) : Number.NaN;
  return percent <= 100 ? Math.round(percent * 100) / 10_000 : new Invalid("Un nombre de 0 à 100, ou rien pour la limite habituelle.");
}

/** The guard limits. A change is tried on the last feed, which shows its effect. */
export const guardsPage = formPage({
  path: "garde-fous",
  act: "change-guards",
  title: "Garde-fous",
  heading: ({ name }: EditedDefinition) => `Les garde-fous de ${name}`,
  ...textsIn(textsOf),
  fields: ({ connector: { definition } }): Record<string, LimitField> => ({ minimum, ...shares, ...rates(definition) }),
  content: ({ edited, typed, controls }) => (
    <>
      <p>
        {french`Une collecte qui atteint une limite est retenue : rien n'est écrit avant qu'une personne ait lu son plan. Une limite laissée vide est l'habituelle ; 100 % l'enlève.`}
      </p>
      {controls({ minimum, ...shares })}
      <Rates fields={rates(edited.connector.definition)} typed={typed} controls={controls} />
    </>
  ),
  theirs({ connector: { definition } }) {
    const limits = guardLimitsMessage(definition);
    return { label: "Garde-fous", theirs: limits === "" ? "Les limites habituelles." : sentence(limits) };
  },
  async save(edited, values, { raison = "" }) {
    const { definition } = edited.connector;
    const change = limitsOf(values, definition);
    const { guards, expect } = definition;
    if (canonicalJson(change) === canonicalJson({ guards, expect }))
      return { problems: { minimum: "Rien ne change : écrivez une autre limite." } };
    return edited.save({ change, why: raison, back: editedBack(edited), trial: "snapshot" });
  },
});

/** Returns the fields for the minimum rates of what the connector fills. */
function rates(definition: Connector): Record<string, LimitField> {
  return Object.fromEntries(ratedFields(definition).map((field) => [rateName(field), share(`${capitalize(fieldName(field))}, en %`)]));
}

function ratedFields({ fields }: Connector): readonly AidField[] {
  return aidFields.filter((field) => field in fields && field !== "name");
}

function rateName(field: AidField): string {
  return `rempli-${field}`;
}

function textsOf({ guards, expect }: Limits): Texts {
  const { filled = {}, ...limits } = guards;
  const texts = [
    ...shareNames.map((name) => [name, limits[name]] as const),
    ...Object.entries(filled).map(([field, rate]) => [rateName(field as AidField), rate] as const),
  ].flatMap(([name, limit]) => (limit === undefined ? [] : [[name, formatPercent(limit)]]));
  return { minimum: expect.atLeast === undefined ? "" : String(expect.atLeast), ...Object.fromEntries(texts) };
}

/** Returns the changed limits. Limits of fields that are not in the form stay unchanged. */
function limitsOf(values: Readonly<Record<string, number | undefined>>, definition: Connector): Limits {
  const fields = ratedFields(definition);
  const others = Object.entries(definition.guards.filled ?? {}).filter(([field]) => !fields.includes(field as AidField));
  const filled = { ...Object.fromEntries(others), ...given(fields.map((field) => [field, values[rateName(field)]])) };
  const { atLeast: _, ...expected } = definition.expect;
  return {
    guards: { ...given(shareNames.map((name) => [name, values[name]])), ...(Object.keys(filled).length > 0 && { filled }) },
    expect: { ...expected, ...given([["atLeast", values.minimum]]) },
  };
}

function given(limits: readonly (readonly [string, number | undefined])[]): Readonly<Record<string, number>> {
  return Object.fromEntries(limits.filter((limit): limit is [string, number] => limit[1] !== undefined));
}

function Rates(shown: { readonly fields: Fields; readonly typed: Texts; controls(fields: Fields): Child }): Child {
  const { fields, typed, controls } = shown;
  const names = Object.keys(fields);
  return (
    <details class="fr-mb-3w" open={names.some((name) => (typed[name] ?? "") !== "")}>
      <summary>Champs qui se vident ({names.length})</summary>
      <p>
        Le taux de remplissage le plus bas d’un flux sain, en % des aides. D’habitude, 20 points de moins que dans les dernières collectes ;
        0 enlève la limite.
      </p>
      {controls(fields)}
    </details>
  );
}

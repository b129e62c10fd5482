import type { Child } from "hono/jsx";
import { french } from "../../../french/typography.ts";
import { kindOf } from "../../../model/aid/field-table.ts";
import type { FieldProfile } from "../../../model/survey/field-profile.ts";
import type { OwnField } from "../../../model/survey/own-field.ts";
import { type Term, type VocabularyName, vocabularies } from "../../../model/vocabularies.ts";
import type { FieldChoice } from "../../../survey/propose/field-choice.ts";
import type { Way } from "../../../survey/propose/proposal.ts";
import { Checkboxes, Select, TextField } from "../../parts/form-controls.tsx";
import type { Form } from "../../route.ts";

/** A proposed source of a field. */
export interface OfferedWay {
  readonly label: string;
  readonly hint: string;
}

type Profile = Pick<FieldProfile, "path" | "examples">;

/** What a person has chosen for a field. */
interface ValueGiven {
  readonly field: OwnField;
  readonly values: readonly string[];
  readonly problem: string | undefined;
}

/** The choice of a field's source: one of `ways`, a field of the feed, a fixed value, or none. `hasCurrent`: the first way is the current one. */
export function FieldChoiceFields(given: {
  readonly field: OwnField;
  readonly ways: readonly OfferedWay[];
  readonly hasCurrent: boolean;
  readonly profiles: readonly Profile[];
  readonly problems: Readonly<Record<string, string>>;
  /** The submitted form, if it is shown again. */
  readonly typed?: Form | undefined;
}): Child {
  const { field, ways, hasCurrent, profiles, problems, typed } = given;
  const way = typed?.text("facon") || tickedAtFirst(hasCurrent);
  const isOffered = ways.some((_, index) => way === `proposition-${index}`) || ["champ", "fixe", "rien"].includes(way);
  return (
    <>
      <fieldset class="fr-fieldset" aria-labelledby="facon-legende" id="champ-facon">
        <legend class="fr-fieldset__legend" id="facon-legende">
          D’où vient ce champ ?
        </legend>
        {ways.map(({ label, hint }, index) => (
          <Radio
            value={`proposition-${index}`}
            isChosen={way === `proposition-${index}` || (!isOffered && index === 0)}
            label={label}
            hint={hint}
          />
        ))}
        <Radio value="champ" isChosen={way === "champ"} label="D’un autre champ du fichier" hint="À choisir ci-dessous." />
        <Radio value="fixe" isChosen={way === "fixe"} label="Toujours la même valeur" hint="À écrire ci-dessous." />
        {field !== "externalId" && field !== "name" && (
          <Radio value="rien" isChosen={way === "rien"} label="De rien : le laisser vide" hint="" />
        )}
      </fieldset>
      <SourceField field={field} profiles={profiles} values={typed?.all("champ") ?? []} problem={problems.champ} />
      {kindOf(field) === "date" && (
        <TextField
          name="format"
          label="Écriture de la date"
          hint="Laissée vide, elle est reconnue. Sinon : jj/mm/aaaa s’écrit dd/MM/yyyy, mois d’abord MM/dd/yyyy."
          value={typed?.text("format")}
          required={false}
        />
      )}
      <FixedValue field={field} values={typed?.all("fixe") ?? []} problem={problems.fixe} />
    </>
  );
}

function Radio(given: { readonly value: string; readonly isChosen: boolean; readonly label: string; readonly hint: string }): Child {
  return (
    <div class="fr-fieldset__element">
      <div class="fr-radio-group">
        <input type="radio" id={`facon-${given.value}`} name="facon" value={given.value} checked={given.isChosen} />
        <label class="fr-label" for={`facon-${given.value}`}>
          {given.label}
          {given.hint !== "" && <span class="fr-hint-text">{given.hint}</span>}
        </label>
      </div>
    </div>
  );
}

/** The choice of a field of the feed, or of several fields for a long text. */
function SourceField({ field, profiles, values, problem }: ValueGiven & { readonly profiles: readonly Profile[] }): Child {
  const choices = profiles.map(({ path: value, examples: [example] }) => ({
    value,
    label: example === undefined ? value : `${value} : ${example.slice(0, 80)}`,
  }));
  if (kindOf(field) !== "html")
    return <Select name="champ" label="Champ du fichier" choices={choices} value={values.at(-1)} empty="—" problem={problem} />;
  const hint = "Plusieurs font un seul texte, l’un après l’autre.";
  return <Checkboxes name="champ" label="Champs du fichier" hint={hint} choices={choices} values={values} problem={problem} />;
}

/** The value that all aids have. */
export function FixedValue({ field, values, problem }: ValueGiven): Child {
  const vocabulary = vocabularyOf(field);
  if (vocabulary !== null) {
    const choices = (vocabularies[vocabulary] as readonly Term[]).map(({ slug, label }) => ({ value: slug, label }));
    return <Checkboxes name="fixe" label="Valeur fixe" choices={choices} values={values} problem={problem} isInline />;
  }
  const isTerritory = field === "perimeters" || field === "perimeterExclusions";
  const hint = isTerritory ? french`Écrite échelle:code (region:53), plusieurs séparées par « ; ».` : french`Plusieurs séparées par « ; ».`;
  return <TextField name="fixe" label="Valeur fixe" hint={hint} value={values.at(-1)} required={false} problem={problem} />;
}

/** The chosen source, which is null if it is unchanged; or a problem and its field. */
type FieldChosen = { readonly choice: FieldChoice | null } | { readonly at: string; readonly problem: string };

/** Reads the fields of `FieldChoiceFields`. `ways`: the proposed sources, in the same order; `paths`: fields of the feed. */
export function readFieldChoice(
  form: Form,
  field: OwnField,
  ways: readonly Pick<Way, "rule">[],
  paths: readonly string[],
  hasCurrent: boolean,
): FieldChosen {
  const way = meantWay(form, hasCurrent);
  if (way === "rien") {
    if (field === "externalId" || field === "name") return { at: "facon", problem: "Une aide a toujours un identifiant et un titre." };
    return { choice: { way: "none" } };
  }
  if (way === "champ") {
    const chosen = form.all("champ").filter((value) => paths.includes(value));
    if (chosen.length === 0) return { at: "champ", problem: "Choisissez un champ du fichier." };
    const format = form.text("format");
    return { choice: { way: "path", paths: chosen, ...(format !== "" && { formats: [format] }) } };
  }
  if (way === "fixe") {
    const value = vocabularyOf(field) === null ? form.text("fixe") : form.all("fixe").join(";");
    return value === "" ? { at: "fixe", problem: "Dites quelle valeur." } : { choice: { way: "constant", value: value.slice(0, 2000) } };
  }
  const index = Number(way.replace("proposition-", ""));
  const proposed = ways[index];
  if (proposed === undefined) return { at: "facon", problem: "Choisissez une façon de remplir ce champ." };
  return { choice: index === 0 && hasCurrent ? null : { way: "rule", rule: proposed.rule as unknown as { kind: string } } };
}

function tickedAtFirst(hasCurrent: boolean): string {
  return hasCurrent ? "proposition-0" : "rien";
}

/** Returns the chosen option. A filled-in field below counts more than the option that the page ticks at first. */
function meantWay(form: Form, hasCurrent: boolean): string {
  const way = form.text("facon") || tickedAtFirst(hasCurrent);
  if (way !== tickedAtFirst(hasCurrent)) return way;
  if (form.all("champ").some((value) => value !== "")) return "champ";
  return form.all("fixe").some((value) => value !== "") ? "fixe" : way;
}

function vocabularyOf(field: OwnField): VocabularyName | null {
  return field in vocabularies && field !== "externalId" ? (field as VocabularyName) : null;
}

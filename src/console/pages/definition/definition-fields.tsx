import type { Child } from "hono/jsx";
import { ruleMessage } from "../../../french/rules.ts";
import { fieldLabel } from "../../../french/survey.ts";
import type { Connector } from "../../../kit/definition.ts";
import { valueAt } from "../../../kit/expressions/field-path.ts";
import { FieldRules, type Rule } from "../../../kit/field-rules.ts";
import { pathsOfRule } from "../../../kit/rules/rule-paths.ts";
import { type AidField, aidFields, isEmptyValue } from "../../../model/aid/aid.ts";
import type { OwnField } from "../../../registry/survey/match-name.ts";
import { FieldValue } from "../../parts/field-value.tsx";
import { Table } from "../../parts/table.tsx";
import { truncate } from "../../parts/time.ts";
import type { DefinitionSample } from "./read-sample.ts";

/** Fields that a rule can fill, in the order of an aid. */
export const ruledFields: readonly OwnField[] = (["externalId", ...aidFields] as const).filter((field) => field in FieldRules.shape);

/** The fields that have a rule, with an example from the last feed. `changed`: fields that differ from the connector's file. */
export function DefinitionFields(given: {
  readonly definition: Connector;
  readonly sample: DefinitionSample;
  readonly changed: ReadonlySet<string>;
  readonly mayChange: boolean;
}): Child {
  const { definition, sample, changed, mayChange } = given;
  const rules = definition.fields as unknown as Readonly<Record<string, Rule | undefined>>;
  const filled = ruledFields.flatMap((field) => {
    const rule = rules[field];
    return rule === undefined ? [] : [{ field, rule }];
  });
  const head = ["Notre champ", "Vient de", "Dans le flux", "Chez nous", ...(mayChange ? ["Changer"] : [])];
  return (
    <>
      <Table caption={`Nos champs, et d’où ils viennent (${filled.length})`} isCaptionHidden head={head}>
        {filled.map(({ field, rule }) => (
          <tr id={`ligne-${field}`}>
            <th scope="row">
              {fieldLabel(field)}
              {changed.has(field) && <div class="moisson-mention">changé dans la console</div>}
            </th>
            <td>{truncate(ruleMessage(field, rule), 400)}</td>
            <FieldExample field={field} rule={rule} sample={sample} />
            {mayChange && (
              <td>
                <a href={`/connecteurs/${definition.id}/definition/champs/${field}`}>
                  Changer<span class="fr-sr-only"> {fieldLabel(field)}</span>
                </a>
              </td>
            )}
          </tr>
        ))}
      </Table>
      <EmptyFields definition={definition} mayChange={mayChange} />
    </>
  );
}

/** Renders the source and the result in the first record that has a value. */
function FieldExample({
  field,
  rule,
  sample,
}: {
  readonly field: OwnField;
  readonly rule: Rule;
  readonly sample: DefinitionSample;
}): Child {
  const record = sample.mapped.find(({ read }) => !isEmptyValue(read(field))) ?? sample.mapped[0];
  if (record === undefined) return [<td />, <td />];
  const value = record.read(field);
  const before = [...new Set(pathsOfRule(rule))].map((path) => textOf(valueAt(record.values, path))).filter((text) => text !== "");
  return [
    <td>{truncate(before.join(" / "), 160)}</td>,
    <td>{field === "externalId" ? truncate(String(value ?? ""), 160) : <FieldValue field={field as AidField} value={value} isShort />}</td>,
  ];
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value).slice(0, 1000);
}

function EmptyFields({ definition, mayChange }: { readonly definition: Connector; readonly mayChange: boolean }): Child {
  const empty = ruledFields.filter((field) => !(field in definition.fields));
  if (empty.length === 0) return null;
  return (
    <details class="fr-mb-3w">
      <summary>Champs que ce flux ne remplit pas ({empty.length})</summary>
      <ul>
        {empty.map((field) => (
          <li>
            {mayChange ? (
              <a href={`/connecteurs/${definition.id}/definition/champs/${field}`}>
                <span class="fr-sr-only">Remplir </span>
                {fieldLabel(field)}
              </a>
            ) : (
              fieldLabel(field)
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}

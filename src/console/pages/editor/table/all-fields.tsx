import type { Child } from "hono/jsx";
import { ruleMessage } from "../../../../french/rules.ts";
import { certaintyLabel, evidenceMessage, fieldLabel } from "../../../../french/survey.ts";
import { counted } from "../../../../french/typography.ts";
import type { Connector } from "../../../../kit/definition.ts";
import type { OwnField } from "../../../../model/survey/own-field.ts";
import type { Way } from "../../../../survey/propose/proposal.ts";
import { Badge } from "../../../parts/badge.tsx";
import { Table } from "../../../parts/table.tsx";
import { truncate } from "../../../parts/time.ts";
import { ruleOf } from "../changed-rules.ts";
import { ruledFields } from "./field-groups.ts";

/** Facts about the source of a field, except its rule. */
interface FieldNote extends Partial<Pick<Way, "certainty" | "evidence">> {
  readonly field: OwnField;
  readonly isChanged?: boolean;
}

/**
 * Lists all our fields with their source in words, also those that no column of the table shows, such as constants. `base`: address of the
 * editor; null for a person who may not change fields.
 */
export function AllFields(given: {
  readonly fields: Connector["fields"];
  readonly notes: readonly FieldNote[];
  readonly base: string | null;
}): Child {
  const { notes, base } = given;
  const filled = ruledFields.flatMap((field) => {
    const rule = ruleOf(given, field);
    return rule === undefined ? [] : [{ field, rule, note: notes.find((one) => one.field === field) }];
  });
  const empty = ruledFields.filter((field) => ruleOf(given, field) === undefined);
  const href = (field: OwnField) => `${base}/champs/${field}`;
  return (
    <>
      <details class="fr-mb-2w">
        <summary>{counted(filled.length, "champ rempli, et d’où il vient", "champs remplis, et d’où ils viennent")}</summary>
        <Table
          caption={`Nos champs, et d’où ils viennent (${filled.length})`}
          isCaptionHidden
          head={["Notre champ", "Vient de", ...(base === null ? [] : ["Changer"])]}
        >
          {filled.map(({ field, rule, note }) => (
            <tr id={`ligne-${field}`}>
              <th scope="row">
                {fieldLabel(field)}
                {note?.isChanged === true && <div class="moisson-mention">changé dans la console</div>}
              </th>
              <td>
                {truncate(ruleMessage(field, rule), 400)}
                {note?.certainty !== undefined && <Certainty certainty={note.certainty} evidence={note.evidence ?? []} />}
              </td>
              {base !== null && (
                <td>
                  <a href={href(field)}>
                    Changer<span class="fr-sr-only"> {fieldLabel(field)}</span>
                  </a>
                </td>
              )}
            </tr>
          ))}
        </Table>
      </details>
      {empty.length > 0 && (
        <details class="fr-mb-3w">
          <summary>{counted(empty.length, "champ encore vide", "champs encore vides")}</summary>
          <ul>
            {empty.map((field) => (
              <li>
                {base === null ? (
                  fieldLabel(field)
                ) : (
                  <a href={href(field)}>
                    <span class="fr-sr-only">Remplir </span>
                    {fieldLabel(field)}
                  </a>
                )}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

const maxEvidence = 3;

function Certainty({ certainty, evidence }: Pick<Way, "certainty" | "evidence">): Child {
  const tone = certainty >= 0.65 ? "success" : certainty >= 0.4 ? "warning" : "error";
  return (
    <div class="moisson-mention">
      <Badge tone={tone} label={certaintyLabel(certainty)} /> {evidence.slice(0, maxEvidence).map(evidenceMessage).join(" ; ")}
    </div>
  );
}

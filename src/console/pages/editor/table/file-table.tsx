import type { Child } from "hono/jsx";
import { fieldLabel } from "../../../../french/survey.ts";
import { counted, french } from "../../../../french/typography.ts";
import type { OwnField } from "../../../../model/survey/own-field.ts";
import type { EditedSample, ProposedField, SheetColumn, SheetRow } from "../../../../survey/sample/edit-request.ts";
import { AidText } from "../../../parts/aid-text.tsx";
import { truncate } from "../../../parts/time.ts";

/** A proposal is sure, or a person must look at it. */
export function isSure({ certainty }: Pick<ProposedField, "certainty">): boolean {
  return certainty >= 0.85;
}

/** A field, and how certain its source is. */
export type Certain = Pick<ProposedField, "field" | "certainty">;

/** The first records of a file as a table, with our fields under the name of each column. */
export function FileTable(given: {
  readonly sample: EditedSample;
  /** Marks these fields as sure or to be checked. */
  readonly certainties: readonly Certain[];
  /** The open column. */
  readonly column: string | null;
  /** Number of the shown record, from 0. */
  readonly record: number;
  columnHref(column: SheetColumn): string;
  recordHref(number: number): string;
}): Child {
  const { sample, certainties, column: open, record, columnHref, recordHref } = given;
  const { columns, rows, proposals, columnsHidden } = sample;
  const title = `Les ${rows.length} premiers enregistrements du fichier`;
  return (
    <div class="moisson-sheet" id="tableau" data-arrows="" data-scrolls="" tabindex={0} role="region" aria-label={title}>
      <table>
        <caption class="fr-sr-only">{title}</caption>
        <thead>
          <tr>
            <td class="moisson-sheet__corner" />
            {columns.map((column, index) => (
              <ColumnHead
                column={column}
                index={index}
                certainties={certainties}
                isOpen={column.path === open}
                href={columnHref(column)}
                proposed={proposals.find(({ from }) => from.length === 1 && from[0] === column.path)}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, number) => (
            <tr class={number === record ? "is-shown" : row.outcome === "aid" ? undefined : "is-out"}>
              <th scope="row">
                <a
                  id={`enregistrement-${number}`}
                  data-row=""
                  href={recordHref(number)}
                  aria-current={number === record ? "true" : undefined}
                >
                  {number + 1}
                  <span class="fr-sr-only">{` : voir ${outcomes[row.outcome]}`}</span>
                </a>
              </th>
              {row.cells.map((cell, index) => (
                <td class={columns[index] === undefined ? undefined : cellClass(columns[index])}>
                  <div class="moisson-sheet__cell">
                    <AidText text={cell} language={languageOfColumn(sample, columns[index])} />
                  </div>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {columnsHidden > 0 && (
        <p class="moisson-mention">{`${counted(columnsHidden, "autre colonne", "autres colonnes")} : trop large pour ce tableau.`}</p>
      )}
    </div>
  );
}

const outcomes: Readonly<Record<SheetRow["outcome"], string>> = {
  aid: "l’aide",
  skipped: "pourquoi cet enregistrement est laissé de côté",
  rejected: "pourquoi cet enregistrement est rejeté",
};

/** Returns the language of the values of a column, if it contains the titles of aids. */
export function languageOfColumn({ record }: EditedSample, column: SheetColumn | undefined): string | null | undefined {
  const isTitle = column?.readBy.some(({ field }) => field === "name") === true;
  return isTitle ? (record?.after ?? record?.before)?.language : undefined;
}

function cellClass({ readBy }: SheetColumn): string | undefined {
  return readBy.length === 0 ? "is-unused" : undefined;
}

interface HeadGiven {
  readonly column: SheetColumn;
  readonly certainties: readonly Certain[];
  readonly index: number;
  readonly isOpen: boolean;
  readonly href: string;
  readonly proposed: ProposedField | undefined;
}

function ColumnHead(given: HeadGiven): Child {
  const { column, index, isOpen, href } = given;
  const { path, readBy } = column;
  const classes = [readBy.length === 0 && "is-unused", readBy.some(({ isUnsaved }) => isUnsaved) && "is-unsaved", isOpen && "is-open"];
  return (
    <th scope="col" class={classes.filter(Boolean).join(" ")}>
      <a id={`colonne-${index}`} href={href} data-column="" aria-current={isOpen ? "true" : undefined}>
        <span class="moisson-sheet__path">{truncate(path, 60)}</span>
        <span class="fr-sr-only"> : </span>
        <Meaning {...given} />
      </a>
    </th>
  );
}

function Meaning({ column: { readBy }, certainties, proposed }: HeadGiven): Child {
  if (readBy.length > 0)
    return readBy.map(({ field, isUnsaved }) => {
      const known = certainties.find((one) => one.field === field);
      return <FieldMark field={field} state={isUnsaved ? "nouveau" : known === undefined ? "" : isSure(known) ? "sûr" : "à vérifier"} />;
    });
  if (proposed !== undefined)
    return (
      <span class="moisson-sheet__field is-proposed">
        {french`${fieldLabel(proposed.field)} ?`}{" "}
        <em class={isSure(proposed) ? undefined : "is-doubtful"}>{isSure(proposed) ? "sûr" : "à vérifier"}</em>
      </span>
    );
  return <span class="moisson-sheet__field is-none">Pas utilisée</span>;
}

function FieldMark({ field, state }: { readonly field: OwnField; readonly state: string }): Child {
  return (
    <span class="moisson-sheet__field">
      {fieldLabel(field)}
      {state !== "" && <em class={state === "à vérifier" ? "is-doubtful" : undefined}> {state}</em>}
    </span>
  );
}

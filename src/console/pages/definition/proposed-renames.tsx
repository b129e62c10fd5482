import type { Child } from "hono/jsx";
import { certaintyLabel, fieldLabel } from "../../../french/survey.ts";
import { french } from "../../../french/typography.ts";
import { fieldsNeverSeen, unreadFields } from "../../../ingest/map/account-fields.ts";
import { compileConnector } from "../../../ingest/map/compile-connector.ts";
import { readExternalId } from "../../../ingest/map/map-record.ts";
import { lastWholeRun } from "../../../jobs/last-whole-run.ts";
import type { Rule } from "../../../kit/field-rules.ts";
import { pathsOfRule } from "../../../kit/rules/rule-paths.ts";
import { changeContent, contentNow } from "../../../registry/change-content.ts";
import type { LoadedConnector } from "../../../registry/load-connectors.ts";
import { renamePath } from "../../../registry/rename-path.ts";
import type { OwnField } from "../../../registry/survey/match-name.ts";
import { type GoneField, proposeRenames, type Rename, type RenameReason } from "../../../registry/survey/propose-renames.ts";
import { Alert } from "../../parts/alert.tsx";
import { ActButton } from "../../parts/form.tsx";
import { Table } from "../../parts/table.tsx";
import { truncate } from "../../parts/time.ts";
import { type ActRoute, CannotDo } from "../../route.ts";
import { firstRecords } from "../../sample/first-records.ts";
import type { Visit } from "../../visit.ts";
import { definitionOf, runnable } from "./definition-of.ts";
import { conflictError, tryChange } from "./try-change.ts";

/** Columns that were probably renamed, each with a button that tries the new name. */
export async function ProposedRenames(given: {
  readonly visit: Visit;
  readonly connector: LoadedConnector;
  readonly mayChange: boolean;
}): Promise<Child> {
  const { visit, connector, mayChange } = given;
  const renames = await renamesOf(visit, connector);
  if (renames.length === 0) return null;
  const { definition, version = 0 } = connector;
  return (
    <>
      <Alert kind="warning" title="Le dernier flux a changé de forme" level={2}>
        <p>Des champs que ce connecteur lit n’y sont plus, et d’autres sont venus. Ce sont sans doute les mêmes, sous un autre nom.</p>
      </Alert>
      <Table
        caption="Champs qui ont sans doute changé de nom"
        isCaptionHidden
        head={["Avant", "Maintenant", "Sert à", "Pourquoi", ...(mayChange ? ["Suivre"] : [])]}
      >
        {renames.map((rename) => (
          <tr>
            <th scope="row">
              {rename.from}
              <Examples values={rename.before} />
            </th>
            <td>
              {rename.to}
              <Examples values={rename.now} />
            </td>
            <td>{rename.fields.map(fieldLabel).join(", ")}</td>
            <td>{renameReasons(rename)}</td>
            {mayChange && (
              <td>
                <ActButton
                  action={`/connecteurs/${definition.id}/definition/renommer`}
                  csrf={visit.csrf}
                  label="Essayer"
                  about={french`de lire « ${rename.to} » au lieu de « ${rename.from} »`}
                  fields={{ de: rename.from, vers: rename.to, version: String(version) }}
                />
              </td>
            )}
          </tr>
        ))}
      </Table>
    </>
  );
}

function Examples({ values }: { readonly values: readonly string[] }): Child {
  return values.length === 0 ? null : (
    <div class="moisson-mention">{values.map((value) => french`« ${truncate(value, 60)} »`).join(", ")}</div>
  );
}

function renameReasons({ certainty, reasons }: Rename): string {
  return french`${certaintyLabel(certainty)} : ${reasons.map(reasonInWords).join(" ; ")}`;
}

function reasonInWords(reason: RenameReason): string {
  if (reason.code === "like-name") return "les noms se ressemblent";
  const share = Math.round(reason.share * 100);
  return reason.code === "same-in-aids"
    ? french`${share} % des aides disent la même chose sous les deux noms`
    : french`${share} % des valeurs sont les mêmes`;
}

/** Returns columns of the last feed that probably replace missing ones. */
async function renamesOf({ catalogue }: Visit, connector: LoadedConnector): Promise<Rename[]> {
  const { definition, terms } = connector;
  const whole = await lastWholeRun(catalogue, definition.id);
  const report = whole?.report ?? null;
  if (whole === null || report === null) return [];
  // Read the whole feed, because some fields are in few records.
  const missed = new Set(report.issues.flatMap(({ code, field }) => (code === "field-never-seen" && field !== null ? [field] : [])));
  if (missed.size === 0 || report.unreadFields.length === 0) return [];
  const now = await firstRecords(catalogue, whole.snapshotHash, definition.decode);
  const seen = new Set(now.flatMap((record) => Object.keys(record)));
  // Skip columns that a newer version reads or ignores.
  const gone = fieldsNeverSeen(definition, seen).filter((path) => missed.has(path));
  const added = unreadFields(definition, report.unreadFields);
  if (gone.length === 0 || added.length === 0) return [];
  const last = await catalogue.appliedRuns.last(definition.id);
  const hash = last?.snapshotHash ?? null;
  const before =
    hash === null || hash === whole.snapshotHash || !(await catalogue.snapshots.has(hash))
      ? []
      : await firstRecords(catalogue, hash, definition.decode);
  const compiled = compileConnector(definition, terms);
  return proposeRenames({ gone: goneFields(connector, gone), added, before, now, identify: (record) => readExternalId(compiled, record) });
}

/** Groups paths by their first key: a renamed key renames all fields below it. */
function goneFields({ definition }: LoadedConnector, paths: readonly string[]): GoneField[] {
  const rules = Object.entries(definition.fields) as [OwnField, Rule][];
  const tops = new Set(paths.map(topOf));
  return [...tops].map((path) => ({
    path,
    fields: rules.filter(([, rule]) => pathsOfRule(rule).some((read) => topOf(read) === path)).map(([field]) => field),
  }));
}

function topOf(path: string): string {
  const end = path.search(/[.[]/);
  return end > 0 ? path.slice(0, end) : path;
}

/** Starts a trial that replaces a renamed column in all rules. */
export const renameAct: ActRoute = {
  method: "post",
  path: "/connecteurs/:connecteur/definition/renommer",
  who: "bizdev",
  act: "connector.rename-path",
  async perform(visit, form) {
    const view = await definitionOf(visit);
    const connector = runnable(view);
    if (form.text("version") !== String(view.version?.version ?? 0)) throw conflictError();
    const [from, to] = [form.text("de"), form.text("vers")];
    const proposed = (await renamesOf(visit, connector)).find((rename) => rename.from === from && rename.to === to);
    if (proposed === undefined) throw new CannotDo(french`Ce changement de nom n'est plus proposé : relisez la définition.`, 409);
    const change = renamePath(connector.definition, from, to);
    if (change === null) {
      throw new CannotDo(french`Le code de ce connecteur lit « ${from} » : seule l'équipe technique peut suivre ce changement.`);
    }
    const content = changeContent(contentNow(view.ofFile, view.version), view.ofFile?.definition ?? null, change);
    const why = french`Dans le flux, « ${from} » s'appelle désormais « ${to} ».`;
    const done = await tryChange(visit, view, { content, why, trial: "snapshot" });
    if ("problem" in done) throw new CannotDo(done.problem);
    return done;
  },
};

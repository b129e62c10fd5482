import { retentionVariables } from "../catalogue/retention/read-retention.ts";
import { consoleVariables } from "../console/console-settings.ts";
import { digestVariables } from "../jobs/digest/digest-settings.ts";
import { jobVariables } from "../jobs/job-settings.ts";
import { nearest } from "../model/text/nearest.ts";
import { configVariables } from "../platform/config.ts";
import { passwordVariable, serverProcesses } from "../platform/process-variables.ts";
import { apiVariables } from "../publish/api/api-settings.ts";

/** Names of all variables that Moisson reads, except those of connectors. */
const settingNames: ReadonlySet<string> = new Set([
  ...configVariables,
  ...jobVariables,
  ...digestVariables,
  ...consoleVariables,
  ...apiVariables,
  ...retentionVariables,
  ...serverProcesses.map(passwordVariable),
]);

const ofConnectors = /^MOISSON_URL_/;
/** `MOISSON_…`, also with a letter too few or too many. */
const ours = /^MOI?SS?S?ON?N?_/;

/** A variable that is set, and that nothing reads. `meant`: the known name that is nearest. */
export interface UnknownVariable {
  readonly name: string;
  readonly meant: string | undefined;
}

/**
 * Returns the variables of an environment that look like ours and that nothing reads, and those that are one of ours with a mistake.
 * `ofConnectors`: the variables of all connectors; null if they are not known, and addresses of feeds are not checked.
 */
export function unknownVariables(
  environment: Readonly<Record<string, string | undefined>>,
  connectorNames: readonly string[] | null,
): UnknownVariable[] {
  const known = new Set([...settingNames, ...(connectorNames ?? [])]);
  return Object.keys(environment)
    .filter((name) => !known.has(name) && (connectorNames !== null || !ofConnectors.test(name)))
    .map((name) => ({ name, meant: nearest(name, known) }))
    .filter(({ name, meant }) => ours.test(name) || (meant !== undefined && isAlmost(name, meant)))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** True for the same letters in another order, or with one missing. Other programs have variables that resemble ours. */
function isAlmost(name: string, meant: string): boolean {
  const letters = (text: string) => [...text].sort().join("");
  return letters(name) === letters(meant) || meant.length - name.length === 1;
}

/** Returns what to say about an unknown variable. */
export function unknownVariableMessage({ name, meant }: UnknownVariable): string {
  return `unknown variable ${name}${meant === undefined ? "" : `; did you mean ${meant}?`}`;
}

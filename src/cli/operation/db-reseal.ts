import type { SealedValue } from "../../catalogue/accounts/sealed-value-repository.ts";
import { readSecrets, type Secrets } from "../../platform/secrets.ts";
import { type PersonTrace, tracesUnder } from "../../privacy/person-trace.ts";
import type { CommandContext } from "../context.ts";
import { forgetRefusal } from "../english/privacy.ts";
import { exitCodes, WrongUse } from "../exit.ts";

/** Encrypts all stored values under the current `MOISSON_SECRET`, and prints which old keys are still needed. */
export async function resealDatabase({ environment, terminal, withCatalogue }: CommandContext): Promise<void> {
  const secrets = readSecrets(environment);
  if (secrets === null) throw new WrongUse(forgetRefusal("no-secret"));
  await withCatalogue(async ({ sealedValues, forgetting }) => {
    const resealed = await sealedValues.reseal(secrets);
    const [values, traces] = [await sealedValues.list(secrets), await forgetting.traces()];
    terminal.out(`encrypted again under MOISSON_SECRET: ${resealed} of ${values.length} values`);
    for (const line of keysInUse(secrets, traces)) terminal.out(line);
    const lost = [...values.filter(({ place }) => place === null).map(unreadable), ...unknownTraces(secrets, traces)];
    for (const line of lost) terminal.err(line);
    if (lost.length > 0) process.exitCode = exitCodes.failure;
  });
}

/** Returns a line for each old key. */
function keysInUse([, ...old]: Secrets, traces: readonly PersonTrace[]): string[] {
  return old.map((secret, at) => {
    const people = tracesUnder(secret, traces).length;
    const name = `key ${at + 1} of MOISSON_OLD_SECRETS`;
    if (people === 0) return `${name}: not needed any more; remove it`;
    return `${name}: keep it for ever; the traces of ${countOf(people)} were made with it and cannot be made again`;
  });
}

function unknownTraces(secrets: Secrets, traces: readonly PersonTrace[]): string[] {
  const known = new Set(secrets.flatMap((secret) => tracesUnder(secret, traces)));
  const left = traces.length - known.size;
  if (left === 0) return [];
  return [`traces of ${countOf(left)}: made with a key that is missing here; add it to MOISSON_OLD_SECRETS, or runs are refused`];
}

function unreadable({ kind, about }: SealedValue): string {
  if (kind === "stored-secret")
    return `access key ${about}: encrypted under a key that is missing here; add it, or type the access key again`;
  return `second factor of the account ${about}: encrypted under a key that is missing here; add it, or remove the second factor in the console`;
}

function countOf(people: number): string {
  return people === 1 ? "1 forgotten person" : `${people} forgotten people`;
}

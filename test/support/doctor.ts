import type { Finding } from "../../src/cli/operation/doctor/finding.ts";
import { moisson } from "./moisson.ts";

/** Returns what doctor says is wrong, as "check: message -> advice". */
export async function mistakesIn(environment: Readonly<Record<string, string>>): Promise<string[]> {
  const { stdout } = await moisson(["doctor", "--json"], environment);
  const { findings } = JSON.parse(stdout) as { findings: Finding[] };
  return findings.filter(({ state }) => state !== "ok").map(({ check, message, advice }) => `${check}: ${message} -> ${advice}`);
}

import type { CommandContext } from "../../context.ts";
import { exitCodes } from "../../exit.ts";
import { inert } from "../../printable.ts";
import { checkCatalogue } from "./check-catalogue.ts";
import { checkDisk, checkNode, checkSettings } from "./check-machine.ts";
import { checkAddresses, checkMail, checkQueue } from "./check-servers.ts";
import type { Finding } from "./finding.ts";

/** Options of `moisson doctor`. */
export interface DoctorFlags {
  json?: true;
}

/** Checks this installation without changing anything. Exits with 1 if something does not work. */
export async function doctor(context: CommandContext, { json }: DoctorFlags): Promise<void> {
  const { config, terminal } = context;
  const settings = checkSettings(config);
  const catalogue = await checkCatalogue(context);
  const findings = [checkNode(), ...settings, ...(await checkDisk(config)), ...catalogue.findings];
  // The others need valid settings. The API and the public pages use none of these servers.
  if (settings.every(({ state }) => state === "ok") && catalogue.process !== "api" && catalogue.process !== "public") {
    for (const check of [checkQueue, checkMail, checkAddresses]) findings.push(...(await check(config)));
  }
  if (json) terminal.out(JSON.stringify({ findings }, null, 2));
  else for (const finding of findings) terminal.out(lineOf(finding, terminal.colors));
  if (findings.some(({ state }) => state === "error")) process.exitCode = exitCodes.failure;
}

function lineOf({ check, state, message, advice }: Finding, colors: CommandContext["terminal"]["colors"]): string {
  const paint = { ok: colors.green, warning: colors.yellow, error: colors.red }[state];
  return inert(`${paint(state.padEnd(7))}  ${check.padEnd(11)}  ${message}${advice === null ? "" : ` -> ${advice}`}`);
}

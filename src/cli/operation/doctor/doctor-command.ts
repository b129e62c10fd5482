import type { CommandContext } from "../../context.ts";
import { exitCodes } from "../../exit.ts";
import { inert } from "../../printable.ts";
import { checkCatalogue } from "./check-catalogue.ts";
import { checkDefinitions } from "./check-definitions.ts";
import { checkDisk, checkNode, checkRights, checkSettings } from "./check-machine.ts";
import { checkAddresses, checkMail, checkQueue, checkSignIns } from "./check-servers.ts";
import { checkCombinations, checkVariables } from "./check-variables.ts";
import type { Finding } from "./finding.ts";

/** Checks this installation without changing anything. Exits with 1 if something does not work. */
export async function doctor(context: CommandContext, { json }: { json?: true }): Promise<void> {
  const { config, terminal } = context;
  const settings = checkSettings(config);
  const catalogue = await checkCatalogue(context);
  const read = await context.connectors();
  const areValid = settings.every(({ state }) => state === "ok");
  const findings = [
    checkNode(),
    ...settings,
    ...checkVariables(config.environment, read.connectors),
    // The others need valid settings.
    ...(areValid ? checkCombinations(config) : []),
    ...(await checkRights()),
    ...(await checkDisk(config)),
    ...catalogue.findings,
    ...checkDefinitions(read),
  ];
  if (areValid && catalogue.process !== "api" && catalogue.process !== "worker") findings.push(...(await checkSignIns(config)));
  // The API and the public pages use none of these servers.
  if (areValid && catalogue.process !== "api" && catalogue.process !== "public") {
    findings.push(...(await checkQueue(config, catalogue.takingRuns)), ...(await checkMail(config)), ...(await checkAddresses(config)));
  }
  if (json) terminal.out(JSON.stringify({ findings }, null, 2));
  else for (const finding of findings) terminal.out(lineOf(finding, terminal.colors));
  if (findings.some(({ state }) => state === "error")) process.exitCode = exitCodes.failure;
}

function lineOf({ check, state, message, advice }: Finding, colors: CommandContext["terminal"]["colors"]): string {
  const paint = { ok: colors.green, warning: colors.yellow, error: colors.red }[state];
  return inert(`${paint(state.padEnd(7))}  ${check.padEnd(11)}  ${message}${advice === null ? "" : ` -> ${advice}`}`);
}

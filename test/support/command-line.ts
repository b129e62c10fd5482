import { Command } from "commander";
import pc from "picocolors";
import type { Catalogue } from "../../src/catalogue/open-catalogue.ts";
import { addCommands } from "../../src/cli/commands.ts";
import type { CommandContext } from "../../src/cli/context.ts";
import { WrongUse } from "../../src/cli/exit.ts";
import type { Terminal } from "../../src/cli/terminal.ts";
import { readConfig } from "../../src/platform/config.ts";
import { readConnectors } from "../../src/registry/load-connectors.ts";
import { withStoredVersions } from "../../src/registry/stored-versions.ts";
import { testServices } from "./test-services.ts";

/** Output of a command in this process. `error`: the thrown error; `exitCode`: the exit code that it set; undefined if none. */
export interface CommandOutput {
  readonly stdout: string;
  readonly stderr: string;
  readonly error: unknown;
  readonly exitCode: number | undefined;
}

/**
 * Runs a command as Marie in this process, on an open catalogue and a folder of connectors, at an instant. A separate process would take
 * seconds to start. `more`: further variables.
 */
export async function runCommandAt(
  now: string,
  catalogue: Catalogue,
  folder: string,
  args: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Promise<CommandOutput> {
  const said = { stdout: "", stderr: "" };
  const terminal = terminalInto(said);
  const program = new Command("moisson").exitOverride().configureOutput({ writeErr: (text) => terminal.err(text.trimEnd()) });
  addCommands(program, async () => workshopOn(catalogue, folder, terminal, { MOISSON_NOW: now, MOISSON_USER: "marie", ...more }));
  inherit(program);
  const before = process.exitCode;
  process.exitCode = undefined;
  try {
    const error = await program.parseAsync(args, { from: "user" }).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    return { ...said, error, exitCode: process.exitCode as number | undefined };
  } finally {
    process.exitCode = before;
  }
}

function inherit(command: Command): void {
  for (const child of command.commands) inherit(child.copyInheritedSettings(command));
}

function terminalInto(said: { stdout: string; stderr: string }): Terminal {
  const add = (to: "stdout" | "stderr", text: string) => {
    said[to] += text;
  };
  return {
    out: (text) => add("stdout", `${text}\n`),
    write: async (text) => add("stdout", text),
    err: (text) => add("stderr", `${text}\n`),
    colors: pc.createColors(false),
    columns: 120,
    progress: () => undefined,
  };
}

function workshopOn(
  catalogue: Catalogue,
  folder: string,
  terminal: Terminal,
  environment: Readonly<Record<string, string>> & { readonly MOISSON_NOW: string },
): CommandContext {
  const { MOISSON_NOW: now } = environment;
  const connectorsOfFiles = () => readConnectors([folder]);
  const connectors = async () => withStoredVersions(await connectorsOfFiles(), await catalogue.connectorVersions.newest(), [folder]);
  const clock = { now: () => new Date(now), fixed: now, elapsed: () => performance.now() };
  const connector = async (id: string) => {
    const found = (await connectors()).connectors.find(({ definition }) => definition.id === id);
    if (found === undefined) throw new WrongUse(`there is no connector "${id}"`);
    return found;
  };
  return {
    config: readConfig(environment),
    terminal,
    environment,
    connectors,
    connectorsOfFiles,
    folders: [folder],
    hasCatalogue: () => true,
    connector,
    connectorsNamed: (ids) => Promise.all(ids.map(connector)),
    withCatalogue: (work) => work(catalogue, testServices(catalogue, { clock, environment })),
    withConnectors: (work) => work(),
  };
}

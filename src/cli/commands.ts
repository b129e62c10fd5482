import type { Command } from "commander";
import type { CommandContext } from "./context.ts";
import { addAidCommand } from "./curation/aid-command.ts";
import { addAsideCommand } from "./curation/aside.ts";
import { addLinksCommand } from "./curation/links.ts";
import { addProposalCommand } from "./curation/proposal-command.ts";
import { addAidsCommand } from "./everyday/aids.ts";
import { addConsoleCommand } from "./everyday/console.ts";
import { addDemoCommand } from "./everyday/demo.ts";
import { addPlanCommand } from "./everyday/plan-command.ts";
import { addRunCommand } from "./everyday/run.ts";
import { addRunsCommand } from "./everyday/runs.ts";
import { addTraceCommand } from "./everyday/trace.ts";
import { addUndoCommand } from "./everyday/undo.ts";
import { addApiCommand } from "./operation/api.ts";
import { addCancelCommand } from "./operation/cancel.ts";
import { addDbCommand } from "./operation/db-command.ts";
import { addDigestCommand } from "./operation/digest.ts";
import { addForgetCommand } from "./operation/forget.ts";
import { addOpenDataCommand } from "./operation/open-data.ts";
import { addPauseCommands } from "./operation/pause.ts";
import { addPruneCommand } from "./operation/prune.ts";
import { addScheduleCommand } from "./operation/schedule.ts";
import { addWorkerCommand } from "./operation/worker.ts";
import { addAdoptCommand } from "./publishers/adopt.ts";
import { addConnectorCommand } from "./publishers/connector-new.ts";
import { addConnectorsCommand } from "./publishers/connectors.ts";
import { addReplayCommand } from "./publishers/replay.ts";
import { addTermsCommand } from "./publishers/terms-command.ts";

/** Every command, in the order in which `--help` lists them: runs and plans, aids, the night, the rest. */
export function addCommands(program: Command, open: (home?: string) => CommandContext): void {
  for (const add of commands) add(program, open);
}

const commands = [
  addRunCommand,
  addReplayCommand,
  addRunsCommand,
  addPlanCommand,
  addUndoCommand,
  addAidsCommand,
  addAidCommand,
  addProposalCommand,
  addAdoptCommand,
  addTraceCommand,
  addConsoleCommand,
  addApiCommand,
  addWorkerCommand,
  addScheduleCommand,
  addPauseCommands,
  addCancelCommand,
  addDigestCommand,
  addAsideCommand,
  addLinksCommand,
  addPruneCommand,
  addOpenDataCommand,
  addForgetCommand,
  addConnectorsCommand,
  addConnectorCommand,
  addTermsCommand,
  addDbCommand,
  addDemoCommand,
];

import type { Command } from "commander";
import { addAdoptCommand } from "./adopt-command.ts";
import { addAidCommand } from "./aid-command.ts";
import { addAidsCommand } from "./aids-command.ts";
import { addApiCommand } from "./api-command.ts";
import { addAsideCommand } from "./aside-command.ts";
import { addCancelCommand } from "./cancel-command.ts";
import { addConnectorCommand } from "./connector-new-command.ts";
import { addConnectorsCommand } from "./connectors-command.ts";
import { addConsoleCommand } from "./console-command.ts";
import { addDbCommand } from "./db-command.ts";
import { addDemoCommand } from "./demo-command.ts";
import { addDigestCommand } from "./digest-command.ts";
import { addForgetCommand } from "./forget-command.ts";
import { addLinksCommand } from "./links-command.ts";
import { addOpenDataCommand } from "./open-data-command.ts";
import { addPauseCommands } from "./pause-command.ts";
import { addPlanCommand } from "./plan-command.ts";
import { addProposalCommand } from "./proposal-command.ts";
import { addPruneCommand } from "./prune-command.ts";
import { addReplayCommand } from "./replay-command.ts";
import { addRunCommand } from "./run-command.ts";
import { addRunsCommand } from "./runs-command.ts";
import { addScheduleCommand } from "./schedule-command.ts";
import { addTermsCommand } from "./terms-command.ts";
import { addTraceCommand } from "./trace-command.ts";
import { addUndoCommand } from "./undo-command.ts";
import { addWorkerCommand } from "./worker-command.ts";
import type { Workshop } from "./workshop.ts";

/** Every command, in the order in which `--help` lists them: runs and plans, aids, the night, the rest. */
export function addCommands(program: Command, workshop: (home?: string) => Workshop): void {
  for (const add of commands) add(program, workshop);
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

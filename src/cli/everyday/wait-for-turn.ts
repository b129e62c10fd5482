import { setTimeout as delay } from "node:timers/promises";
import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { everything } from "../../catalogue/runs/schedule-repository.ts";
import { readJobSettings } from "../../jobs/job-settings.ts";
import { isGone } from "../../jobs/worker/worker-name.ts";
import type { CommandContext } from "../context.ts";
import { NotDone } from "../exit.ts";
import { pausedWords } from "../render/paused.ts";

const pollIntervalMs = 500;

/** Throws `NotDone` while everything is paused. */
export async function refuseWhilePaused(catalogue: Catalogue): Promise<void> {
  const pause = (await catalogue.schedule.pauses()).find(({ connector }) => connector === everything);
  if (pause !== undefined) throw new NotDone(`${pausedWords("everything is paused", pause)}; \`moisson resume --all\` ends it`);
}

/** Waits until the connector has no running run: of two concurrent runs, one works for nothing. */
export async function waitForTurn({ config, terminal }: CommandContext, catalogue: Catalogue, connector: string): Promise<void> {
  const { lockSeconds } = readJobSettings(config.environment);
  let isReported = false;
  for (;;) {
    const other = await catalogue.runQueue.running(connector);
    if (other === null || other.heardSecondsAgo > lockSeconds || isGone(other.worker)) return;
    if (!isReported)
      terminal.err(
        `run ${other.runId.slice(0, 8)} of ${connector} is running; this one starts when it has ended (\`moisson cancel ${other.runId.slice(0, 8)}\` stops it)`,
      );
    isReported = true;
    await delay(pollIntervalMs);
  }
}
